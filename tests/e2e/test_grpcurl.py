"""The server as an operator sees it who has grpcurl and nothing else: no stubs, no .proto files."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import Installed
from tests.e2e.requests import requests
from tests.e2e.running import PATIENCE, Server, running_server

GROUP = "projects/demo/resourceBundles/bookinfo/versions/v1/trafficIntentGroups/john"


class Operator:
    """Types grpcurl commands."""

    def __init__(self, program: Path, address: str) -> None:
        self._program = program
        self._address = address

    def command(self, *words: str, body: Any = None) -> list[str]:
        data = () if body is None else ("-d", json.dumps(body))
        return [str(self._program), "-plaintext", *data, self._address, *words]

    def run(self, *words: str, body: Any = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - grpcurl
            self.command(*words, body=body),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def ask(self, rpc: str, body: Any = None) -> dict[str, Any]:
        """Make a call that must succeed."""
        done = self.run(rpc, body=body or {})
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def stream(self, rpc: str, body: Any) -> Iterator[dict[str, Any]]:
        """Read the messages of a stream as they come; the caller stops."""
        command = self.command(rpc, body=body)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - grpcurl
            assert process.stdout is not None
            try:
                text = ""
                for line in process.stdout:
                    text += line
                    if line == "}\n":
                        yield json.loads(text)
                        text = ""
            finally:
                process.kill()


@pytest.fixture(scope="module")
def shared(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Give a server for tests that find what others left no worse than nothing."""
    with running_server(installed.server, tmp_path_factory.mktemp("grpcurl")) as running:
        yield running


@pytest.fixture
def operator(grpcurl: Path, shared: Server) -> Operator:
    return Operator(grpcurl, shared.address)


def test_services_are_listed_and_described(operator: Operator) -> None:
    services = operator.run("list").stdout.split()
    assert {
        "grpc.health.v1.Health",
        "trafficctl.v2.ClusterService",
        "trafficctl.v2.InterclusterIntentService",
        "trafficctl.v2.WatchService",
        "trafficctl.v2.PlanService",
    } <= set(services)
    for service in services:
        assert f"{service} is a service:" in operator.run("describe", service).stdout
    message = operator.run("describe", "trafficctl.v2.IntentPort").stdout
    assert "uint32 port = 1" in message
    assert "lte: 65535" in message


def test_health_is_told_as_a_whole_and_per_service(operator: Operator) -> None:
    for service in ("", "trafficctl.v2.WatchService"):
        answer = operator.ask("grpc.health.v1.Health/Check", {"service": service})
        assert answer == {"status": "SERVING"}


def test_from_nothing_to_settled(operator: Operator, shared: Server) -> None:
    revision = 0
    for rpc, body in requests():
        revision = int(operator.ask(rpc, body)["revision"])

    kinds = ("Intercluster", "Intracluster", "Outbound", "Inbound")
    watched = {
        "parents": [GROUP],
        "types": [f"trafficctl.dev/{kind}Intent" for kind in kinds],
    }
    settled = set()
    for message in operator.stream("trafficctl.v2.WatchService/Watch", watched):
        for change in message.get("changes", ()):
            (intent,) = change["resource"].values()
            if intent["state"] == "SETTLED":
                settled.add(intent["name"].removeprefix(f"{GROUP}/"))
        if len(settled) == 5:
            break

    assert settled == {
        "interclusterIntents/johndoe",
        "outboundIntents/microservice01",
        "outboundIntents/microservice02",
        "intraclusterIntents/microservice01",
        "inboundIntents/productpage",
    }
    objects = operator.ask(
        "trafficctl.v2.ManagedObjectService/ListManagedObjects",
        {"parent": "clusters/-", "page_size": 1000},
    )["managed_objects"]
    assert len(objects) == len(shared.files())
    assert revision > 0


def test_a_refused_request_shows_every_field_and_why(operator: Operator) -> None:
    done = operator.run(
        "trafficctl.v2.ClusterService/CreateCluster",
        body={"cluster_id": "East Coast", "cluster": {"service_mesh": "istio"}},
    )
    assert done.returncode != 0
    assert "Code: InvalidArgument" in done.stderr
    assert '"reason": "VIOLATIONS"' in done.stderr
    assert '"field": "cluster_id"' in done.stderr
    assert '"description": "does not match regex pattern' in done.stderr
    assert '"field": "target"' in done.stderr


def test_a_field_that_nobody_enforces_is_refused_with_its_path(
    grpcurl: Path, server: Server
) -> None:
    operator = Operator(grpcurl, server.address)
    *before, (rpc, wish) = requests()[:10]
    for each, body in before:
        operator.ask(each, body)
    wish["interclusterIntent"]["trafficPolicy"] = {"loadBalancing": {"passthrough": {}}}

    done = operator.run(rpc, body=wish)

    assert '"reason": "FIELD_NOT_SUPPORTED"' in done.stderr
    assert '"field": "traffic_policy.load_balancing.passthrough"' in done.stderr
    assert "is not enforced by driver istio in cluster" in done.stderr


@pytest.mark.parametrize(
    ("rpc", "body", "words"),
    [
        (
            "ClusterService/GetCluster",
            {"name": "clusters/nowhere"},
            ("Code: NotFound", '"reason": "NOT_FOUND"', '"resource_name": "clusters/nowhere"'),
        ),
        (
            "RevisionService/GetRevision",
            {"name": "revisions/1"},
            ("Code: Unimplemented", '"reason": "UNIMPLEMENTED"'),
        ),
        (
            "WatchService/Watch",
            {"parents": ["clusters/-"], "types": ["trafficctl.dev/Cluster"], "start_revision": 999},
            ("Code: InvalidArgument", '"reason": "FUTURE_REVISION"'),
        ),
    ],
)
def test_errors_say_what_is_the_matter(
    operator: Operator, rpc: str, body: Any, words: tuple[str, ...]
) -> None:
    done = operator.run(f"trafficctl.v2.{rpc}", body=body)
    assert done.returncode != 0
    for word in words:
        assert word in done.stderr
