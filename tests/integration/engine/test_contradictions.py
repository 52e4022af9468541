"""Two wishes that cannot both hold: the second is refused, and both are named."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trafficctl_istio.plugin
from trafficctl_sdk.driver_info import Capability
from trafficctl_sdk.model.access import JwtProvider, PathMatch
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.common import Addressing, IntentPort, Protocol
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.error_reason import ConflictInfo
from trafficctl_sdk.model.inbound_intent import InboundListener
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import ExternalHost, ExternalPort
from trafficctl_sdk.model.tls import CertificateSource, TlsOrigination
from trafficctl_sdk.model.traffic_policy import RequestMatch, Route, TrafficPolicy

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import POOL, Town, build, town
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import INTERCLUSTER, Resource, kind_of
from trafficctl_server.intents.requests import ChangeRequest
from trafficctl_server.store.sqlite.store import SqliteStore

State = Convergence.State
Reason = Convergence.Reason
Protocols = Protocol.Value

WORLD: tuple[Resource, ...] = (
    wishes.cluster("east", governed_namespaces=(wishes.governed("shop", projects=("p1", "p2")),)),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west", ports=(wishes.plain_port(),)),
    wishes.workload("cart", "east", "west"),
    wishes.workload("cart", "east", project="p2"),
    wishes.workload("cart", "east", version="v2", pod_labels={"release": "two"}),
    wishes.group(version="v2"),
    wishes.group(),
    wishes.group("other"),
    wishes.group(project="p2"),
)
OTHER = wishes.group_name("other")
P2 = wishes.group_name(project="p2")
SPREAD = TrafficPolicy(locality=TrafficPolicy.Locality(spread=TrafficPolicy.Locality.Spread()))
LOCAL = TrafficPolicy(
    locality=TrafficPolicy.Locality(prefer_local=TrafficPolicy.Locality.PreferLocal())
)


PLAIN = ExternalPort(port=80, protocol=Protocols.HTTP)
AS_SENT = replace(PLAIN, as_sent=ExternalPort.AsSent())
ORIGINATED = replace(PLAIN, originate=TlsOrigination())
FROM_DNS = replace(wishes.host("db.example.com", PLAIN), dns=ExternalHost.Dns())
STATED = replace(
    wishes.host("db.example.com", PLAIN), static=ExternalHost.Static(addresses=("192.0.2.7",))
)


V2 = wishes.group_name(version="v2")
CERTIFIED: dict[str, Any] = {
    "plaintext": None,
    "simple": InboundListener.Simple(
        certificate=CertificateSource(secret=CertificateSource.Secret(name="shop-cert"))
    ),
}


def routed(path: str) -> TrafficPolicy:
    route = Route(
        id="gone",
        matches=(RequestMatch(path=PathMatch(exact=path)),),
        respond=Route.Respond(status=410),
    )
    return TrafficPolicy(routes=(route,))


def issuer(audience: str) -> JwtProvider:
    return JwtProvider(
        id="corp",
        issuer="https://id.example.com",
        audiences=(audience,),
        jwks_uri="https://id.example.com/keys",
    )


def http(port: int = 80, protocol: Protocols = Protocols.HTTP) -> IntentPort:
    return wishes.port(port, protocol)


def addressed(intent: InterclusterIntent, mode: Addressing.Mode) -> InterclusterIntent:
    assert intent.destination is not None
    return replace(intent, destination=replace(intent.destination, addressing=mode))


PAIRS: dict[str, tuple[Resource, Resource, str, str, str]] = {
    "protocol": (
        wishes.intercluster("a", "back", "front", ports=(http(),)),
        wishes.intercluster("b", "back", "cart", of=OTHER, ports=(http(protocol=Protocols.TCP),)),
        "PROTOCOL",
        "ports[0].protocol",
        "ports[0].protocol",
    ),
    "protocol of another kind": (
        wishes.intracluster("a", "back", "front", ports=(http(81), http(80))),
        wishes.intercluster("b", "back", "cart", of=OTHER, ports=(http(protocol=Protocols.TCP),)),
        "PROTOCOL",
        "ports[0].protocol",
        "ports[1].protocol",
    ),
    "mutual TLS": (
        wishes.intracluster("a", "cart", "front", mutual_tls=wishes.STRICT),
        wishes.inbound("b", "cart", of=OTHER, mutual_tls=wishes.PERMISSIVE),
        "MUTUAL_TLS",
        "mutual_tls.mode",
        "mutual_tls.mode",
    ),
    "traffic policy": (
        wishes.intercluster("a", "cart", "front", traffic_policy=SPREAD),
        wishes.intercluster("b", "cart", "front", of=OTHER, traffic_policy=LOCAL),
        "TRAFFIC_POLICY",
        "traffic_policy.locality",
        "traffic_policy.locality",
    ),
    "egress path to a service": (
        wishes.intercluster("a", "cart", "front"),
        wishes.intercluster(
            "b", "cart", wishes.caller("front", egress=wishes.dedicated()), of=OTHER
        ),
        "EGRESS_PATH",
        "callers[0].egress",
        "callers[0].egress",
    ),
    "egress path to the outside": (
        wishes.outbound("a", "db.example.com", "front"),
        wishes.outbound(
            "b", "db.example.com", wishes.caller("front", egress=wishes.dedicated()), of=OTHER
        ),
        "EGRESS_PATH",
        "callers[0].egress",
        "callers[0].egress",
    ),
    "size of one gateway": (
        wishes.outbound("a", "db.example.com", wishes.caller("front", egress=wishes.dedicated(3))),
        wishes.intercluster(
            "b", "cart", wishes.caller("front", egress=wishes.dedicated(4)), of=OTHER
        ),
        "EGRESS_PATH",
        "callers[0].egress.dedicated_gateway.min_replicas",
        "callers[0].egress.dedicated_gateway.min_replicas",
    ),
    "bounds of one gateway": (
        wishes.outbound("a", "db.example.com", wishes.caller("front", egress=wishes.dedicated(3))),
        wishes.intercluster(
            "b", "cart", wishes.caller("front", egress=wishes.dedicated(0, 2)), of=OTHER
        ),
        "EGRESS_PATH",
        "callers[0].egress.dedicated_gateway.max_replicas",
        "callers[0].egress.dedicated_gateway.min_replicas",
    ),
    "addressing": (
        addressed(wishes.intercluster("a", "later", "front"), Addressing.Mode.VIRTUAL_ADDRESS),
        addressed(wishes.intercluster("b", "later", "front", of=OTHER), Addressing.Mode.HEADLESS),
        "ADDRESSING",
        "destination.addressing",
        "destination.addressing",
    ),
    "outer name": (
        wishes.intercluster("a", "cart", "front", external_prefix="one"),
        wishes.intercluster("b", "cart", "front", of=OTHER, external_prefix="two"),
        "EXTERNAL_PREFIX",
        "external_prefix",
        "external_prefix",
    ),
    "outer name of two services": (
        wishes.intercluster("a", "cart", "front"),
        wishes.intercluster(
            "b", "back", "front", of=OTHER, ports=(http(),), external_prefix="cart"
        ),
        "EXTERNAL_PREFIX",
        "external_prefix",
        "destination.workload",
    ),
    "outside host": (
        wishes.outbound("a", "db.example.com", "front"),
        wishes.outbound(
            "b",
            wishes.host("db.example.com", ExternalPort(port=80, protocol=Protocols.TCP)),
            "front",
            of=OTHER,
        ),
        "EXTERNAL_HOST",
        "hosts[0].ports[0].protocol",
        "hosts[0].ports[0].protocol",
    ),
    "addresses of an outside host": (
        wishes.outbound("a", FROM_DNS, "front"),
        wishes.outbound("b", STATED, "cart", of=OTHER),
        "EXTERNAL_HOST",
        "hosts[0].static",
        "hosts[0].dns",
    ),
    "TLS of an outside port": (
        wishes.outbound("a", wishes.host("db.example.com", AS_SENT), "front"),
        wishes.outbound("b", wishes.host("db.example.com", ORIGINATED), "cart", of=OTHER),
        "EXTERNAL_HOST",
        "hosts[0].ports[0].originate",
        "hosts[0].ports[0].as_sent",
    ),
    "listener": (
        wishes.inbound("a", "front"),
        wishes.inbound(
            "b",
            "cart",
            of=OTHER,
            path_prefix="/cart",
            listeners=(wishes.listener(protocol=Protocols.HTTP2),),
        ),
        "LISTENER",
        "listeners[0]",
        "listeners[0]",
    ),
    "gateway of a host": (
        wishes.inbound("a", "front", gateway="ingress"),
        wishes.inbound("b", "cart", of=OTHER, path_prefix="/cart"),
        "LISTENER",
        "gateway",
        "gateway",
    ),
    "path": (
        wishes.inbound("a", "front"),
        wishes.inbound("b", "cart", of=OTHER),
        "PATH_PREFIX",
        "path_prefix",
        "path_prefix",
    ),
    "routes": (
        wishes.intercluster("a", "cart", "front", traffic_policy=routed("/old")),
        wishes.intercluster("b", "cart", "front", of=OTHER, traffic_policy=routed("/new")),
        "ROUTES",
        "traffic_policy.routes",
        "traffic_policy.routes",
    ),
    "pods that share no label": (
        wishes.intercluster("a", "cart", "front"),
        wishes.intercluster("b", "cart", "cart", of=V2),
        "SUBSET",
        "destination.workload",
        "destination.workload",
    ),
    "issuer of tokens": (
        wishes.intracluster("a", "cart", "front", jwt_providers=(issuer("shop"),)),
        wishes.intracluster("b", "cart", "front", of=OTHER, jwt_providers=(issuer("other"),)),
        "JWT_PROVIDER",
        "jwt_providers[0]",
        "jwt_providers[0]",
    ),
    "a port that is TLS for one host and plaintext for another": (
        wishes.inbound("a", "front"),
        wishes.inbound(
            "b",
            "front",
            "pay.example.com",
            of=OTHER,
            listeners=(wishes.listener(80, protocol=Protocols.HTTPS, **CERTIFIED),),
        ),
        "LISTENER",
        "listeners[0]",
        "listeners[0]",
    ),
    "a port that has a certificate for one host, whatever is inside": (
        wishes.inbound("a", "front"),
        wishes.inbound(
            "b",
            "front",
            "pay.example.com",
            of=OTHER,
            listeners=(wishes.listener(80, **CERTIFIED),),
        ),
        "LISTENER",
        "listeners[0]",
        "listeners[0]",
    ),
    "a port that one redirects from and another reads as TLS": (
        wishes.inbound(
            "a",
            "front",
            listeners=(
                wishes.listener(443, protocol=Protocols.HTTPS, redirect_from_port=80, **CERTIFIED),
            ),
        ),
        wishes.inbound(
            "b",
            "front",
            "pay.example.com",
            of=OTHER,
            listeners=(wishes.listener(80, protocol=Protocols.HTTPS, **CERTIFIED),),
        ),
        "LISTENER",
        "listeners[0]",
        "listeners[0].redirect_from_port",
    ),
}
CLAIMS: dict[str, tuple[Resource, Resource, str]] = {
    "name below a wildcard": (
        wishes.inbound("a", "front", "*.example.com"),
        wishes.inbound("b", "cart", "deep.shop.example.com", of=P2),
        "exposed_hosts",
    ),
    "wildcard over a name": (
        wishes.inbound("a", "front", "deep.shop.example.com"),
        wishes.inbound("b", "cart", "*.example.com", of=P2),
        "exposed_hosts",
    ),
    "wildcard over a wildcard": (
        wishes.inbound("a", "front", "*.shop.example.com"),
        wishes.inbound("b", "cart", "*.example.com", of=P2),
        "exposed_hosts",
    ),
    "exposed host": (
        wishes.inbound("a", "front"),
        wishes.inbound("b", "cart", of=P2, path_prefix="/cart"),
        "exposed_hosts",
    ),
    "service": (
        wishes.intercluster("a", "cart", "front"),
        wishes.intercluster("b", "cart", "cart", of=P2),
        "destination.workload",
    ),
}


async def world(it: Town, more: Sequence[Resource] = ()) -> None:
    for wish in (*WORLD, *more):
        await it.create(wish)
    await it.quiet()


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
async def test_a_contradiction_is_refused_and_both_are_named(
    it: Town, pair: str, *, turned: bool
) -> None:
    *two, kind, field, other_field = PAIRS[pair]
    first, second = reversed(two) if turned else two
    field, other_field = (other_field, field) if turned else (field, other_field)
    await world(it, [first])
    before, revision = it.tree(), it.store.revision
    with pytest.raises(failures.Conflict) as refused:
        await it.create(second)
    assert type(refused.value) is failures.Conflict
    found = {
        (info.kind, info.field, info.other_intent, info.other_field)
        for info in refused.value.conflicts
    }
    assert (kind, field, first.name, other_field) in found
    assert all(info.way_out and info.ours != info.theirs for info in refused.value.conflicts)
    assert it.store.revision == revision
    assert it.tree() == before


async def test_a_destination_has_one_termination(it: Town) -> None:
    """Through a driver that can end sessions at gateways: the Istio driver's never do."""
    info = trafficctl_istio.plugin.trafficctl_driver_info()
    both = Capability(path="intercluster.termination.AT_GATEWAY")
    it.drivers.add(
        replace(info, capabilities=(*info.capabilities, both)),
        trafficctl_istio.plugin.trafficctl_render_slice,
    )
    ends = InterclusterIntent.Termination
    await world(it, [wishes.intercluster("a", "cart", "front", termination=ends.END_TO_END)])
    with pytest.raises(failures.Conflict) as refused:
        await it.create(
            wishes.intercluster("b", "cart", "front", of=OTHER, termination=ends.AT_GATEWAY)
        )
    (found,) = refused.value.conflicts
    assert (found.kind, found.field, found.other_field) == (
        "TERMINATION",
        "termination",
        "termination",
    )


def test_every_kind_of_conflict_is_shown() -> None:
    kinds = {pair[2] for pair in PAIRS.values()} | {"HOST", "TERMINATION"}
    assert kinds == {it.value for it in ConflictInfo.Kind} - {"DNS_NAME"}  # no driver serves DNS


@pytest.mark.parametrize("claim", CLAIMS)
async def test_what_another_project_has_is_claimed(it: Town, claim: str) -> None:
    first, second, field = CLAIMS[claim]
    await world(it, [first])
    with pytest.raises(failures.HostClaimed) as refused:
        await it.create(second)
    (info,) = refused.value.conflicts
    assert (info.kind, info.field) == ("HOST", field)
    # What another project wishes is nobody else's business.
    assert (info.other_intent, info.other_field, info.theirs) == ("projects/p1", "", "")


async def test_unset_agrees_with_anything(it: Town) -> None:
    await world(it, [wishes.intracluster("a", "cart", "front", mutual_tls=wishes.PERMISSIVE)])
    await it.create(wishes.intercluster("b", "cart", "front", of=OTHER, traffic_policy=SPREAD))
    await it.create(wishes.intercluster("c", "cart", "back", external_prefix="one"))


async def test_unset_agrees_with_what_others_say_of_an_outside_host(it: Town) -> None:
    stated = replace(STATED, ports=(ORIGINATED,))
    await world(it, [wishes.outbound("a", wishes.host("db.example.com", PLAIN), "front")])
    await it.create(wishes.outbound("b", stated, "cart", of=OTHER))
    await it.quiet()
    (entry,) = (it for it in it.objects("east").values() if it["kind"] == "ServiceEntry")
    assert entry["spec"]["resolution"] == "STATIC"
    assert entry["spec"]["ports"][0]["targetPort"] == 443


async def test_one_gateway_has_the_bounds_that_any_of_its_intents_states(it: Town) -> None:
    await world(it)
    for intent in (
        wishes.outbound("a", "db.example.com", wishes.caller("front", egress=wishes.dedicated(3))),
        wishes.intercluster("b", "cart", wishes.caller("front", egress=wishes.dedicated(0, 7))),
        wishes.intercluster(
            "c", "cart", wishes.caller("front", egress=wishes.dedicated()), of=OTHER
        ),
    ):
        await it.create(intent)
    await it.quiet()
    (scaler,) = (
        body for body in it.objects("east").values() if body["kind"] == "HorizontalPodAutoscaler"
    )
    assert (scaler["spec"]["minReplicas"], scaler["spec"]["maxReplicas"]) == (3, 7)


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
async def test_of_two_contradicting_creates_at_once_one_wins(
    tmp_path: Path, drivers: InProcessDrivers, it: Town, kind: str
) -> None:
    if kind == "sqlite":
        store = SqliteStore(tmp_path / "store.db", pool_size=POOL.num_addresses - 2)
        async with town(tmp_path / "trees", drivers, store) as other:
            await _race(other)
        await store.close()
    else:
        await _race(it)


async def _race(it: Town) -> None:
    await world(it)
    for pair in (*PAIRS.values(), *PAIRS.values()):
        two = pair[:2]
        outcomes = await asyncio.gather(*map(it.create, two), return_exceptions=True)
        lost = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
        assert [type(outcome) for outcome in lost] == [failures.Conflict]
        won = two[outcomes.index(lost[0]) - 1]
        await it.delete(kind_of(won), won.name)
        await it.gone(won.name)


UNLABELLED = wishes.workload(
    "rear", "west", pod_labels={"app": "back"}, ports=(wishes.plain_port(),)
)


async def test_a_contradiction_that_comes_later_stands_in_status_until_it_is_resolved(
    it: Town,
) -> None:
    one = wishes.intercluster("a", "back", "front", ports=(http(),))
    two = wishes.intercluster(
        "b",
        "rear",
        wishes.caller("cart", egress=wishes.dedicated()),
        of=OTHER,
        ports=(http(protocol=Protocols.TCP),),
    )
    rest = wishes.outbound("c", "db.example.com", "front")
    await world(it, [UNLABELLED, one, two, rest])
    before = it.tree()
    await it.update(replace(UNLABELLED, service="back"))
    await it.quiet()
    for intent, other in ((one, two), (two, one)):
        there = await it.get(intent.name)
        assert there is not None
        assert there.state is State.REFUSED
        for realization in (await it.realizations(intent.name)).values():
            said = realization.convergence
            assert said is not None
            assert said.reason is Reason.INTENT_CONFLICT
            assert intent.name in said.detail
            assert other.name in said.detail
            assert said.field == "ports[0].protocol"
    assert (await it.get(rest.name)).state is State.SETTLED  # type: ignore[union-attr] # it is there
    # The service that is still served is served as before; of the one that is left nothing stays.
    after = it.tree()
    kept = {path for path in before if "back" in path}
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}
    await it.update(UNLABELLED)
    await it.quiet()
    assert it.tree() == before
    assert (await it.get(one.name)).state is State.SETTLED  # type: ignore[union-attr] # it is there
    await it.update(replace(UNLABELLED, service="back"))
    await it.delete(INTERCLUSTER, one.name)
    await it.gone(one.name)
    await it.settled(two.name)
    assert (await it.get(two.name)).state is State.SETTLED  # type: ignore[union-attr] # it is there


async def test_a_contradiction_outlives_a_restart_and_changes_nothing_then(it: Town) -> None:
    one = wishes.intercluster("a", "back", "front", ports=(http(),))
    two = wishes.intercluster("b", "rear", "cart", of=OTHER, ports=(http(protocol=Protocols.TCP),))
    await world(it, [UNLABELLED, one, two])
    await it.update(replace(UNLABELLED, service="back"))
    await it.quiet()
    before, revision = it.tree(), it.store.revision
    await it.stop()
    again = await build(it.root, it.store, it.drivers)
    await again.start()
    try:
        await again.quiet()
        assert again.tree() == before
        assert it.store.revision == revision
    finally:
        await again.stop()


async def test_a_cluster_is_emptied_even_of_what_contradicts_itself(it: Town) -> None:
    one = wishes.intercluster("a", "back", "front", ports=(http(),))
    two = wishes.intercluster("b", "rear", "cart", of=OTHER, ports=(http(protocol=Protocols.TCP),))
    await world(it, [UNLABELLED, one, two])
    await it.update(replace(UNLABELLED, service="back"))
    await it.quiet()
    assert it.objects("west")
    await it.engine.care.drain("clusters/west", "", ChangeRequest())
    await it.quiet()
    assert it.objects("west") == {}
    assert (await it.get("clusters/west")).state is Cluster.State.DRAINED  # type: ignore[union-attr] # it is there
