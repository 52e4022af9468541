"""Bad drivers beside Istio in one real server: each fails alone and its status says why."""

from collections.abc import Iterator

import grpc
import pytest

from tests.e2e.calls import Client, Json
from tests.e2e.conftest import Installed
from tests.e2e.running import Server, running_server
from tests.fakes.driver_site import DriverSite

BUNDLE = "projects/p1/resourceBundles/shop/versions/v1"
GROUP = f"{BUNDLE}/trafficIntentGroups/main"
DRIVER = """
import re
from trafficctl_sdk import (
    HOOK_API, Capability, DriverInfo, Manifest, Rendering, ScopeKind, TrafficSlice, hookimpl,
)

FIELDS = ("ports.port", "callers.access.action.ALLOW", "callers.access.all_requests")


@hookimpl
def trafficctl_driver_info() -> DriverInfo:
    return DriverInfo(
        name=NAME, hook_api={hook_api}, scope_kinds=(ScopeKind.WORKLOAD,),
        capabilities=tuple(Capability(path=f"intracluster.{{field}}") for field in FIELDS),
    )


@hookimpl
def trafficctl_render_slice(slice: TrafficSlice) -> Rendering:
    workload = slice.workload
    if workload.service == "bad":
        {misbehaviour}
    metadata = {{"name": workload.service, "namespace": workload.namespace}}
    body = {{"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {{}}}}
    return Rendering(manifests=(Manifest(body=body, wave=0),))
"""
MISBEHAVIOUR = {
    "raises": ("raise KeyError('port')", "KeyError: 'port'"),
    "loops": ("while True: pass", "within 2 s"),
    "backtracks": ("re.match(r'(a+)+$', 'a' * 60 + 'b')", "within 2 s"),
    "eats": ("hoard = [bytearray(1 << 20) for _ in range(1 << 20)]", "160 MiB"),
}


@pytest.fixture(scope="module")
def server(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("bad-drivers")
    (folder / "site").mkdir()
    site = DriverSite(folder / "site")
    for name, (misbehaviour, _) in MISBEHAVIOUR.items():
        site.install(name, DRIVER.format(hook_api="HOOK_API", misbehaviour=misbehaviour))
    site.install("old", DRIVER.format(hook_api="(0, 9)", misbehaviour="pass"))
    site.install("broken", "import nothing_like_this")
    with running_server(
        installed.server,
        folder / "server",
        PYTHONPATH=str(folder / "site"),
        DRIVERS__TIME_LIMIT="2s",
        DRIVERS__MEMORY_LIMIT="160MiB",
    ) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[Client]:
    """Give a client of a server where each driver has a cluster of its own."""
    with grpc.insecure_channel(server.address) as channel:
        client = Client(channel)
        for mesh in ("istio", *MISBEHAVIOUR):
            client.ask("ClusterService/CreateCluster", cluster(mesh, mesh))
        group = {"parent": BUNDLE, "trafficIntentGroupId": "main", "trafficIntentGroup": {}}
        client.ask("TrafficIntentGroupService/CreateTrafficIntentGroup", group)
        yield client


def cluster(name: str, mesh: str) -> Json:
    governed = {"namespace": name, "projects": ["p1"], "defaultAccess": "DENY_ALL"}
    wish = {"serviceMesh": mesh, "directory": {}, "governedNamespaces": [governed]}
    return {"clusterId": name, "cluster": wish}


def serve(client: Client, place: str, service: str) -> str:
    """Let a service of one cluster be called there, and give the intent's name."""
    port = {"port": 80, "protocol": "HTTP"}
    for workload in (service, "page"):
        wish = {
            "namespace": place,
            "service": workload,
            "serviceAccount": workload,
            "podLabels": {"app": workload},
            "ports": [port],
            "placements": [{"cluster": f"clusters/{place}"}],
        }
        request = {"parent": BUNDLE, "workloadId": f"{workload}-{place}", "workload": wish}
        client.ask(
            "WorkloadService/UpdateWorkload",
            {
                "workload": {**wish, "name": f"{BUNDLE}/workloads/{request['workloadId']}"},
                "allowMissing": True,
            },
        )
    access = [{"action": "ALLOW", "allRequests": {}}]
    intent = {
        "destination": {"workload": f"{service}-{place}"},
        "ports": [{"port": 80}],
        "callers": [{"workload": {"workload": f"page-{place}"}, "access": access}],
    }
    name = f"{service}-{place}"
    created = client.ask(
        "IntraclusterIntentService/CreateIntraclusterIntent",
        {"parent": GROUP, "intraclusterIntentId": name, "intraclusterIntent": intent},
    )
    return str(created["name"])


def state(client: Client, intent: str) -> str:
    found = client.ask("IntraclusterIntentService/GetIntraclusterIntent", {"name": intent})
    return str(found["state"])


@pytest.mark.parametrize(("mesh", "words"), [(name, it[1]) for name, it in MISBEHAVIOUR.items()])
def test_a_slice_fails_alone_and_says_why(
    client: Client, server: Server, mesh: str, words: str
) -> None:
    bad = serve(client, mesh, "bad")
    good = serve(client, mesh, "good")
    beside = serve(client, "istio", f"beside-{mesh}")

    states = client.until_quiet(bad, good, beside)

    assert states == {bad: "REFUSED", good: "SETTLED", beside: "SETTLED"}
    convergence = client.realizations(bad)[mesh]
    assert (convergence["state"], convergence["reason"]) == ("REFUSED", "DRIVER_FAILED")
    assert f"driver {mesh}" in convergence["detail"]
    assert words in convergence["detail"]
    files = server.files()
    assert f"{mesh}/{mesh}/configmap.good.yaml" in files
    assert f"{mesh}/{mesh}/configmap.bad.yaml" not in files
    assert any(
        path.startswith(f"istio/istio/authorizationpolicy.allow-beside-{mesh}") for path in files
    )


def test_rpcs_answer_while_a_driver_is_busy(client: Client) -> None:
    client.ask("ClusterService/CreateCluster", cluster("busy", "loops"))
    busy = serve(client, "busy", "bad")
    answered_meanwhile = 0
    while state(client, busy) != "REFUSED":
        client.ask("ClusterService/ListClusters", {}, timeout=5)
        answered_meanwhile += state(client, busy) != "REFUSED"
        assert answered_meanwhile < 100_000
    assert answered_meanwhile > 2


def test_drivers_are_listed_with_what_is_the_matter(client: Client) -> None:
    listed = client.ask("DriverService/ListDrivers", {})["drivers"]
    drivers = {it["name"].removeprefix("drivers/"): it for it in listed}
    assert drivers.keys() == {"istio", "networkpolicy", "old", "broken", *MISBEHAVIOUR}
    assert drivers["istio"]["state"] == "LOADED"
    assert drivers["istio"]["kinds"] == ["service_mesh"]
    assert drivers["networkpolicy"]["kinds"] == ["packet_filter"]
    assert drivers["old"]["state"] == drivers["broken"]["state"] == "REFUSED"
    assert "written for hook version 0.9" in drivers["old"]["refusal"]["message"]
    assert "No module named 'nothing_like_this'" in drivers["broken"]["refusal"]["message"]


def test_a_cluster_of_a_refused_driver_says_so(client: Client) -> None:
    client.ask("ClusterService/CreateCluster", cluster("aged", "old"))
    intent = serve(client, "aged", "good")
    assert client.until_quiet(intent) == {intent: "REFUSED"}
