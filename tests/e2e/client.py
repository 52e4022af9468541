"""A client as another microservice is one: run in an environment with ``trafficctl-api`` alone.

Makes two clusters, two workloads and an intercluster intent, follows it until it is settled, and
prints what became of it in each cluster. Its argument is the server's address.
"""

import sys
import uuid

import grpc
from trafficctl.v2 import (
    access_pb2,
    cluster_pb2,
    cluster_pb2_grpc,
    common_pb2,
    convergence_pb2,
    intercluster_intent_pb2,
    intercluster_intent_pb2_grpc,
    realization_pb2,
    realization_pb2_grpc,
    traffic_intent_group_pb2,
    traffic_intent_group_pb2_grpc,
    watch_pb2,
    watch_pb2_grpc,
    workload_pb2,
    workload_pb2_grpc,
)

BUNDLE = "projects/p1/resourceBundles/shop/versions/v1"
GROUP = f"{BUNDLE}/trafficIntentGroups/main"
HTTP = common_pb2.Protocol.HTTP


def cluster(name: str, address: str) -> cluster_pb2.CreateClusterRequest:
    """Give the request for a cluster with an east-west gateway."""
    gateway = cluster_pb2.Gateway(
        id="east-west",
        role=cluster_pb2.Gateway.EAST_WEST,
        namespace="istio-system",
        selector={"istio": "eastwestgateway"},
        service="istio-eastwestgateway",
        addresses=[address],
    )
    governed = cluster_pb2.GovernedNamespace(
        namespace="shop",
        projects=["p1"],
        default_access=cluster_pb2.GovernedNamespace.DENY_ALL,
    )
    wish = cluster_pb2.Cluster(
        service_mesh="istio", directory={}, gateways=[gateway], governed_namespaces=[governed]
    )
    return cluster_pb2.CreateClusterRequest(cluster_id=name, cluster=wish)


def workload(name: str, place: str) -> workload_pb2.CreateWorkloadRequest:
    """Give the request for a workload in one cluster."""
    wish = workload_pb2.Workload(
        namespace="shop",
        service_account=name,
        pod_labels={"app": name},
        ports=[workload_pb2.WorkloadPort(port=80, protocol=HTTP, target_number=8080)],
        placements=[workload_pb2.Placement(cluster=f"clusters/{place}")],
    )
    return workload_pb2.CreateWorkloadRequest(parent=BUNDLE, workload_id=name, workload=wish)


def intent() -> intercluster_intent_pb2.CreateInterclusterIntentRequest:
    """Give the request for the intent: page may read what server says."""
    rule = access_pb2.AccessRule(
        action=access_pb2.AccessRule.ALLOW,
        http=access_pb2.HttpOperation(methods=["GET"], paths=[access_pb2.PathMatch(prefix="/")]),
    )
    caller = access_pb2.Caller(workload=access_pb2.WorkloadRef(workload="page"), access=[rule])
    wish = intercluster_intent_pb2.InterclusterIntent(
        destination=access_pb2.ServiceDestination(workload="server"),
        ports=[common_pb2.IntentPort(port=80)],
        callers=[caller],
    )
    return intercluster_intent_pb2.CreateInterclusterIntentRequest(
        parent=GROUP,
        intercluster_intent_id="pages",
        intercluster_intent=wish,
        request_id=str(uuid.uuid4()),
    )


def main(address: str) -> None:
    """Run the client."""
    with grpc.insecure_channel(address) as channel:
        clusters = cluster_pb2_grpc.ClusterServiceStub(channel)
        clusters.CreateCluster(cluster("east", "192.0.2.1"), timeout=10)
        clusters.CreateCluster(cluster("west", "192.0.2.2"), timeout=10)
        workloads = workload_pb2_grpc.WorkloadServiceStub(channel)
        workloads.CreateWorkload(workload("page", "east"), timeout=10)
        workloads.CreateWorkload(workload("server", "west"), timeout=10)
        groups = traffic_intent_group_pb2_grpc.TrafficIntentGroupServiceStub(channel)
        groups.CreateTrafficIntentGroup(
            traffic_intent_group_pb2.CreateTrafficIntentGroupRequest(
                parent=BUNDLE, traffic_intent_group_id="main", traffic_intent_group={}
            ),
            timeout=10,
        )
        intents = intercluster_intent_pb2_grpc.InterclusterIntentServiceStub(channel)
        created = intents.CreateInterclusterIntent(intent(), timeout=10)
        wish = watch_pb2.WatchRequest(
            parents=[created.name],
            types=["trafficctl.dev/InterclusterIntent"],
            start_revision=created.revision,
        )
        for message in watch_pb2_grpc.WatchServiceStub(channel).Watch(wish, timeout=30):
            for change in message.changes:
                now = change.resource.intercluster_intent
                if now.observed_generation >= created.generation and not now.reconciling:
                    report(channel, now)
                    return


def report(channel: grpc.Channel, intent: intercluster_intent_pb2.InterclusterIntent) -> None:
    """Print the intent's state, and each realization's."""
    state = convergence_pb2.Convergence.State
    told = [f"{intent.name.rpartition('/')[2]} {state.Name(intent.state)}\n"]
    realizations = realization_pb2_grpc.RealizationServiceStub(channel)
    request = realization_pb2.ListRealizationsRequest(parent=intent.name)
    told += [
        f"{it.cluster} {state.Name(it.convergence.state)} {it.object_count}\n"
        for it in realizations.ListRealizations(request, timeout=10).realizations
    ]
    sys.stdout.writelines(told)


if __name__ == "__main__":
    main(sys.argv[1])
