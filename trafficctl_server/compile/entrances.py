"""The gateways by which callers come into a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.model.cluster import Gateway
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from trafficctl_server.compile.facts import gateway_facts, gateway_of
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.remembering import remembered
from trafficctl_server.compile.standings import Standing, refused, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.model.inbound_intent import InboundListener
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
        field = f"listeners[{index}]"
        for number, at in (
            (listener.port, f"{field}.port"),
            (listener.redirect_from_port, f"{field}.redirect_from_port"),
        ):
            if number and known and number not in known:
                detail = f"gateway {gateway.id} of cluster {cluster_id} has no port {number}"
                return waiting(cluster_id, Reason.FACT_MISSING, at, detail)
        for at, namespace in _secret_namespaces(listener):
            if namespace not in ("", facts.namespace):
                return refused(
                    cluster_id,
                    Reason.FIELD_NOT_SUPPORTED,
                    f"{field}.{at}",
                    f"gateway {gateway.id} of cluster {cluster_id} reads Secrets of its own "
                    f"namespace {facts.namespace} only: keep it there, and leave namespace unset",
                )
    return facts


def _secret_namespaces(listener: InboundListener) -> Iterator[tuple[str, str]]:
    """Give the namespace of each Secret that a listener names, with its path."""
    for kind, ends in (("simple", listener.simple), ("mutual", listener.mutual)):
        certificate = ends.certificate if ends is not None else None
        if certificate is not None and certificate.secret is not None:
            yield f"{kind}.certificate.secret.namespace", certificate.secret.namespace
    trust = listener.mutual.client_trust if listener.mutual is not None else None
    if trust is not None and trust.secret is not None:
        yield "mutual.client_trust.secret.namespace", trust.secret.namespace


@remembered
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
