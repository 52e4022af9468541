"""Which driver serves a cluster without a mesh, and what becomes of what another one wrote."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
import trafficctl_istio.plugin
import trafficctl_networkpolicy.plugin
from trafficctl_sdk.model.access import AnyClient, Caller
from trafficctl_sdk.model.cluster import Cluster, GovernedNamespace, SparedCaller
from trafficctl_sdk.model.convergence import Convergence

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town
from trafficctl_server.intents import failures
from trafficctl_server.intents.kinds import Resource

State = Convergence.State
Reason = Convergence.Reason

NONE = wishes.cluster("east", service_mesh="none", gateways=())
FILTER = trafficctl_networkpolicy.plugin.trafficctl_driver_info()
INTRA = wishes.intracluster("i", "back", "front")
POLICY = "shop/networkpolicy"


@pytest.fixture
def drivers() -> InProcessDrivers:
    host = InProcessDrivers()
    host.add_module(trafficctl_istio.plugin)
    host.add_module(trafficctl_networkpolicy.plugin)
    return host


async def world(it: Town, *more: Resource, cluster: Cluster = NONE) -> None:
    there: Sequence[Resource] = (
        cluster,
        wishes.workload("front", "east"),
        wishes.workload("back", "east"),
        wishes.group(),
    )
    for wish in (*there, *more):
        await it.create(wish)
    await it.quiet()


async def said(it: Town) -> Convergence:
    found = (await it.realizations(INTRA.name))["east"].convergence
    assert found is not None
    return found


def kinds(it: Town) -> set[str]:
    return {path.partition("/")[2].partition(".")[0] for path in it.objects("east")}


async def test_the_packet_filter_serves_it_and_says_so(it: Town) -> None:
    await world(it, INTRA)
    (realization,) = (await it.realizations(INTRA.name)).values()
    assert realization.driver == "networkpolicy"
    assert (await said(it)).state is State.SETTLED
    assert kinds(it) == {"networkpolicy"}
    checks = await it.engine.reconciler.checking.check("east")
    assert checks[0] == ("driver", "PASSED", "networkpolicy 1 serves it")


async def test_of_two_packet_filters_none_is_chosen_whatever_their_order(
    it: Town, drivers: InProcessDrivers
) -> None:
    for name in ("aaa", "zzz"):
        render = trafficctl_networkpolicy.plugin.trafficctl_render_slice
        drivers.add(replace(FILTER, name=name), render)
    await world(it, INTRA)
    found = await said(it)
    assert (found.state, found.reason) == (State.REFUSED, Reason.NO_DRIVER)
    assert "block all but one of aaa, networkpolicy, zzz" in found.detail
    assert it.objects("east") == {}


async def test_a_packet_filter_is_nobodys_mesh(it: Town) -> None:
    await world(it, INTRA, cluster=replace(NONE, service_mesh="networkpolicy"))
    found = await said(it)
    assert (found.state, found.reason) == (State.REFUSED, Reason.NO_DRIVER)
    assert "no service mesh: state 'none'" in found.detail
    assert it.objects("east") == {}


async def test_a_packet_filter_that_is_gone_leaves_what_it_wrote(
    it: Town, drivers: InProcessDrivers
) -> None:
    await world(it, INTRA)
    before = it.objects("east")
    assert before
    drivers.remove("networkpolicy")
    await it.update(replace(NONE, display_name="looked at again"))
    await it.update(replace(wishes.workload("front", "east"), pod_labels={"app": "else"}))
    await it.quiet()
    found = await said(it)
    assert (found.state, found.reason) == (State.REFUSED, Reason.NO_DRIVER)
    assert it.objects("east") == before


async def test_what_a_mesh_wrote_goes_where_there_is_none_and_the_other_way(it: Town) -> None:
    strict = replace(INTRA, mutual_tls=wishes.STRICT)
    await world(it, strict, cluster=wishes.cluster("east"))
    assert kinds(it) == {"authorizationpolicy", "peerauthentication"}
    await it.update(NONE)
    await it.quiet()
    found = await said(it)
    assert (found.state, found.reason, found.field) == (
        State.REFUSED,
        Reason.FIELD_NOT_SUPPORTED,
        "mutual_tls.mode",
    )
    assert kinds(it) == {"networkpolicy"}
    assert [it.partition(".")[2][:8] for it in it.objects("east")] == ["deny-all"]
    await it.update(wishes.cluster("east"))
    await it.quiet()
    assert (await said(it)).state is State.SETTLED
    assert kinds(it) == {"authorizationpolicy", "peerauthentication"}


async def test_a_caller_without_labels_waits_instead_of_meaning_its_namespace(it: Town) -> None:
    await world(it)
    await it.update(replace(wishes.workload("front", "east"), pod_labels={}))
    await it.create(INTRA)
    await it.quiet()
    found = await said(it)
    assert (found.state, found.reason, found.field) == (
        State.WAITING,
        Reason.FACT_MISSING,
        "callers[0].workload",
    )
    assert not any("allow-back" in path for path in it.objects("east"))


async def test_a_namespace_that_is_not_governed_stays_as_it_is(it: Town) -> None:
    left = replace(NONE, governed_namespaces=(wishes.governed(deny=False),))
    anyone = replace(
        INTRA,
        mutual_tls=wishes.DISABLED,
        callers=(
            Caller(
                any_client=AnyClient(identity=AnyClient.Identity.ANYONE),
                access=(wishes.ALLOW_ALL,),
            ),
        ),
    )
    await world(it, anyone, cluster=left)
    assert (await said(it)).state is State.SETTLED
    assert it.objects("east") == {}
    await it.update(replace(INTRA, callers=INTRA.callers))
    await it.quiet()
    found = await said(it)
    assert (found.state, found.reason) == (State.WAITING, Reason.NAMESPACE_NOT_GOVERNED)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (
            SparedCaller(namespace="monitor", service_account="prom", workload_ports=(9090,)),
            "governed_namespaces[0].spared_callers[0].service_account",
        ),
        (
            SparedCaller(workload_ports=(9090,), paths=("/metrics",)),
            "governed_namespaces[0].spared_callers[0].paths",
        ),
    ],
)
async def test_what_only_a_mesh_could_tell_is_no_part_of_its_record(
    it: Town, entry: SparedCaller, field: str
) -> None:
    spared: GovernedNamespace = replace(wishes.governed(), spared_callers=(entry,))
    with pytest.raises(failures.FieldNotSupported) as refused:
        await it.create(replace(NONE, governed_namespaces=(spared,)))
    assert [violation.field for violation in refused.value.violations] == [field]


async def test_pods_that_share_labels_are_told_of_to_whom_it_matters(it: Town) -> None:
    """What is opened with it, what may call with it, and no more once it is told apart."""
    await world(it, INTRA)
    assert (await notices(it)) == set()
    twin = replace(
        wishes.workload("twin", "east"), pod_labels={"app": "back", "version": "v2"}, ports=()
    )
    await it.create(twin)
    await it.create(replace(wishes.workload("fan", "east"), pod_labels={"app": "front", "a": "b"}))
    await it.quiet()
    assert await notices(it) == {
        ("destination.workload", "pods of twin carry the same labels, and are opened too"),
        ("callers[0].workload", "pods of fan carry the same labels, and may call too"),
    }
    await it.update(replace(twin, pod_labels={"app": "twin"}))
    await it.update(replace(wishes.workload("fan", "east"), pod_labels={"app": "fan"}))
    await it.quiet()
    assert await notices(it) == set()


async def notices(it: Town) -> set[tuple[str, str]]:
    (realization,) = (await it.realizations(INTRA.name)).values()
    assert {one.reason for one in realization.notices} <= {Reason.SHARED_POD_LABELS}
    return {(one.field, one.text) for one in realization.notices}
