"""Clusters and workloads beyond the standard methods."""

import uuid
from typing import Any

import pytest
from trafficctl.v2 import (
    cluster_pb2,
    workload_pb2,
)

from tests.integration.api.site import (
    BUNDLE,
    Refused,
    Site,
    workload,
)


async def test_many_workloads_change_as_one_or_not_at_all(site: Site) -> None:
    def request(*names: str, **fields: Any) -> Any:
        made = workload_pb2.BatchUpdateWorkloadsRequest(parent=BUNDLE, **fields)
        for name in names:
            each = made.requests.add(allow_missing=True)
            each.workload.CopyFrom(workload(service=name.lower() or "x"))
            each.workload.name = f"{BUNDLE}/workloads/{name}"
        return made

    call = ("WorkloadService", "BatchUpdateWorkloads")
    good = request("b", "a", "c")
    good.requests[0].workload.state = 99  # an output: ignored
    done = await site.call(*call, good)
    assert [it.name.rsplit("/", 1)[1] for it in done.message.workloads] == ["b", "a", "c"]
    assert {it.revision for it in done.message.workloads} == {done.revision}
    before = site.store.revision
    bad = request("d", "NO", "e")
    bad.requests[2].workload.namespace = "Not A Label"
    bad.requests[0].request_id = str(uuid.uuid4())
    with pytest.raises(Refused) as error:
        await site.call(*call, bad)
    assert {"requests[0].request_id", "requests[1].workload.name"} <= set(error.value.fields)
    bad = request("d", "e")
    bad.requests[1].workload.namespace = "Not A Label"
    with pytest.raises(Refused) as error:
        await site.call(*call, bad)
    assert error.value.fields == ["requests[1].workload.namespace"]
    assert site.store.revision == before


async def test_a_batch_stays_below_its_parent(site: Site) -> None:
    made = workload_pb2.BatchUpdateWorkloadsRequest(parent=BUNDLE)
    each = made.requests.add(allow_missing=True, workload=workload())
    each.workload.name = "projects/acme/resourceBundles/shop/versions/v2/workloads/a"
    with pytest.raises(Refused) as error:
        await site.call("WorkloadService", "BatchUpdateWorkloads", made)
    assert error.value.rules == ["name.parent"]
    made.parent = "projects/acme/resourceBundles/shop/versions/-"
    await site.call("WorkloadService", "BatchUpdateWorkloads", made)


async def test_a_cluster_is_drained_resumed_and_only_then_deleted(site: Site) -> None:
    await site.cluster()
    site.owned["east"] = 3
    name = "clusters/east"
    with pytest.raises(Refused) as error:
        await site.call(
            "ClusterService", "DeleteCluster", cluster_pb2.DeleteClusterRequest(name=name)
        )
    assert error.value.reason == "CLUSTER_NOT_DRAINED"
    states = cluster_pb2.Cluster.State
    drain = cluster_pb2.DrainClusterRequest(name=name)
    drained = await site.call("ClusterService", "DrainCluster", drain)
    assert drained.message.state == states.DRAINING
    with pytest.raises(Refused) as error:
        await site.call("ClusterService", "DrainCluster", drain)
    assert error.value.reason == "CLUSTER_STATE"
    resume = cluster_pb2.ResumeClusterRequest(name=name)
    resumed = await site.call("ClusterService", "ResumeCluster", resume)
    assert resumed.message.state == states.ACTIVE
    release = cluster_pb2.ReleaseClusterRequest(name=name, held_digest="d")
    with pytest.raises(Refused) as error:
        await site.call("ClusterService", "ReleaseCluster", release)
    assert error.value.reason == "CLUSTER_STATE"
    lost = cluster_pb2.DeleteClusterRequest(name=name, force=True)
    gone = await site.call("ClusterService", "DeleteCluster", lost)
    assert gone.message.state == states.DELETING


async def test_a_check_tells_what_was_tried(site: Site) -> None:
    await site.cluster()
    site.check = lambda name: [
        ("directory.writable", "FAILED", f"{name}: the folder is read-only"),
        ("directory.identity", "SKIPPED", ""),
    ]
    request = cluster_pb2.CheckClusterRequest(name="clusters/east")
    checks = (await site.call("ClusterService", "CheckCluster", request)).message.checks
    results = cluster_pb2.CheckClusterResponse.Check.Result
    assert [(it.id, it.result) for it in checks] == [
        ("directory.writable", results.FAILED),
        ("directory.identity", results.SKIPPED),
    ]
    assert checks[0].detail == "east: the folder is read-only"
    with pytest.raises(Refused) as error:
        await site.call(
            "ClusterService", "CheckCluster", cluster_pb2.CheckClusterRequest(name="clusters/west")
        )
    assert error.value.reason == "NOT_FOUND"
