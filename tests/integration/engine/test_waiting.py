"""An intent that cannot be true yet, or not there, says why; the rest of it is true already."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from trafficctl_sdk.model.access import Caller, ServiceAccountCaller
from trafficctl_sdk.model.cluster import MeshFacts
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.workload import Placement, PortOverride, WorkloadPort

from tests.fakes import wishes
from tests.fakes.town import Town
from trafficctl_server.intents.kinds import Resource

State = Convergence.State
Reason = Convergence.Reason


async def states(it: Town, intent: str) -> dict[str, tuple[State, Reason | None, str]]:
    """Give state, reason and field of an intent by cluster."""
    found = {}
    for cluster, realization in (await it.realizations(intent)).items():
        said = realization.convergence
        assert said is not None
        assert said.state is not None
        found[cluster] = (said.state, said.reason, said.field)
    return found


async def wish_all(it: Town, wanted: Sequence[Resource]) -> None:
    for wish in wanted:
        await it.create(wish)
    await it.quiet()


SETTLED = (State.SETTLED, None, "")
STRANGE = wishes.cluster("west", mesh=MeshFacts(root_digest="b" * 64))
OWN_DOMAIN = wishes.cluster("east", mesh=MeshFacts(trust_domain="corp.example"))
CALLED = wishes.intercluster("i", "back", "front")
NAMED = WorkloadPort(port=80, protocol=wishes.HTTP, target_name="web")
GUEST = Caller(
    service_account=ServiceAccountCaller(
        namespace="shop",
        service_account="guest",
        clusters=wishes.by_names("east"),
        trust_domain="cluster.local",
    ),
    access=(wishes.ALLOW_ALL,),
)

CASES: dict[str, tuple[Sequence[Resource], Resource, dict[str, tuple[State, Reason, str]]]] = {
    "the workload served is unknown": (
        [wishes.cluster("east"), wishes.workload("front", "east")],
        wishes.intracluster("i", "back", "front"),
        {
            "none": (State.WAITING, Reason.WORKLOAD_UNKNOWN, "destination.workload"),
            "east": (State.NOT_APPLICABLE, Reason.SAME_CLUSTER_ONLY, ""),
        },
    ),
    "the workload served is not placed": (
        [wishes.cluster("east"), wishes.workload("front", "east"), wishes.workload("back")],
        CALLED,
        {
            "none": (State.WAITING, Reason.WORKLOAD_NOT_PLACED, "destination.workload"),
            "east": (State.WAITING, Reason.SERVING_SIDE_FIRST, "destination.workload"),
        },
    ),
    "the caller is unknown": (
        [wishes.cluster("west"), wishes.workload("back", "west")],
        CALLED,
        {
            "none": (State.WAITING, Reason.WORKLOAD_UNKNOWN, "callers[0].workload"),
            "west": (State.NOT_APPLICABLE, Reason.NOT_CALLED, ""),
        },
    ),
    "an outside host's caller is not placed": (
        [wishes.workload("front")],
        wishes.outbound("i", "db.example.com", "front"),
        {"none": (State.WAITING, Reason.WORKLOAD_NOT_PLACED, "callers[0].workload")},
    ),
    "no placement of the caller runs under the account": (
        [wishes.cluster("east"), wishes.workload("front", "east")],
        wishes.outbound(
            "i", "db.example.com", wishes.caller("front", service_accounts=("another",))
        ),
        {"none": (State.WAITING, Reason.WORKLOAD_NOT_PLACED, "callers[0].workload")},
    ),
    "the cluster is unknown": (
        [wishes.workload("front", "east")],
        wishes.inbound("i", "front"),
        {"east": (State.WAITING, Reason.FACT_MISSING, "destination.workload")},
    ),
    "the cluster has no ingress gateway": (
        [wishes.cluster("east", gateways=()), wishes.workload("front", "east")],
        wishes.inbound("i", "front"),
        {"east": (State.WAITING, Reason.FACT_MISSING, "gateway")},
    ),
    "the cluster has no such ingress gateway": (
        [wishes.cluster("east"), wishes.workload("front", "east")],
        wishes.inbound("i", "front", gateway="second"),
        {"east": (State.WAITING, Reason.FACT_MISSING, "gateway")},
    ),
    "the east-west gateway has no address": (
        [
            wishes.cluster("east"),
            wishes.cluster("west", gateways=(wishes.east_west(),)),
            wishes.workload("front", "east"),
            wishes.workload("back", "west"),
        ],
        CALLED,
        {
            "west": (State.WAITING, Reason.GATEWAY_ADDRESS_UNKNOWN, ""),
            "east": (State.WAITING, Reason.SERVING_SIDE_FIRST, "destination.workload"),
        },
    ),
    "the cluster has no outer domain": (
        [wishes.cluster("east"), wishes.workload("front", "east")],
        wishes.inbound("i", "front", exposed_hosts=(wishes.exposed_prefix("shop"),)),
        {"east": (State.WAITING, Reason.EXTERNAL_DOMAIN_UNKNOWN, "exposed_hosts")},
    ),
    "the workload's port is known by name only": (
        [wishes.cluster("east"), wishes.workload("front", "east", ports=(NAMED,))],
        wishes.inbound("i", "front"),
        {"east": (State.WAITING, Reason.TARGET_PORT_UNKNOWN, "listeners[0].service_port")},
    ),
    "the namespace is not governed": (
        [
            wishes.cluster("east", governed_namespaces=(wishes.governed(deny=False),)),
            wishes.workload("front", "east"),
            wishes.workload("back", "east"),
        ],
        wishes.intracluster("i", "back", "front"),
        {"east": (State.WAITING, Reason.NAMESPACE_NOT_GOVERNED, "destination.workload")},
    ),
    "no cluster of the workload is selected": (
        [
            wishes.cluster("east"),
            wishes.workload("front", "east"),
            wishes.workload("back", "east"),
        ],
        wishes.intracluster("i", "back", "front", clusters=wishes.by_names("west")),
        {
            "none": (State.WAITING, Reason.NO_CLUSTER_SELECTED, "clusters"),
            "east": (State.NOT_APPLICABLE, Reason.SAME_CLUSTER_ONLY, ""),
        },
    ),
    "no cluster of the callers is selected": (
        [wishes.cluster("east"), wishes.workload("back", "east")],
        wishes.intercluster("i", "back", wishes.everyone(wishes.by_labels(tier="gold"))),
        {
            "none": (State.WAITING, Reason.NO_CLUSTER_SELECTED, "callers[0]"),
            "east": (State.NOT_APPLICABLE, Reason.NOT_CALLED, ""),
        },
    ),
    "nobody calls in the same cluster": (
        [
            wishes.cluster("east"),
            wishes.cluster("west"),
            wishes.workload("front", "east"),
            wishes.workload("back", "west"),
        ],
        wishes.intracluster("i", "back", "front"),
        {
            "east": (State.NOT_APPLICABLE, Reason.SAME_CLUSTER_ONLY, ""),
            "west": (State.NOT_APPLICABLE, Reason.NO_CALLER_HERE, ""),
        },
    ),
    "the cluster has another mesh": (
        [wishes.cluster("east"), wishes.workload("front", "east")],
        wishes.outbound("i", "db.example.com", "front", service_mesh="linkerd"),
        {"east": (State.REFUSED, Reason.MESH_MISMATCH, "service_mesh")},
    ),
    "the cluster has no mesh": (
        [wishes.cluster("east", service_mesh="none"), wishes.workload("front", "east")],
        wishes.outbound("i", "db.example.com", "front"),
        {"east": (State.REFUSED, Reason.NO_DRIVER, "")},
    ),
    "the mesh has no driver": (
        [wishes.cluster("east", service_mesh="linkerd"), wishes.workload("front", "east")],
        wishes.outbound("i", "db.example.com", "front"),
        {"east": (State.REFUSED, Reason.NO_DRIVER, "")},
    ),
    "caller and server share no root of trust": (
        [
            wishes.cluster("east", mesh=MeshFacts(root_digest="a" * 64)),
            STRANGE,
            wishes.workload("front", "east"),
            wishes.workload("back", "west"),
        ],
        CALLED,
        {
            "east": (State.REFUSED, Reason.NO_COMMON_ROOT, "callers[0]"),
            "west": (State.NOT_APPLICABLE, Reason.NOT_CALLED, ""),
        },
    ),
    "a caller of cluster.local cannot be named elsewhere": (
        [
            OWN_DOMAIN,
            wishes.cluster("west"),
            wishes.workload("front", "west"),
            wishes.workload("back", "east"),
        ],
        CALLED,
        {
            "west": (State.REFUSED, Reason.NO_COMMON_ROOT, "callers[0]"),
            "east": (State.NOT_APPLICABLE, Reason.NOT_CALLED, ""),
        },
    ),
    "an account of cluster.local cannot be named elsewhere, whoever states it": (
        [OWN_DOMAIN, wishes.workload("back", "east")],
        wishes.intracluster("i", "back", GUEST),
        {"east": (State.REFUSED, Reason.NO_COMMON_ROOT, "callers[0]")},
    ),
}


@pytest.mark.parametrize("case", CASES)
async def test_it_says_why(it: Town, case: str) -> None:
    world, wish, expected = CASES[case]
    await wish_all(it, [wishes.group(), *world])
    before = it.tree()
    await wish_all(it, [wish])
    assert await states(it, wish.name) == expected
    assert it.tree() == before
    said = await it.get(wish.name)
    assert said is not None
    worst = [state for state in State if any(state is found for found, _, _ in expected.values())]
    assert said.state in worst
    assert said.counts.total == len(expected)  # type: ignore[union-attr] # and counts


@pytest.mark.parametrize("case", CASES)
async def test_it_says_the_same_whatever_came_first(it: Town, case: str) -> None:
    world, wish, expected = CASES[case]
    await wish_all(it, [wishes.group(), wish])
    await wish_all(it, list(reversed(world)))
    assert await states(it, wish.name) == expected


async def test_only_what_needs_the_workload_waits(it: Town) -> None:
    waiting = wishes.intracluster("waiting", "back", "front")
    settled = wishes.outbound("settled", "db.example.com", "front")
    await wish_all(
        it,
        [
            wishes.cluster("east"),
            wishes.workload("front", "east"),
            wishes.workload("back"),
            wishes.group(),
            waiting,
            settled,
        ],
    )
    assert await states(it, settled.name) == {"east": SETTLED}
    assert (await states(it, waiting.name))["none"][0] is State.WAITING
    await it.update(wishes.workload("back", "east"))
    await it.quiet()
    assert await states(it, waiting.name) == {"east": SETTLED}
    await it.update(wishes.workload("back"))
    await it.quiet()
    assert (await states(it, waiting.name))["none"][0] is State.WAITING
    assert await states(it, settled.name) == {"east": SETTLED}


async def test_a_caller_that_waits_does_not_hold_up_the_others(it: Town) -> None:
    intent = wishes.intercluster("i", "back", "nobody", "front")
    await wish_all(
        it,
        [
            wishes.cluster("east"),
            wishes.cluster("west"),
            wishes.workload("front", "east"),
            wishes.workload("back", "west"),
            wishes.group(),
            intent,
        ],
    )
    assert await states(it, intent.name) == {
        "none": (State.WAITING, Reason.WORKLOAD_UNKNOWN, "callers[0].workload"),
        "east": SETTLED,
        "west": SETTLED,
    }
    policies = [body for path, body in it.objects("west").items() if "allow-back" in path]
    assert len(policies) == 1
    assert "sa/front" in str(policies)


async def test_a_moved_workload_leaves_nothing_where_it_was(it: Town) -> None:
    await wish_all(
        it,
        [
            wishes.cluster("east"),
            wishes.cluster("west"),
            wishes.cluster("south"),
            wishes.workload("front", "east"),
            wishes.workload("back", "west"),
            wishes.group(),
            wishes.intercluster("i", "back", "front"),
        ],
    )
    empty, busy = it.objects("south"), it.objects("east")
    assert busy.keys() > empty.keys()
    await it.update(wishes.workload("front", "south"))
    await it.quiet()
    assert it.objects("east").keys() == empty.keys()
    assert it.objects("south").keys() == busy.keys()
    assert set(await it.realizations(CALLED.name)) == {"south", "west"}


async def test_a_service_with_other_numbers_in_one_cluster_keeps_its_treatment(it: Town) -> None:
    override = PortOverride(port=80, service_port=8088)
    place = Placement(cluster="clusters/east", port_overrides=(override,))
    await wish_all(
        it,
        [
            wishes.cluster("east"),
            wishes.workload("front", "east"),
            replace(wishes.workload("back"), placements=(place,)),
            wishes.group(),
            wishes.intracluster("i", "back", "front", mutual_tls=wishes.PERMISSIVE),
            wishes.inbound("j", "back"),
        ],
    )
    objects = it.objects("east")
    (mode,) = [body for path, body in objects.items() if "peerauthentication.back" in path]
    assert mode["spec"]["portLevelMtls"] == {"8080": {"mode": "PERMISSIVE"}}
    (route,) = [body for path, body in objects.items() if "ingress/virtualservice" in path]
    destination = route["spec"]["http"][0]["route"][0]["destination"]
    assert destination["port"]["number"] == 8088
