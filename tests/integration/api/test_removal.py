"""Delete, and what must not be deleted."""

import pytest
from google.rpc import error_details_pb2
from trafficctl.v2 import (
    traffic_intent_group_pb2,
    workload_pb2,
)
from trafficctl.v2.convergence_pb2 import Convergence

from tests.integration.api.calls import INTENT, create, delete, get, update
from tests.integration.api.site import (
    BUNDLE,
    GROUP,
    Refused,
    Site,
    intercluster,
)


async def test_a_deleted_intent_stays_readable_until_it_is_removed_everywhere(site: Site) -> None:
    await site.group()
    await create(site)
    gone = await delete(site)
    assert gone.message.HasField("delete_time")
    assert gone.message.state == Convergence.State.DELETING
    assert gone.revision == gone.message.revision
    assert (await get(site)).message.HasField("delete_time")
    with pytest.raises(Refused) as error:
        await delete(site)
    assert error.value.reason == "NOT_FOUND"
    await delete(site, allow_missing=True)


async def test_a_name_may_be_created_again_while_the_old_one_is_leaving(site: Site) -> None:
    await site.group()
    first = await create(site)
    await delete(site)
    second = await create(site)
    assert second.message.uid != first.message.uid
    assert second.message.generation == 1
    assert not second.message.HasField("delete_time")


async def test_delete_guards_by_etag(site: Site) -> None:
    await site.group()
    etag = (await create(site)).message.etag
    await update(site, wish=intercluster(display_name="moved"))
    with pytest.raises(Refused) as error:
        await delete(site, etag=etag)
    assert error.value.reason == "ETAG_MISMATCH"


async def test_a_group_goes_with_its_intents_only_by_force(site: Site) -> None:
    await site.group()
    await create(site)
    await create(site, intercluster_intent_id="web")
    request = traffic_intent_group_pb2.DeleteTrafficIntentGroupRequest(name=GROUP)
    service, method = "TrafficIntentGroupService", "DeleteTrafficIntentGroup"
    with pytest.raises(Refused) as error:
        await site.call(service, method, request)
    assert error.value.reason == "GROUP_NOT_EMPTY"
    failed = error.value.detail(error_details_pb2.PreconditionFailure).violations
    assert [it.subject for it in failed] == [GROUP]
    request.force = True
    gone = await site.call(service, method, request)
    assert gone.message.HasField("delete_time")
    for name in ("cart", "web"):
        intent = (await get(site, f"{GROUP}/interclusterIntents/{name}")).message
        assert intent.revision == gone.revision
        assert intent.HasField("delete_time")


async def test_a_workload_that_is_served_is_not_deleted(site: Site) -> None:
    await site.group()
    await site.workload()
    await create(site)
    request = workload_pb2.DeleteWorkloadRequest(name=f"{BUNDLE}/workloads/cart")
    with pytest.raises(Refused) as error:
        await site.call("WorkloadService", "DeleteWorkload", request)
    assert error.value.reason == "WORKLOAD_IN_USE"
    assert INTENT in error.value.metadata["intents"]
