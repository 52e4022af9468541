"""Two wishes that cannot both hold: the second is refused, and both are named."""

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from trafficctl_sdk.model.common import Addressing, Protocol
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import ExternalPort
from trafficctl_sdk.model.access import ServiceDestination
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import POOL, Town, build, town
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import Resource
from trafficctl_server.store.sqlite import SqliteStore

State = Convergence.State
Reason = Convergence.Reason
Protocols = Protocol.Value

WORLD: tuple[Resource, ...] = (
    wishes.cluster(
        "east", governed_namespaces=(wishes.governed("shop", projects=("p1", "p2")),)
    ),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west", ports=(wishes.plain_port(),)),
    wishes.workload("cart", "east", "west"),
    wishes.workload("cart", "east", project="p2"),
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


def http(port: int = 80, protocol: Protocols = Protocols.HTTP) -> Any:
    return wishes.port(port, protocol)


def destined(intent: InterclusterIntent, mode: Addressing.Mode) -> Any:
    from dataclasses import replace

    assert intent.destination is not None
    destination = ServiceDestination(workload=intent.destination.workload, addressing=mode)
    return replace(intent, destination=destination)


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
        wishes.outbound(
            "a", "db.example.com", wishes.caller("front", egress=wishes.dedicated(3))
        ),
        wishes.intercluster(
            "b", "cart", wishes.caller("front", egress=wishes.dedicated(4)), of=OTHER
        ),
        "EGRESS_PATH",
        "callers[0].egress.dedicated_gateway",
        "callers[0].egress.dedicated_gateway",
    ),
    "outer name": (
        wishes.intercluster("a", "cart", "front", external_prefix="one"),
        wishes.intercluster("b", "cart", "front", of=OTHER, external_prefix="two"),
        "EXTERNAL_PREFIX",
        "external_prefix",
        "external_prefix",
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
}
CLAIMS: dict[str, tuple[Resource, Resource, str]] = {
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
    for number in range(25):
        for index, pair in enumerate(PAIRS.values()):
            if number % len(PAIRS) != index:
                continue
            outcomes = await asyncio.gather(
                *(it.create(wish) for wish in pair[:2]), return_exceptions=True
            )
            lost = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
            assert [type(outcome) for outcome in lost] == [failures.Conflict]
            won = next(wish for wish in pair[:2] if not isinstance(outcomes[pair.index(wish)], BaseException))
            await _remove(it, won)


async def _remove(it: Town, wish: Resource) -> None:
    from trafficctl_server.intents.kinds import kind_of

    await it.delete(kind_of(wish), wish.name)
    await it.gone(wish.name)
