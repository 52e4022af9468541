"""The ServiceEntry of a host outside: its ports, and where its addresses come from."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.slices import ExternalPortTreatment, ExternalSlice, Resolution

from trafficctl_istio.objects.networking import service_entry
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import OPAQUE_TLS, istio_protocol, port_name

_TLS_PORT: Final = 443
_ISTIO: Final[Mapping[Resolution, str]] = MappingProxyType(
    {
        Resolution.ALL_FROM_DNS: "DNS",
        Resolution.ONE_FROM_DNS: "DNS_ROUND_ROBIN",
        Resolution.STATED: "STATIC",
        Resolution.AS_DIALLED: "NONE",
    }
)
_EACH_NAME: Final = "DYNAMIC_DNS"


def external_entry(
    body: ExternalSlice, name: str, seen_by: Sequence[str], *, names_resolved_late: bool
) -> Json:
    """Give the ServiceEntry.

    :param names_resolved_late: the host is a wildcard whose names are asked from DNS.
    """
    known = sorted(set(body.addresses))
    stated = body.resolution is Resolution.STATED
    dialled = body.resolution is Resolution.AS_DIALLED
    return service_entry(
        body.namespace,
        name,
        host=body.host,
        location="MESH_EXTERNAL",
        resolution=_EACH_NAME if names_resolved_late else _ISTIO[body.resolution],
        addresses=known if dialled else [body.address] if body.address else [],
        endpoints=[{"address": one} for one in known] if stated else [],
        ports=[
            _port(port, _opaque(port.protocol) if names_resolved_late else port.protocol)
            for port in sorted(body.ports, key=lambda port: port.port)
        ],
        export_to=seen_by,
    )


def _opaque(protocol: Protocol.Value) -> Protocol.Value:
    """Give how a mesh that resolves each name by itself knows TLS: only so."""
    return Protocol.Value.TLS if protocol in OPAQUE_TLS else protocol


def _port(port: ExternalPortTreatment, protocol: Protocol.Value) -> Json:
    return present(
        number=port.port,
        name=port_name(protocol, port.port),
        protocol=istio_protocol(protocol),
        targetPort=(port.originate.port or _TLS_PORT) if port.originate else None,
    )
