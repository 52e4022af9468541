"""Judges one call, where it begins and wherever it may end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import HopKind, Landing

from trafficctl_networkpolicy.evaluation.answers import every
from trafficctl_networkpolicy.evaluation.judging import arriving, leaving
from trafficctl_networkpolicy.evaluation.names import (
    Nowhere,
    door_of,
    is_inside,
    outside_called,
    service_called,
)
from trafficctl_networkpolicy.evaluation.parties import Door, Outside, Pods
from trafficctl_networkpolicy.evaluation.verdicts import (
    End,
    address,
    decision,
    first_hop,
    hop,
    missing,
    nowhere,
    said,
    summed_up,
)

if TYPE_CHECKING:
    from trafficctl_sdk.explain import ExplainRequest, InventoryService, Verdict

    from trafficctl_networkpolicy.evaluation.indexing import Filters


def explain(filters: Filters, request: ExplainRequest) -> Verdict:
    """Explain one call; pure, and well under a millisecond."""
    if not request.cluster:
        return missing(
            "entrance",
            "",
            "packet filters have no gateways: by which way the outside comes in is not known",
        )
    if request.cluster not in filters.clusters:
        return missing("cluster", request.cluster, "nothing is known of the caller's cluster")
    caller = Pods(
        cluster=request.cluster,
        namespace=request.namespace,
        labels=request.pod_labels or None,
        name=f"{request.namespace}/{request.service_account}",
    )
    service = service_called(request, filters)
    if service is not None:
        return _to_service(filters, caller, service, request.port)
    if is_inside(request, filters):
        return nowhere(f"nothing in cluster {request.cluster} is called {request.host}")
    addresses, door = outside_called(request, filters)
    outside = [Outside(name=request.host, address=it) for it in addresses or ("",)]
    return summed_up([_to_outside(filters, caller, it, door) for it in outside])


def _to_service(filters: Filters, caller: Pods, service: InventoryService, port: int) -> Verdict:
    door = door_of(service, port)
    if isinstance(door, Nowhere):
        return nowhere(door.why)
    behind = [
        it
        for it in filters.pods.get((service.cluster, service.namespace), ())
        if it.labels is not None and service.selector.items() <= it.labels.items()
    ]
    if not behind or not service.selector:
        text = f"no pods of {service.namespace}/{service.name} are known"
        return missing("pods", service.cluster, text)
    return summed_up([_to_pods(filters, caller, it, service, door) for it in behind])


def _to_pods(
    filters: Filters, caller: Pods, server: Pods, service: InventoryService, door: Door
) -> End:
    domain = filters.clusters[service.cluster].mesh.cluster_domain
    host = f"{service.name}.{service.namespace}.svc.{domain}"
    out = leaving(
        filters.policies.get((caller.cluster, caller.namespace), ()), caller, server, door
    )
    into = arriving(
        filters.policies.get((server.cluster, server.namespace), ()), server, caller, door
    )
    answer = every((out.passes, into.passes))
    last = hop(into, HopKind.WORKLOAD, server.cluster, server.name, address(host, door))
    return End(
        answer=answer,
        hops=(*first_hop(out, caller), last),
        landing=Landing(
            cluster=server.cluster, host=host, port=door.number, decision=decision(answer)
        ),
        notes=(*said(out, f"may leave {caller.name}"), *said(into, f"may enter {server.name}")),
    )


def _to_outside(filters: Filters, caller: Pods, outside: Outside, door: Door) -> End:
    policies = filters.policies.get((caller.cluster, caller.namespace), ())
    out = leaving(policies, caller, outside, door)
    where = address(outside.address or outside.name, door)
    return End(
        answer=out.passes,
        hops=(*first_hop(out, caller), hop(None, HopKind.EXTERNAL, "", outside.name, where)),
        landing=Landing(
            cluster="", host=outside.name, port=door.number, decision=decision(out.passes)
        ),
        notes=said(out, f"may leave {caller.name}"),
    )
