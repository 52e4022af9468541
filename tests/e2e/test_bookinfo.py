"""The bookinfo example: applied as its README says, it gives what its README says."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml

from tests.e2e.conftest import Installed
from tests.e2e.environments import command
from tests.e2e.running import Server, running_server
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
    """Apply the example, and give what became of it."""
    apply(installed, server)
    return trafficctl(installed, server, "status")


def apply(installed: Installed, server: Server) -> str:
    return trafficctl(installed, server, "apply", "-f", str(EXAMPLE), "--wait")


def trafficctl(installed: Installed, server: Server, *words: str) -> str:
    program = str(installed.server.script("trafficctl"))
    return command(program, *words, TRAFFICCTL_CLI_SERVER=server.address)


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


@pytest.mark.usefixtures("shown")
def test_a_second_run_changes_nothing(installed: Installed, server: Server) -> None:
    before = server.files()
    times = {path: path.stat().st_mtime_ns for path in server.trees.rglob("*.yaml")}

    again = apply(installed, server)

    assert "no object changes in any cluster" in again
    assert server.files() == before
    assert {path: path.stat().st_mtime_ns for path in server.trees.rglob("*.yaml")} == times


def test_the_readme_names_every_file() -> None:
    named = set(re.findall(r"`(\w+\.yaml)`", README))
    assert named == {file.name for file in EXAMPLE.glob("*.yaml")}
