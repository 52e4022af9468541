"""What CONTRIBUTING.md and ARCHITECTURE.md promise about the tree, read from the tree."""

import re
import tokenize
import tomllib
from itertools import chain
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("trafficctl_server", "plugins", "examples", "tools")
LONGEST = 400
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "core"}
COMMENT = tokenize.COMMENT
SILENCED = re.compile(r"#\s*(?:noqa|type: ignore)(?P<rest>.*)$")
REASONED = re.compile(
    r"^(?::\s*[A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)*|\[[a-z-]+(?:, ?[a-z-]+)*\]) [-#] ?\S+"
)


def modules() -> list[Path]:
    written = chain.from_iterable((HOUSE / room).rglob("*.py") for room in ROOMS)
    return sorted(it for it in written if not {"model", ".venv", "build"} & set(it.parts))


def rules(container: str) -> list[str]:
    with (HOUSE / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return next(it["layers"] for it in contracts if it.get("containers") == [container])


@pytest.mark.parametrize(
    ("heading", "container"),
    [
        ("## The layers", "trafficctl_server"),
        ("### The layers of the command line", "trafficctl_cli"),
    ],
)
def test_the_drawn_layers_are_the_enforced_ones(heading: str, container: str) -> None:
    text = (HOUSE / "ARCHITECTURE.md").read_text().split(f"\n{heading}\n")[1].split("## ")[0]
    rows = [
        line.split("|")[1] for line in text.splitlines() if line.startswith("| ") and "`" in line
    ]
    drawn = [re.findall(r"`([a-z_]+)`", row) for row in rows]
    enforced = [re.split(r" [:|] ", layer) for layer in rules(container)]
    assert list(chain.from_iterable(drawn)) == list(chain.from_iterable(enforced))
    side_by_side = [layer for layer in enforced if len(layer) > 1]
    assert all(layer in drawn for layer in side_by_side)


@pytest.mark.parametrize("module", modules(), ids=lambda it: str(it.relative_to(HOUSE)))
def test_a_module_is_small_well_named_and_gives_reasons(module: Path) -> None:
    lines = module.read_text().splitlines()
    assert len(lines) <= LONGEST
    assert module.stem not in NO_NAMES
    with tokenize.open(module) as file:
        comments = [it for it in tokenize.generate_tokens(file.readline) if it.type == COMMENT]
    for it in comments:
        silenced = SILENCED.match(it.string)
        if silenced is not None:
            assert REASONED.match(silenced["rest"]), f"line {it.start[0]} gives no reason"


def test_every_room_says_what_lives_there() -> None:
    empty = [
        str(it.relative_to(HOUSE))
        for it in modules()
        if it.name == "__init__.py" and not it.read_text().lstrip().startswith('"""')
    ]
    assert empty == []


def test_the_front_page_stays_short() -> None:
    assert len((HOUSE / "README.md").read_text().splitlines()) <= 120
