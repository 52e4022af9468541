"""What ``docs/intents.md`` says is what happens, and it says everything."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from buf.validate import validate_pb2
from trafficctl.v2 import (
    inbound_intent_pb2,
    intercluster_intent_pb2,
    intracluster_intent_pb2,
    outbound_intent_pb2,
)
from trafficctl_istio.capabilities import INFO
from trafficctl_sdk.core_fields import CORE_FIELDS, served_by_core
from trafficctl_sdk.intent_kinds import INTENT_KINDS
from trafficctl_sdk.model.convergence import Convergence

from tests.docs.intents_page import Block, blocks, every_leaf, examples, run
from tools.coverage.tables import expanded, rows
from trafficctl_server.api.status import TABLE
from trafficctl_server.intents import failures

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "intents.md").read_text()
CLAIMS: Final = Path(__file__).with_name("claims.md").read_text()
SERVER: Final = ROOT / "trafficctl_server"
ISTIO: Final = ROOT / "plugins" / "istio" / "trafficctl_istio"
WORLD: Final = [it for it in blocks(PAGE) if it.word == "world"]
WORDS: Final = {
    "inter": "intercluster",
    "intra": "intracluster",
    "out": "outbound",
    "in": "inbound",
}
DECLARED: Final = frozenset(it.path for it in INFO.capabilities)
MESSAGES: Final = (
    intercluster_intent_pb2.InterclusterIntent,
    intracluster_intent_pb2.IntraclusterIntent,
    outbound_intent_pb2.OutboundIntent,
    inbound_intent_pb2.InboundIntent,
)

FIELDS: Final = ("field", "kinds", "meaning, default, limits", "with Istio")
NOT_SERVED: Final = ("field", "kinds")
NEVER: Final = ("field", "kinds", "rule")
ANSWERS: Final = ("reason", "what it means", "what to do")
RULES: Final = ("rule", "what it means")
REASONS: Final = ("reason", "state", "what it means", "what to do")
NOTICES: Final = ("notice", "what it means", "what to do")


@pytest.mark.parametrize("example", examples(PAGE), ids=lambda it: it[0].about)
async def test_an_example_gives_the_results_shown(
    example: tuple[Block, ...], tmp_path: Path
) -> None:
    await run(example, WORLD, tmp_path)


@pytest.mark.parametrize("example", examples(CLAIMS), ids=lambda it: it[0].about)
async def test_what_the_page_only_claims_is_so(example: tuple[Block, ...], tmp_path: Path) -> None:
    await run(example, WORLD, tmp_path)


def test_every_block_is_marked_and_every_example_shows_what_becomes_of_it() -> None:
    assert PAGE.count("```") == 2 * len(blocks(PAGE))
    for example in examples(PAGE):
        assert {it.word for it in example} & {"result", "refused"}, example[0].about


def test_every_served_leaf_is_in_the_tables_and_nothing_else() -> None:
    told = set(_fields(FIELDS))
    served = {tuple(it.split(".", 1)) for it in DECLARED if it.split(".", 1)[0] in WORDS.values()}
    for kind in WORDS.values():
        for pattern in CORE_FIELDS[kind]:
            branch = pattern.removesuffix(".*")
            below = {it for it in told if it[0] == kind and f"{it[1]}.".startswith(f"{branch}.")}
            assert below, f"{kind}.{pattern} is not told"
            served |= below
    assert told == served


def test_what_is_not_served_is_exactly_what_is_listed() -> None:
    refused = [*_fields(NOT_SERVED), *_fields(NEVER)]
    assert len(refused) == len(set(refused))
    for kind in WORDS.values():
        listed = {path for word, path in refused if word == kind}
        assert listed == _unserved(kind), kind


def test_what_can_never_be_names_a_rule_of_that_kind() -> None:
    ids = {message.DESCRIPTOR.name: set(_cel_ids([message.DESCRIPTOR])) for message in MESSAGES}
    for row in rows(PAGE, NEVER):
        for kind in row[1].split():
            name = INTENT_KINDS[WORDS[kind]].__name__
            assert set(expanded(row[2])) <= ids[name], row


def test_every_reason_that_the_code_can_give_is_explained_and_no_other() -> None:
    told = [it for row in rows(PAGE, REASONS) for it in expanded(row[0])]
    noticed = [it for row in rows(PAGE, NOTICES) for it in expanded(row[0])]
    assert len({*told, *noticed}) == len(told) + len(noticed)
    assert {*told, *noticed} == set(_reasons_in_code())


def test_a_reason_stands_with_the_state_that_it_explains() -> None:
    comments = _reason_comments()
    for row in rows(PAGE, REASONS):
        for reason in expanded(row[0]):
            assert comments[reason] == row[1]
    for row in rows(PAGE, NOTICES):
        for reason in expanded(row[0]):
            assert comments[reason] == "Notice, no state"


def test_every_failure_of_a_judgement_is_explained() -> None:
    told = {it for row in rows(PAGE, ANSWERS) for it in expanded(row[0])}
    assert told <= {row.reason for row in TABLE.values()}
    raised = {
        TABLE[found].reason
        for name in _attributes_of(SERVER / "intents" / "judging.py", "failures")
        if (found := getattr(failures, name)) in TABLE
    }
    assert raised <= told
    assert raised


def test_every_rule_of_the_server_and_of_the_driver_is_explained() -> None:
    told = [it for row in rows(PAGE, RULES) for it in expanded(row[0])]
    assert len(told) == len(set(told))
    drivers = (
        "validation.py",
        "access_intents.py",
        "inbound_intents.py",
        "outside.py",
        "outside_intents.py",
    )
    files = [*(SERVER / "intents" / "rules").glob("*.py"), *(ISTIO / name for name in drivers)]
    checked = {it for file in files for it in _rules_in(file) if "." in it}
    stated = set(_cel_ids(_reachable([message.DESCRIPTOR for message in MESSAGES])))
    assert checked <= set(told) <= checked | stated


def _fields(header: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Give kind and path of every field in the tables of one header."""
    for row in rows(PAGE, header):
        for word in row[1].split():
            for path in expanded(row[0]):
                yield WORDS[word], path


def _is_served(kind: str, path: str) -> bool:
    return f"{kind}.{path}" in DECLARED or served_by_core(kind, path)


def _unserved(kind: str) -> set[str]:
    """Give the shortest paths below which nothing is served, so that setting any is refused."""
    leaves = list(every_leaf(INTENT_KINDS[kind]))
    served = {it for it in leaves if _is_served(kind, it)}
    above = {".".join(it.split(".")[:n]) for it in served for n in range(1, it.count(".") + 2)}
    found = set()
    for leaf in leaves:
        segments = leaf.split(".")
        prefixes = (".".join(segments[:n]) for n in range(1, len(segments) + 1))
        shortest = next((it for it in prefixes if it not in above), None)
        if shortest is not None:
            found.add(shortest)
    return found


def _reasons_in_code() -> Iterator[str]:
    """Give the reasons that any line of the server or of the driver names."""
    names = set(Convergence.Reason.__members__)
    for file in sorted([*SERVER.rglob("*.py"), *ISTIO.rglob("*.py")]):
        yield from names.intersection(_attributes_of(file, "Reason"))
    # The ledger and the targets keep reasons as text, and a driver's refusal names them so.
    for room in (SERVER / "reconcile", SERVER / "clusters", ISTIO):
        for file in sorted(room.rglob("*.py")):
            yield from names.intersection(_texts_in(file))


def _attributes_of(file: Path, owner: str) -> Iterator[str]:
    """Give the names that follow an owner, as in ``Reason.X`` or ``Convergence.Reason.X``."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Attribute):
            value = node.value
            name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
            if name == owner:
                yield node.attr


def _texts_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _rules_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if (
            isinstance(node, ast.keyword)
            and node.arg == "rule"
            and isinstance(node.value, ast.Constant)
        ):
            yield str(node.value.value)


def _cel_ids(descriptors: Iterable[Any]) -> Iterator[str]:
    for descriptor in descriptors:
        rules = descriptor.GetOptions().Extensions[validate_pb2.message]
        yield from (rule.id for rule in rules.cel)


def _reachable(descriptors: Iterable[Any]) -> list[Any]:
    found: dict[str, Any] = {}
    left = list(descriptors)
    while left:
        here = left.pop()
        if here.full_name not in found and here.full_name.startswith("trafficctl."):
            found[here.full_name] = here
            left += [it.message_type for it in here.fields if it.message_type is not None]
    return list(found.values())


def _reason_comments() -> dict[str, str]:
    """Give the word before the colon of each reason's comment in the .proto file: its state."""
    proto = (ROOT / "proto" / "trafficctl" / "v2" / "convergence.proto").read_text()
    comment = r"// ([A-Z]+(?:_[A-Z]+)*|Notice, no state): .*\n(?: *//.*\n)* *([A-Z_]+) = \d+;"
    pairs = re.findall(comment, proto)
    return {name: state for state, name in pairs}
