"""Get and List over a real socket: pages, filters, orders, and what is only read."""

import asyncio
from typing import Any

import pytest
from trafficctl.v2 import (
    cluster_pb2,
    driver_pb2,
    intercluster_intent_pb2,
    managed_object_pb2,
    realization_pb2,
    traffic_intent_group_pb2,
)
from trafficctl.v2.convergence_pb2 import Convergence
from trafficctl_sdk.model import convergence, managed_object, realization

from tests.integration.api.site import BUNDLE, GROUP, Refused, Site

SERVICE = "InterclusterIntentService"
ANY_GROUP = "projects/-/resourceBundles/-/versions/-/trafficIntentGroups/-"


async def page(site: Site, **request: Any) -> Any:
    request.setdefault("parent", GROUP)
    made = intercluster_intent_pb2.ListInterclusterIntentsRequest(**request)
    return (await site.call(SERVICE, "ListInterclusterIntents", made)).message


async def walk(site: Site, **request: Any) -> list[str]:
    """Give the ids of all pages; a page never has more than was asked for."""
    found: list[str] = []
    token = ""
    while True:
        got = await page(site, page_token=token, **request)
        assert len(got.intercluster_intents) <= request.get("page_size", 100)
        found += [it.name.rsplit("/", 1)[1] for it in got.intercluster_intents]
        token = got.next_page_token
        if not token:
            return found


async def intents(site: Site, *names: str, **fields: Any) -> None:
    await asyncio.gather(*(site.intent(name, **fields) for name in names))


async def test_what_was_answered_before_is_answered_as_it_is_now(site: Site) -> None:
    await site.group()
    await site.intent("again", display_name="first")
    request = intercluster_intent_pb2.GetInterclusterIntentRequest(
        name=f"{GROUP}/interclusterIntents/again"
    )

    async def got() -> Any:
        return (await site.call(SERVICE, "GetInterclusterIntent", request)).message

    first = await got()
    assert (first.display_name, await got()) == ("first", first)
    changed = type(first)(name=first.name, display_name="second")
    update = intercluster_intent_pb2.UpdateInterclusterIntentRequest(intercluster_intent=changed)
    update.update_mask.paths.append("display_name")
    await site.call(SERVICE, "UpdateInterclusterIntent", update)
    second = await got()
    assert (second.display_name, second.uid) == ("second", first.uid)
    assert second.etag != first.etag


async def test_a_good_name_makes_no_other_request_good(site: Site) -> None:
    await site.group()
    await site.intent("again")
    request = intercluster_intent_pb2.GetInterclusterIntentRequest(
        name=f"{GROUP}/interclusterIntents/again"
    )
    await site.call(SERVICE, "GetInterclusterIntent", request)
    request.MergeFromString(b"\xf8\x07\x01")  # field 127, which nobody knows
    with pytest.raises(Refused) as refused:
        await site.call(SERVICE, "GetInterclusterIntent", request)
    assert refused.value.fields == ["127"]


async def test_pages_walk_everything_once_in_the_order_of_names(site: Site) -> None:
    await site.group()
    names = [f"i{number:03}" for number in range(25)]
    await intents(site, *reversed(names))
    for size in (1, 7, 25, 26, 1000):
        assert await walk(site, page_size=size) == names
    assert await walk(site) == names


async def test_pages_walk_everything_once_while_others_create(site: Site) -> None:
    await site.group()
    names = [f"i{number:02}" for number in range(12)]
    await intents(site, *names)
    for order in ("", "name desc", "create_time", "display_name, generation desc"):
        seen: list[str] = []
        token = ""
        for number in range(30):
            got = await page(site, page_size=3, page_token=token, order_by=order)
            seen += [it.name.rsplit("/", 1)[1] for it in got.intercluster_intents]
            # One before, and one behind the place that the walk has reached.
            suffix = f"{order[:1] or 'x'}{number}"
            await intents(site, f"a{suffix}", f"z{suffix}")
            token = got.next_page_token
            if not token:
                break
        assert len(seen) == len(set(seen))
        assert set(names) <= set(seen)


async def test_a_dash_in_the_parent_lists_everywhere(site: Site) -> None:
    await site.group("main")
    await site.group("other")
    await site.intent("a")
    await site.intent("b", group=f"{BUNDLE}/trafficIntentGroups/other")
    assert await walk(site, parent=ANY_GROUP) == ["a", "b"]
    assert await walk(site, parent=GROUP) == ["a"]
    assert await walk(site, parent=f"{BUNDLE}/trafficIntentGroups/absent") == []


async def test_filters_narrow_and_orders_sort(site: Site) -> None:
    await site.group()
    await site.intent("a", labels={"team": "red"}, display_name="z")
    await site.intent("b", labels={"team": "blue"}, display_name="y")
    await site.intent("c", display_name="x")
    await site.progress(f"{GROUP}/interclusterIntents/b", state="SETTLED", observed_generation=1)
    assert await walk(site, filter="labels.team = red OR state = SETTLED") == ["a", "b"]
    assert await walk(site, filter="NOT labels:team") == ["c"]
    assert await walk(site, filter="name:*/interclusterIntents/c") == ["c"]
    assert await walk(site, filter='create_time > "2000-01-01T00:00:00Z"', page_size=1) == [
        *("a", "b", "c")
    ]
    assert await walk(site, order_by="display_name", page_size=1) == ["c", "b", "a"]
    assert await walk(site, order_by="state, display_name desc", page_size=2) == ["a", "c", "b"]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"page_size": -1}, "page_size"),
        ({"page_token": "garbage"}, "page_token"),
        ({"page_token": "W10"}, "page_token"),
        ({"filter": "state = NOTHING"}, "filter"),
        ({"filter": "((("}, "filter"),
        ({"order_by": "labels"}, "order_by"),
        ({"parent": "projects/x"}, "parent"),
        ({"parent": f"{GROUP}/"}, "parent"),
    ],
)
async def test_what_is_wrong_with_a_list_is_said(
    site: Site, request_: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as error:
        await page(site, **request_)
    assert error.value.reason == "VIOLATIONS"
    assert error.value.fields == [field]


async def test_a_token_goes_with_the_list_that_it_came_from(site: Site) -> None:
    await site.group()
    await intents(site, "a", "b", "c")
    token = (await page(site, page_size=1)).next_page_token
    # Another size is no other list.
    got = await page(site, page_size=2, page_token=token)
    assert [it.name[-1] for it in got.intercluster_intents] == ["b", "c"]
    for other in ({"parent": ANY_GROUP}, {"filter": "generation = 1"}, {"order_by": "uid"}):
        with pytest.raises(Refused) as error:
            await page(site, page_token=token, **other)
        assert error.value.fields == ["page_token"]


async def test_a_page_of_large_resources_fits_into_a_message(site: Site) -> None:
    await site.group()
    names = [f"i{number:02}" for number in range(12)]
    await intents(site, *names, annotations={"note": "x" * 60_000}, callers=_many_callers())
    size = (await page(site, page_size=1)).ByteSize()
    assert size * 12 > 4 << 20
    assert await walk(site) == names
    assert await walk(site, order_by="name desc") == names[::-1]


def _many_callers() -> list[Any]:
    paths = [{"exact": f"/{'p' * 1000}{number}"} for number in range(60)]
    http = {"methods": ["GET"], "paths": paths}
    return [
        {
            "workload": {"workload": f"w{number}"},
            "access": [{"action": "ALLOW", "http": http}],
        }
        for number in range(6)
    ]


async def test_every_collection_is_listed(site: Site) -> None:
    await site.group()
    await site.cluster("east")
    await site.cluster("west")
    groups = traffic_intent_group_pb2.ListTrafficIntentGroupsRequest(parent=BUNDLE)
    found = await site.call("TrafficIntentGroupService", "ListTrafficIntentGroups", groups)
    assert [it.name for it in found.message.traffic_intent_groups] == [GROUP]
    listed = cluster_pb2.ListClustersRequest(filter="state = ACTIVE", order_by="name desc")
    found = await site.call("ClusterService", "ListClusters", listed)
    assert [it.name for it in found.message.clusters] == ["clusters/west", "clusters/east"]
    assert found.revision == site.store.revision


async def test_get_knows_its_kind(site: Site) -> None:
    """A name of another kind is no name here, and nothing internal can be read by its name."""
    await site.cluster("east")
    for name in ("clusters/east", "instance", ""):
        with pytest.raises(Refused) as error:
            await site.call(
                SERVICE,
                "GetInterclusterIntent",
                intercluster_intent_pb2.GetInterclusterIntentRequest(name=name),
            )
        assert error.value.fields == ["name"]
    with pytest.raises(Refused) as error:
        await site.call(
            "ClusterService", "GetCluster", cluster_pb2.GetClusterRequest(name="clusters/west")
        )
    assert error.value.reason == "NOT_FOUND"


# What the server writes by itself


async def test_realizations_are_read_as_the_server_wrote_them(site: Site) -> None:
    await site.group()
    await site.intent("cart")
    intent = f"{GROUP}/interclusterIntents/cart"
    settled = convergence.Convergence(
        state=convergence.Convergence.State.SETTLED, delivered_time=7_000_000_001
    )
    made = realization.Realization(
        cluster="clusters/east", roles=(realization.Realization.Role.SERVING,), convergence=settled
    )
    at = await site.derived("Realization", {f"{intent}/realizations/east": made})
    nowhere = {f"{intent}/realizations/none": realization.Realization()}
    await site.derived("Realization", nowhere)
    got = await site.call(
        "RealizationService",
        "GetRealization",
        realization_pb2.GetRealizationRequest(name=f"{intent}/realizations/east"),
    )
    assert got.message.revision == at
    assert got.message.convergence.state == Convergence.State.SETTLED
    assert got.message.convergence.delivered_time.nanos == 1
    for parent in (intent, f"{ANY_GROUP}/interclusterIntents/-"):
        request = realization_pb2.ListRealizationsRequest(parent=parent)
        found = (await site.call("RealizationService", "ListRealizations", request)).message
        assert [it.name for it in found.realizations] == [
            f"{intent}/realizations/east",
            f"{intent}/realizations/none",
        ]
    other = realization_pb2.ListRealizationsRequest(parent=f"{ANY_GROUP}/inboundIntents/-")
    found = (await site.call("RealizationService", "ListRealizations", other)).message
    assert not found.realizations


async def test_managed_objects_are_read_and_never_adopted(site: Site) -> None:
    name = f"clusters/east/objects/{'a' * 26}"
    made = managed_object.ManagedObject(
        file=managed_object.ManagedObject.File(path="shop/VirtualService.cart.yaml")
    )
    await site.derived("ManagedObject", {name: made})
    request = managed_object_pb2.ListManagedObjectsRequest(parent="clusters/-")
    found = await site.call("ManagedObjectService", "ListManagedObjects", request)
    assert [it.file.path for it in found.message.managed_objects] == [
        "shop/VirtualService.cart.yaml"
    ]
    adopt = managed_object_pb2.AdoptObjectRequest(name=name, observed_digest="d")
    with pytest.raises(Refused) as error:
        await site.call("ManagedObjectService", "AdoptObject", adopt)
    assert error.value.reason == "UNIMPLEMENTED"
    assert "never taken over" in error.value.metadata["why"]


async def test_drivers_say_what_they_can_and_why_not(site: Site) -> None:
    found = (
        await site.call("DriverService", "ListDrivers", driver_pb2.ListDriversRequest())
    ).message
    broken, mesh = found.drivers
    assert broken.name == "drivers/Broken_Wheel"
    assert broken.state == driver_pb2.Driver.State.REFUSED
    assert "hook API" in broken.refusal.message
    assert not broken.HasField("health")
    assert mesh.state == driver_pb2.Driver.State.LOADED
    assert not mesh.HasField("refusal")
    assert (mesh.distribution, mesh.version, mesh.hook_api) == ("trafficctl-mesh", "1.2.3", "1.0")
    paths = {it.field_path: it.support for it in mesh.capabilities}
    full = driver_pb2.Driver.Capability.Support.FULL
    assert paths["InterclusterIntent.traffic_policy.retries.attempts"] == full
    for each in found.drivers:
        request = driver_pb2.GetDriverRequest(name=each.name)
        assert (await site.call("DriverService", "GetDriver", request)).message == each
    listed = driver_pb2.ListDriversRequest(filter="state = LOADED", page_size=1)
    narrowed = await site.call("DriverService", "ListDrivers", listed)
    assert [it.name for it in narrowed.message.drivers] == ["drivers/mesh"]
    assert not narrowed.message.next_page_token
    with pytest.raises(Refused) as error:
        await site.call(
            "DriverService", "GetDriver", driver_pb2.GetDriverRequest(name="drivers/none")
        )
    assert error.value.reason == "NOT_FOUND"


async def test_services_that_are_not_served_say_so(site: Site) -> None:
    from trafficctl.v2 import dns_record_pb2, revision_pb2  # noqa: PLC0415 - of this test

    for service, method, request in (
        ("RevisionService", "GetRevision", revision_pb2.GetRevisionRequest(name="revisions/1")),
        ("RevisionService", "ListState", revision_pb2.ListStateRequest()),
        ("DnsRecordService", "GetDnsRecord", dns_record_pb2.GetDnsRecordRequest()),
    ):
        with pytest.raises(Refused) as error:
            await site.call(service, method, request)
        assert error.value.reason == "UNIMPLEMENTED"
        assert error.value.metadata["why"]


async def test_sorting_is_bounded(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from trafficctl_server.api.listing import paging  # noqa: PLC0415 - its bound is set here

    monkeypatch.setattr(paging, "MOST_SORTED", 3)
    await site.group()
    await intents(site, "a", "b", "c", "d")
    assert len(await walk(site, order_by="name desc", filter="name != *d")) == 3
    with pytest.raises(Refused) as error:
        await walk(site, order_by="name desc")
    assert error.value.rules == ["order_by.too_many"]
    assert await walk(site) == ["a", "b", "c", "d"]


async def test_a_filter_that_passes_few_ends_a_page_early(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trafficctl_server.api.listing import paging  # noqa: PLC0415 - its bound is set here

    monkeypatch.setattr(paging, "_MOST_READ", 2)
    await site.group()
    await intents(site, "a", "b", "c", "d", "e")
    first = await page(site, filter="name = *e")
    assert not first.intercluster_intents
    assert first.next_page_token
    assert await walk(site, filter="name = *e") == ["e"]
