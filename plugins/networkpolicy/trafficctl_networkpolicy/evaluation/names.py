"""What a name that is dialled leads to."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_networkpolicy.evaluation.parties import Door

if TYPE_CHECKING:
    from trafficctl_sdk.explain import ExplainRequest, InventoryService
    from trafficctl_sdk.model.common import Protocol

    from trafficctl_networkpolicy.evaluation.indexing import Filters

_OVER_UDP: Final = "UDP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nowhere:
    """The name, or its port, leads nowhere; ``why`` is for people."""

    why: str


def service_called(request: ExplainRequest, filters: Filters) -> InventoryService | None:
    """Give the Service of the caller's cluster that a name means; none: no known one."""
    facts = filters.clusters[request.cluster]
    name = request.host.rstrip(".")
    for ending in (f".svc.{facts.mesh.cluster_domain}", ".svc"):
        name = name.removesuffix(ending)
    labels = name.split(".")
    namespace = labels[1] if len(labels) > 1 else request.namespace
    if len(labels) > 2:  # noqa: PLR2004 - more than service and namespace
        return None
    return filters.services.get((request.cluster, namespace, labels[0]))


def is_inside(request: ExplainRequest, filters: Filters) -> bool:
    """Say whether a name can only be one of the caller's cluster, or of a mesh."""
    mesh = filters.clusters[request.cluster].mesh
    host = request.host.rstrip(".")
    endings = (".svc", f".svc.{mesh.cluster_domain}", f".{mesh.suffix}")
    return not is_address(host) and ("." not in host or host.endswith(endings))


def door_of(service: InventoryService, number: int) -> Door | Nowhere:
    """Give the pods' port behind a port of a Service.

    A headless Service has no port of its own: what is dialled is the pods' port.
    """
    if service.headless:
        known = [it for it in service.ports if number in (it.target, it.port)]
        if not known:
            return Nowhere(why=f"nobody says that pods of {service.name} listen on port {number}")
        return Door(transport=_transport(known[0].protocol), number=number)
    for it in service.ports:
        if it.port == number:
            return Door(transport=_transport(it.protocol), number=it.target, name=it.target_name)
    return Nowhere(why=f"Service {service.name} has no port {number} whose target is known")


def outside_called(request: ExplainRequest, filters: Filters) -> tuple[tuple[str, ...], Door]:
    """Give where a host outside is, as far as that is known, and its port.

    A port of which nobody says what it speaks is called over TCP.
    """
    known = filters.hosts.get((request.cluster, request.namespace, request.host))
    spoken = [it for it in known.ports if it.port == request.port] if known is not None else []
    transport = _transport(spoken[0].protocol) if spoken else "TCP"
    door = Door(transport=transport, number=request.port)
    if is_address(request.host):
        return (request.host,), door
    return tuple(sorted(known.addresses)) if known is not None else (), door


def is_address(host: str) -> bool:
    """Say whether a host is called by its address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _transport(protocol: Protocol.Value) -> str:
    return _OVER_UDP if protocol.value == _OVER_UDP else "TCP"
