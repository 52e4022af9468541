"""What traffic policies become in each cluster, as intents, workloads and clusters change."""

from dataclasses import replace
from typing import Any

import pytest
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.model.common import Addressing, Protocol
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.traffic_policy import ClusterOverride, TrafficPolicy
from trafficctl_sdk.model.workload import Placement, PortOverride, Subset, Workload, WorkloadPort

from tests.fakes import wishes
from tests.fakes.town import Town
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import INTERCLUSTER, Resource, kind_of

State = Convergence.State
OTHER = wishes.group_name("other")
V2 = wishes.group_name(version="v2")


def policy(**stated: Any) -> TrafficPolicy:
    return from_json(TrafficPolicy, stated)


def shift(**weights: int) -> dict[str, Any]:
    stated = [{"subset": name, "weight": weight} for name, weight in weights.items()]
    return {"subsets": {"weights": stated}}


def over(**weights: int) -> dict[str, Any]:
    stated = [{"cluster": f"clusters/{it}", "weight": weight} for it, weight in weights.items()]
    return {"clusters": {"weights": stated}}


def with_subsets(name: str, *clusters: str, version: str = "v1", **labels: str) -> Workload:
    subsets = tuple(Subset(id=key, labels={"track": value}) for key, value in labels.items())
    return wishes.workload(name, *clusters, version=version, subsets=subsets)


WORLD: tuple[Resource, ...] = (
    wishes.cluster("east"),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    with_subsets("back", "east", "west", stable="a", canary="b"),
    wishes.group(),
    wishes.group("other"),
)
TIMEOUT = policy(timeout=1_000_000_000)


async def world(it: Town, *more: Resource) -> None:
    for wish in (*WORLD, *more):
        await it.create(wish)
    await it.quiet()


def one(it: Town, cluster: str, start: str) -> Any:
    """Give the only object whose path begins so."""
    found = [body for path, body in it.objects(cluster).items() if path.startswith(start)]
    assert len(found) == 1, (start, sorted(it.objects(cluster)))
    return found[0]["spec"]


async def standing(it: Town, intent: Resource, cluster: str) -> tuple[object, ...]:
    found = (await it.realizations(intent.name))[cluster].convergence
    assert found is not None
    return found.state, found.reason, found.field


async def test_subsets_are_defined_where_their_version_runs(it: Town) -> None:
    old = wishes.intercluster("a", "back", "front", traffic_policy=policy(shift=shift(stable=100)))
    new = wishes.intercluster("a", "back", "front", of=V2)
    await world(
        it,
        with_subsets("back", "west", version="v2", fresh="c"),
        wishes.workload("front", "east", version="v2"),
        wishes.group(version="v2"),
        old,
        new,
    )
    shifted = policy(shift=shift(stable=90, fresh=10))
    await it.update(replace(old, traffic_policy=shifted))
    await it.quiet()
    defined = {
        cluster: [it["name"] for it in one(it, cluster, "shop/destinationrule.back")["subsets"]]
        for cluster in ("east", "west")
    }
    assert defined == {"east": ["stable"], "west": ["fresh", "stable"]}
    fresh = [
        endpoint["locality"]
        for endpoint in one(it, "east", "trafficctl-mesh/serviceentry.back")["endpoints"]
        if "subset.trafficctl.dev/fresh" in endpoint["labels"]
    ]
    assert fresh == ["west"]


async def test_two_versions_cannot_mean_different_pods_by_one_subset(it: Town) -> None:
    await world(
        it,
        with_subsets("back", "west", version="v2", stable="z"),
        wishes.group(version="v2"),
        wishes.intercluster("a", "back", "front"),
    )
    with pytest.raises(failures.Conflict) as raised:
        await it.create(
            wishes.intercluster("a", "back", wishes.everyone(wishes.by_names("east")), of=V2)
        )
    assert {one.kind for one in raised.value.conflicts} == {"SUBSET"}


async def test_a_share_of_nothing_keeps_its_subset_until_it_is_taken_out(it: Town) -> None:
    """Else the proxies would lose the subset before the route that names it."""
    stated = policy(shift=shift(stable=100, canary=0))
    await world(it, wishes.intercluster("a", "back", "front", traffic_policy=stated))
    rule = one(it, "east", "trafficctl-mesh/destinationrule.back")
    (route,) = one(it, "east", "trafficctl-mesh/virtualservice.back")["http"]
    assert [it["name"] for it in rule["subsets"]] == ["canary", "stable"]
    assert [it["destination"]["subset"] for it in route["route"]] == ["stable"]


async def test_a_share_of_a_cluster_that_does_not_serve_is_refused_and_the_old_holds(
    it: Town,
) -> None:
    intent = wishes.intercluster("a", "back", "front", traffic_policy=TIMEOUT)
    await world(it, intent)
    before = one(it, "east", "trafficctl-mesh/virtualservice.back")
    await it.create(wishes.cluster("north"))
    await it.update(replace(intent, traffic_policy=policy(shift=over(west=50, north=50))))
    await it.quiet()
    state, _, field = await standing(it, intent, "east")
    assert state is State.REFUSED
    assert field == "traffic_policy.shift.clusters.weights[1].cluster"
    assert one(it, "east", "trafficctl-mesh/virtualservice.back") == before
    await it.update(with_subsets("back", "east", "west", "north"))
    await it.update(wishes.cluster("north"))
    await it.quiet()
    assert (await standing(it, intent, "east"))[0] is State.SETTLED
    (route,) = one(it, "east", "trafficctl-mesh/virtualservice.back")["http"]
    assert [it["weight"] for it in route["route"]] == [50, 50]


async def test_a_mirror_goes_to_the_workload_in_the_calling_cluster_once_it_is_there(
    it: Town,
) -> None:
    mirror = policy(mirrors=[{"workload": "shadow", "percent": 10}])
    intent = wishes.intercluster("a", "back", "front", traffic_policy=mirror)
    await world(it, wishes.workload("shadow", "west"), intent)
    assert (await standing(it, intent, "east"))[::2] == (
        State.REFUSED,
        "traffic_policy.mirrors[0].workload",
    )
    await it.update(wishes.workload("shadow", "east", ports=(wishes.plain_port(81),)))
    await it.quiet()
    assert (await standing(it, intent, "east"))[0] is State.REFUSED  # it has no such port
    await it.update(wishes.workload("shadow", "east", "west"))
    await it.quiet()
    (route,) = one(it, "east", "trafficctl-mesh/virtualservice.back")["http"]
    (copied,) = route["mirrors"]
    assert copied["destination"] == {
        "host": "shadow.shop.svc.cluster.local",
        "port": {"number": 80},
    }


async def test_endpoints_are_preferred_by_labels_of_their_cluster_s_record(it: Town) -> None:
    labels = {"failover_priority": {"labels": ["tier=spare"]}}
    intent = wishes.intercluster("a", "back", "front", traffic_policy=policy(locality=labels))
    await world(it, intent)
    assert (await standing(it, intent, "east"))[::2] == (
        State.REFUSED,
        "traffic_policy.locality.failover_priority.labels[0]",
    )
    await it.update(wishes.cluster("west", labels={"tier": "spare", "other": "x"}))
    await it.quiet()
    entry = one(it, "east", "trafficctl-mesh/serviceentry.back")
    assert [it.get("labels") for it in entry["endpoints"]] == [None, {"tier": "spare"}]


async def test_an_override_shapes_the_calls_from_its_cluster_only(it: Town) -> None:
    override = ClusterOverride(
        clusters=("clusters/west",), traffic_policy=policy(timeout=9_000_000_000)
    )
    intent = wishes.intercluster(
        "a", "back", "front", traffic_policy=TIMEOUT, overrides=(override,)
    )
    await world(it, intent)
    await it.update(wishes.workload("front", "east", "west"))
    await it.quiet()
    found = {
        cluster: one(it, cluster, "trafficctl-mesh/virtualservice.back")["http"][0]["timeout"]
        for cluster in ("east", "west")
    }
    assert found == {"east": "1s", "west": "9s"}


async def test_a_policy_inside_a_cluster_is_that_of_all_intents_without_clusters(it: Town) -> None:
    between = policy(
        timeout=1_000_000_000,
        routes=[{"id": "a", "matches": [{"methods": ["GET"]}], "shift": over(west=100)}],
    )
    await world(
        it,
        wishes.intracluster("i", "back", "front"),
        wishes.intercluster("a", "back", "front", of=OTHER, traffic_policy=between),
    )
    first, rest = one(it, "east", "shop/virtualservice.back")["http"]
    here = [{"destination": {"host": "back.shop.svc.cluster.local", "port": {"number": 80}}}]
    assert first["route"] == rest["route"] == here
    assert first["timeout"] == rest["timeout"] == "1s"
    await it.delete(INTERCLUSTER, wishes.intercluster("a", "back", of=OTHER).name)
    await it.quiet()
    assert not [path for path in it.objects("east") if path.startswith("shop/virtualservice")]


async def test_where_to_go_over_clusters_says_nothing_inside_one(it: Town) -> None:
    """Shares of other regions would leave callers of the own name nowhere to go."""
    away = {
        "from_locality": {"region": "east"},
        "to": [{"locality": {"region": "west"}, "weight": 100}],
    }
    between = policy(locality={"distribute": {"rules": [away]}})
    await world(
        it,
        wishes.intracluster("i", "back", "front"),
        wishes.intercluster("a", "back", "front", of=OTHER, traffic_policy=between),
    )
    assert not [path for path in it.objects("east") if path.startswith("shop/destinationrule")]


async def test_inside_a_cluster_a_port_has_the_number_that_it_has_there(it: Town) -> None:
    moved = Placement(
        cluster="clusters/east", port_overrides=(PortOverride(port=80, service_port=8000),)
    )
    await world(it, wishes.intracluster("i", "back", "front", traffic_policy=TIMEOUT))
    await it.update(wishes.workload("back", placements=(moved,)))
    await it.quiet()
    (route,) = one(it, "east", "shop/virtualservice.back")["http"]
    assert route["match"] == [{"port": 8000}]
    assert route["route"][0]["destination"]["port"] == {"number": 8000}


async def test_a_fault_is_told_to_the_intent_that_puts_it_in(it: Town) -> None:
    faulty = policy(timeout=1_000_000_000, fault={"abort": {"http_status": 500, "percent": 5}})
    puts = wishes.intercluster("a", "back", "front", traffic_policy=faulty)
    other = wishes.intercluster("b", "back", "front", of=OTHER)
    await world(it, puts, other)
    told = {
        intent.name: [(one.reason, one.field) for one in here["east"].notices]
        for intent in (puts, other)
        for here in [await it.realizations(intent.name)]
    }
    reason = Convergence.Reason.FAULT_DISABLES_TIMEOUT
    assert told == {puts.name: [(reason, "traffic_policy.fault")], other.name: []}


async def test_pods_keep_their_addresses_as_others_come_and_go(it: Town) -> None:
    def queue(*pods: str) -> Workload:
        return wishes.workload(
            "queue",
            addressing=Addressing.Mode.HEADLESS,
            ports=(WorkloadPort(port=5672, protocol=Protocol.Value.TCP),),
            placements=(Placement(cluster="clusters/west", pods=pods),),
        )

    def addresses() -> dict[str, str]:
        return {
            body["spec"]["hosts"][0]: body["spec"]["addresses"][0]
            for path, body in it.objects("east").items()
            if "serviceentry.queue" in path
        }

    calls = wishes.intercluster("q", "queue", "front", ports=[wishes.port(5672)])
    await world(it, queue("queue-0", "queue-1"), calls)
    before = addresses()
    assert len(set(before.values())) == 3
    await it.update(queue("queue-1", "queue-2"))
    await it.quiet()
    after = addresses()
    assert after.keys() == {
        "queue.shop.global",
        "queue-1.queue.shop.global",
        "queue-2.queue.shop.global",
    }
    assert all(after[host] == before[host] for host in after.keys() & before.keys())
    assert len(set(after.values())) == 3


async def test_the_order_of_arrival_changes_no_byte(it: Town) -> None:
    wanted = (
        wishes.intercluster("a", "back", "front", traffic_policy=policy(shift=shift(stable=100))),
        wishes.intercluster("b", "back", "front", of=OTHER, traffic_policy=TIMEOUT),
        wishes.intracluster("i", "back", "front", traffic_policy=TIMEOUT),
    )
    await world(it, *wanted)
    before = it.tree()
    for wish in wanted:
        await it.delete(kind_of(wish), wish.name)
    await it.quiet()
    for wish in reversed(wanted):
        await it.create(wish)
    await it.quiet()
    assert it.tree() == before


async def test_clusters_without_a_policy_have_nothing_of_it(it: Town) -> None:
    await world(it, wishes.intracluster("i", "back", "front"))
    for cluster in ("east", "west"):
        kinds = {body["kind"] for body in it.objects(cluster).values()}
        assert not kinds & {"DestinationRule", "VirtualService", "ServiceEntry"}
