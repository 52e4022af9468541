"""What cannot be so is refused when it is wished, with the field and the way out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import trafficctl_istio.plugin
from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.model.access import AccessRule, AnyClient, Caller, HttpOperation, PathMatch
from trafficctl_sdk.model.cluster import (
    Cluster,
    GovernedNamespace,
    MeshFacts,
    SdwanFacts,
    SparedCaller,
)
from trafficctl_sdk.model.common import Addressing, Protocol
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.outbound_intent import ExternalPort
from trafficctl_sdk.model.traffic_policy import ClusterOverride, TrafficPolicy
from trafficctl_sdk.model.workload import Placement, Workload, WorkloadPort
from trafficctl_sdk.slices import ScopeKind

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import Resource

State = Convergence.State
Reason = Convergence.Reason
Protocols = Protocol.Value
OTHER = wishes.group_name("other")

WORLD: tuple[Resource, ...] = (
    wishes.cluster("east"),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west"),
    wishes.workload("mail", "west", ports=(wishes.plain_port(25),)),
    wishes.group(),
    wishes.group("other"),
)
GET = AccessRule(
    action=AccessRule.Action.ALLOW,
    http=HttpOperation(methods=("GET",), paths=(PathMatch(prefix="/"),)),
)
TIMEOUT = TrafficPolicy(timeout=1_000_000_000)
PASSTHROUGH = TrafficPolicy(
    load_balancing=TrafficPolicy.LoadBalancing(
        passthrough=TrafficPolicy.LoadBalancing.Passthrough()
    )
)


async def world(it: Town, more: Sequence[Resource] = ()) -> None:
    for wish in (*WORLD, *more):
        await it.create(wish)
    await it.quiet()


async def refused(it: Town, wish: Resource, failure: type[failures.Violations]) -> list[str]:
    """Create what must be refused, and give the fields that are to blame."""
    revision = it.store.revision
    with pytest.raises(failures.Failure) as raised:
        await it.create(wish)
    assert type(raised.value) is failure
    assert it.store.revision == revision
    assert isinstance(raised.value, failures.Violations)
    assert all(one.description for one in raised.value.violations)
    return [one.field for one in raised.value.violations]


async def test_a_field_that_the_driver_does_not_enforce_is_refused_with_its_path(it: Town) -> None:
    await world(it)
    wish = wishes.intercluster("i", "back", "front", traffic_policy=PASSTHROUGH)
    with pytest.raises(failures.FieldNotSupported) as raised:
        await it.create(wish)
    (one,) = raised.value.violations
    assert one.field == "traffic_policy.load_balancing.passthrough"
    assert raised.value.metadata["driver"] == "istio"
    assert raised.value.metadata["cluster"] in {"east", "west"}
    await it.create(replace(wish, traffic_policy=None))
    with pytest.raises(failures.FieldNotSupported):
        await it.update(wish)


async def test_so_it_is_where_no_cluster_is_known_yet(it: Town) -> None:
    await it.create(wishes.group())
    wish = wishes.intercluster("i", "back", "front", traffic_policy=PASSTHROUGH)
    found = await refused(it, wish, failures.FieldNotSupported)
    assert found == ["traffic_policy.load_balancing.passthrough"]


async def test_what_is_about_requests_is_refused_where_one_port_carries_bytes(it: Town) -> None:
    await world(it)
    wish = wishes.intercluster(
        "i",
        "mail",
        "front",
        ports=[wishes.port(25, Protocols.TCP)],
        traffic_policy=TIMEOUT,
        overrides=(ClusterOverride(clusters=("clusters/east",), traffic_policy=TIMEOUT),),
    )
    assert await refused(it, wish, failures.Violations) == [
        "traffic_policy.timeout",
        "overrides[0].traffic_policy.timeout",
    ]


async def test_for_a_cluster_that_came_later_it_stands_in_its_realization(
    it: Town, drivers: InProcessDrivers
) -> None:
    capabilities = tuple(
        one
        for one in trafficctl_istio.plugin.trafficctl_driver_info().capabilities
        if "external_prefix" not in one.path
    )
    paper = DriverInfo(
        name="paper", hook_api=(1, 0), scope_kinds=tuple(ScopeKind), capabilities=capabilities
    )
    drivers.add(paper, trafficctl_istio.plugin.trafficctl_render_slice)
    await world(it)
    intent = wishes.intercluster("i", "back", "front", external_prefix="rear")
    await it.create(intent)
    await it.create(wishes.cluster("south", service_mesh="paper"))
    await it.update(wishes.workload("front", "east", "south"))
    await it.quiet()
    found = {name: said.convergence for name, said in (await it.realizations(intent.name)).items()}
    assert found["south"] is not None
    assert (found["south"].state, found["south"].reason, found["south"].field) == (
        State.REFUSED,
        Reason.FIELD_NOT_SUPPORTED,
        "external_prefix",
    )
    assert found["east"] is not None
    assert found["east"].state is State.SETTLED
    assert not any("rear" in str(body) for body in it.objects("south").values())


def ambient(**fields: Any) -> Resource:
    """Give a cluster whose pods have no proxies of their own."""
    return wishes.cluster(
        "c",
        mesh=MeshFacts(data_plane=MeshFacts.DataPlane.AMBIENT),
        governed_namespaces=(replace(wishes.governed(), **fields),),
    )


NOT_SERVED: dict[str, tuple[Resource, str]] = {
    "what pods without proxies may call": (
        ambient(outbound_scope=GovernedNamespace.OutboundScope.DECLARED_ONLY),
        "governed_namespaces[0].outbound_scope",
    ),
    "paths at pods without proxies": (
        ambient(spared_callers=(SparedCaller(workload_ports=(9091,), paths=("/metrics",)),)),
        "governed_namespaces[0].spared_callers[0].paths",
    ),
    "sdwan": (
        wishes.cluster("c", sdwan=SdwanFacts(driver="x", purpose="x", namespace="x")),
        "sdwan.driver",
    ),
    "discovery": (
        wishes.cluster("c", workload_discovery=Cluster.Discovery.OBSERVE),
        "workload_discovery",
    ),
    "settle time": (wishes.cluster("c", settle_time=1_000_000_000), "settle_time"),
    "proxies": (wishes.cluster("c", settled_at=Convergence.Stage.IN_EFFECT), "settled_at"),
    "weights": (
        replace(wishes.workload("w"), placements=(Placement(cluster="clusters/east", weight=5),)),
        "placements[0].weight",
    ),
}


@pytest.mark.parametrize("case", NOT_SERVED)
async def test_what_the_core_does_not_serve_is_refused(it: Town, case: str) -> None:
    wish, field = NOT_SERVED[case]
    found = await refused(it, wish, failures.FieldNotSupported)
    assert any(one == field or one.startswith(f"{field}.") for one in found)


def denied() -> Caller:
    return wishes.caller("front", wishes.ALLOW_ALL, replace(GET, action=AccessRule.Action.DENY))


CASES: dict[str, tuple[Resource, type[failures.Violations], str]] = {
    "the workload speaks something else": (
        wishes.intracluster("i", "back", "front", ports=(wishes.port(80, Protocols.TCP),)),
        failures.ProtocolMismatch,
        "ports[0].protocol",
    ),
    "nobody says what the port speaks": (
        wishes.intracluster("i", "mail", "front", ports=(wishes.port(25),)),
        failures.Violations,
        "ports[0].protocol",
    ),
    "the server speaks first on a port that sniffs": (
        wishes.intracluster(
            "i",
            "mail",
            "front",
            ports=(wishes.port(25, Protocols.TCP_SERVER_FIRST),),
            mutual_tls=wishes.PERMISSIVE,
        ),
        failures.ServerFirstNeedsStrict,
        "mutual_tls.mode",
    ),
    "nothing proves who calls": (
        wishes.intracluster("i", "back", "front", mutual_tls=wishes.DISABLED),
        failures.IdentityNeedsMutualTls,
        "mutual_tls.mode",
    ),
    "a denial is dodged in plaintext": (
        wishes.intracluster("i", "back", denied(), mutual_tls=wishes.PERMISSIVE),
        failures.IdentityNeedsMutualTls,
        "callers[0].access",
    ),
    "anyone is let in where everyone must prove who it is": (
        wishes.intracluster("i", "back", wishes.anyone(), mutual_tls=wishes.STRICT),
        failures.IdentityNeedsMutualTls,
        "callers[0].any_client.identity",
    ),
    "paths need ports that are HTTP": (
        wishes.outbound(
            "i",
            wishes.host("db.example.com", ExternalPort(port=1, protocol=Protocols.TCP)),
            wishes.caller("front", GET, egress=wishes.dedicated()),
        ),
        failures.Violations,
        "callers[0].access[0].http",
    ),
    "a sidecar enforces nothing": (
        wishes.outbound("i", "db.example.com", wishes.caller("front", GET)),
        failures.Violations,
        "callers[0].access[0]",
    ),
    "one caller twice": (
        wishes.intracluster("i", "back", "front", wishes.caller("front", GET)),
        failures.Violations,
        "callers[1]",
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_it_is_refused_with_the_field(it: Town, case: str) -> None:
    wish, failure, field = CASES[case]
    await world(it)
    assert field in await refused(it, wish, failure)


async def test_addressing_that_the_workload_states_otherwise_is_refused(it: Town) -> None:
    await world(it)
    wish = wishes.intracluster(
        "i", "back", wishes.caller("front", addressing=Addressing.Mode.HEADLESS)
    )
    assert await refused(it, wish, failures.AddressingMismatch) == [
        "callers[0].workload.addressing"
    ]


async def test_identity_is_judged_on_what_all_intents_say_together(it: Town) -> None:
    await world(it, [wishes.intracluster("i", "back", denied())])
    weaker = wishes.intercluster("j", "back", "front", of=OTHER, mutual_tls=wishes.PERMISSIVE)
    with pytest.raises(failures.IdentityNeedsMutualTls) as raised:
        await it.create(weaker)
    (violation,) = raised.value.violations
    assert violation.field == "mutual_tls.mode"
    assert f"{wishes.group_name()}/intraclusterIntents/i" in violation.description
    assert "callers[0].access" in violation.description


async def test_identity_of_a_later_intent_is_judged_on_an_earlier_mode(it: Town) -> None:
    earlier = wishes.intracluster("i", "back", wishes.anyone(), mutual_tls=wishes.PERMISSIVE)
    await world(it, [earlier])
    later = wishes.intercluster("j", "back", denied(), of=OTHER)
    assert await refused(it, later, failures.IdentityNeedsMutualTls) == ["callers[0].access"]


async def test_a_workload_goes_only_where_its_project_may(it: Town) -> None:
    await world(it)
    with pytest.raises(failures.NamespaceNotYours) as raised:
        await it.create(wishes.workload("w", "east", namespace="elsewhere"))
    assert raised.value.metadata == {
        "namespace": "elsewhere",
        "cluster": "clusters/east",
        "project": "p1",
    }


async def test_where_the_cluster_takes_its_leave_back_it_stands_in_status(it: Town) -> None:
    intent = wishes.inbound("i", "front")
    await world(it, [intent])
    await it.update(wishes.cluster("east", "elsewhere"))
    await it.quiet()
    found = (await it.realizations(intent.name))["east"].convergence
    assert found is not None
    assert (found.state, found.reason) == (State.REFUSED, Reason.NAMESPACE_NOT_YOURS)


async def test_a_workload_that_turns_out_to_speak_otherwise_stands_in_status(it: Town) -> None:
    stated = wishes.port(80, Protocols.HTTP)
    intent = wishes.intercluster("i", "later", "front", ports=(stated,))
    await world(it, [intent])
    speaks = WorkloadPort(port=80, protocol=Protocols.TCP, target_number=8080)
    later: Workload = wishes.workload("later", "west", ports=(speaks,))
    await it.create(later)
    await it.quiet()
    found = (await it.realizations(intent.name))["west"].convergence
    assert found is not None
    assert (found.state, found.reason, found.field) == (
        State.REFUSED,
        Reason.PROTOCOL_MISMATCH,
        "ports[0].protocol",
    )


def test_anyone_is_spelled() -> None:
    assert wishes.anyone().any_client == AnyClient(identity=AnyClient.Identity.ANYONE)
