"""The bookinfo example: applied as its README says, it gives what its README says."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.e2e.conftest import Installed
from tests.e2e.environments import command, plain_variables
from tests.e2e.running import PATIENCE, Server, running_server
from tests.fakes.wheels import ROOT

EXAMPLE = ROOT / "examples" / "bookinfo"
README = (EXAMPLE / "README.md").read_text()
HASH = re.compile(r"-[a-z2-7]{10}$")
OBJECT = re.compile(r"(?:(\d+) )?([A-Z]\w+) ([\w/-]+)")


@pytest.fixture(scope="module")
def server(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(installed.server, tmp_path_factory.mktemp("bookinfo")) as running:
        yield running


@pytest.fixture(scope="module")
def shown(installed: Installed, server: Server) -> str:
    """Give what the example prints when it is applied."""
    return apply(installed, server)


def apply(installed: Installed, server: Server) -> str:
    return command(
        str(installed.client.python),
        str(EXAMPLE / "apply.py"),
        "--server",
        server.address,
        "--tree",
        str(server.trees),
        PYTHONPATH=str(installed.yaml),
    )


def documented() -> Counter[tuple[str, str, str]]:
    """Read the README's table: cluster, kind, namespace and name of each object."""
    rows = re.findall(r"^\| (east|west) \| (.+?) \| .+ \|$", README, flags=re.MULTILINE)
    objects: Counter[tuple[str, str, str]] = Counter()
    for cluster, cell in rows:
        for words in cell.split(", "):
            match = OBJECT.fullmatch(words)
            assert match is not None, words
            objects[cluster, match[2], match[3]] += int(match[1] or 1)
    return objects


def written(server: Server) -> Counter[tuple[str, str, str]]:
    """Read the same of the delivered files; hashes are left out."""
    objects: Counter[tuple[str, str, str]] = Counter()
    for path, text in server.files().items():
        body = yaml.safe_load(text)
        names = (body["metadata"].get("namespace"), body["metadata"]["name"])
        key = "/".join(HASH.sub("", name) for name in names if name)
        objects[path.partition("/")[0], body["kind"], key] += 1
    return objects


@pytest.mark.usefixtures("shown")
def test_each_cluster_gets_the_objects_of_the_table_and_no_others(server: Server) -> None:
    table = documented()
    assert len(table) > 50
    assert written(server) == table


@pytest.mark.usefixtures("shown")
def test_every_object_stands_where_its_name_says(server: Server) -> None:
    for path, text in server.files().items():
        body = yaml.safe_load(text)
        namespace = body["metadata"].get("namespace", "_cluster")
        file = f"{body['kind'].lower()}.{body['metadata']['name']}.yaml"
        assert path.split("/", 1)[1] == f"{namespace}/{file}"


def test_every_intent_is_settled_in_every_cluster_that_it_concerns(shown: str) -> None:
    rows = re.findall(
        r"^(\w+Intents/\w+) +(\w+) +[\w+]+ +(\w+) +(\w+) +(\d+)$", shown, re.MULTILINE
    )
    assert {(intent, cluster) for intent, cluster, *_ in rows} == {
        ("interclusterIntents/johndoe", "east"),
        ("interclusterIntents/johndoe", "west"),
        ("outboundIntents/microservice01", "east"),
        ("outboundIntents/microservice02", "west"),
        ("intraclusterIntents/microservice01", "east"),
        ("inboundIntents/productpage", "east"),
        ("inboundIntents/productpage", "west"),
    }
    assert {tuple(row[2:4]) for row in rows} == {("SETTLED", "DELIVERED")}
    assert all(int(count) > 0 for *_, count in rows)


def test_the_tree_that_is_shown_is_the_tree(shown: str, server: Server) -> None:
    lines = shown.partition(f"{server.trees}\n")[2].splitlines()
    files = [line.strip() for line in lines if not line.endswith("/")]
    assert sorted(files) == sorted(Path(path).name for path in server.files())


@pytest.mark.usefixtures("shown")
def test_a_second_run_changes_nothing(installed: Installed, server: Server) -> None:
    before = server.files()
    times = {path: path.stat().st_mtime_ns for path in server.trees.rglob("*.yaml")}

    again = apply(installed, server)

    assert "created" not in again
    assert server.files() == before
    assert {path: path.stat().st_mtime_ns for path in server.trees.rglob("*.yaml")} == times


def test_without_a_server_it_says_so(installed: Installed, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603 - the example
        [
            str(installed.client.python),
            str(EXAMPLE / "apply.py"),
            "--server",
            f"unix:{tmp_path}/nobody",
        ],
        env=plain_variables({"PYTHONPATH": str(installed.yaml)}),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert done.stderr == f"nobody answers at unix:{tmp_path}/nobody: start the server first\n"


def test_the_readme_lists_every_request_file() -> None:
    listed = set(re.findall(r"`(\d\d)`", README))
    first, last = re.findall(r"`(\d\d)` to `(\d\d)`", README)[0]
    listed |= {f"{number:02}" for number in range(int(first), int(last) + 1)}
    assert listed == {file.name[:2] for file in (EXAMPLE / "requests").iterdir()}
