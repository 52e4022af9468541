"""The gateways by which callers come into a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.model.cluster import Gateway
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from trafficctl_server.compile.facts import gateway_facts, gateway_of
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.standings import Standing, waiting

if TYPE_CHECKING:
    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.slices import GatewayFacts

    from trafficctl_server.compile.destinations import ServingIntent

Reason = Convergence.Reason


def entrance(intent: ServingIntent, cluster: Cluster) -> GatewayFacts | Standing | None:
    """Find the gateway by which an intent's callers come in; none is needed inside one cluster."""
    if isinstance(intent, InboundIntent):
        return _ingress(intent, cluster)
    if isinstance(intent, InterclusterIntent):
        return _east_west(cluster)
    return None


def _ingress(intent: InboundIntent, cluster: Cluster) -> GatewayFacts | Standing:
    cluster_id = last_id(cluster.name)
    gateway = gateway_of(cluster, Gateway.Role.INGRESS, intent.gateway)
    if gateway is None:
        wanted = f" {intent.gateway}" if intent.gateway else ""
        detail = f"cluster {cluster_id} states no INGRESS gateway{wanted}"
        return waiting(cluster_id, Reason.FACT_MISSING, "gateway", detail)
    facts = _stated(cluster, gateway, "gateway")
    if isinstance(facts, Standing):
        return facts
    known = {it.port for it in facts.ports}
    for index, listener in enumerate(intent.listeners):
        if known and listener.port not in known:
            detail = f"gateway {gateway.id} of cluster {cluster_id} has no port {listener.port}"
            return waiting(cluster_id, Reason.FACT_MISSING, f"listeners[{index}].port", detail)
    return facts


def _east_west(cluster: Cluster) -> GatewayFacts | Standing:
    cluster_id = last_id(cluster.name)
    gateway = gateway_of(cluster, Gateway.Role.EAST_WEST)
    if gateway is None:
        detail = f"cluster {cluster_id} states no EAST_WEST gateway"
        return waiting(cluster_id, Reason.FACT_MISSING, "", detail)
    if not gateway.addresses:
        detail = f"gateway {gateway.id} of cluster {cluster_id} has no address"
        return waiting(cluster_id, Reason.GATEWAY_ADDRESS_UNKNOWN, "", detail)
    return _stated(cluster, gateway, "")


def _stated(cluster: Cluster, gateway: Gateway, field: str) -> GatewayFacts | Standing:
    """Give a gateway's facts; without namespace and selector every gateway would be meant."""
    missing = [it for it in ("namespace", "selector") if not getattr(gateway, it)]
    if missing:
        cluster_id = last_id(cluster.name)
        detail = f"gateway {gateway.id} of cluster {cluster_id} states no {', no '.join(missing)}"
        return waiting(cluster_id, Reason.FACT_MISSING, field, detail)
    return gateway_facts(cluster, gateway)
