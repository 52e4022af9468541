"""What an AUTO_PASSTHROUGH gateway does: it passes a session on by the service it names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from trafficctl_istio.evaluation.sendings import Destination
from trafficctl_istio.evaluation.upstreams import as_it_is

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_istio.evaluation.gateway_servers import Opened
    from trafficctl_istio.evaluation.journeys import End, Leg, Visit
    from trafficctl_istio.evaluation.mesh import Mesh
    from trafficctl_istio.evaluation.views import View

_SERVER_NAME: Final = re.compile(r"outbound_\.(\d+)_\.([^.]*)_\.(.+)")


class _Named(NamedTuple):
    """A port of a service, as proxies name it in TLS."""

    port: int
    subset: str
    host: str


def _server_name(sni: str) -> _Named | None:
    """Read a server name of the mesh; none: it is another."""
    found = _SERVER_NAME.fullmatch(sni)
    if found is None:
        return None
    subset = "" if found[2] == "_" else found[2]
    return _Named(port=int(found[1]), subset=subset, host=found[3].lower())


def passed_on(
    visit: Visit,
    view: View,
    mesh: Mesh,
    opened: Opened,
    leg: Leg,
) -> Iterator[Leg | End]:
    """Pass a session on to the pods that it names; nothing where the gateway has no such chain.

    No policy acts here: only the hosts of the Gateway limit what can be reached.
    """
    named = _server_name(leg.stream.sni)
    service = view.service(named.host) if named is not None else None
    if named is None or service is None or service.external or leg.stream.mesh_session is None:
        return
    port = service.port(named.port)
    server = opened.passing_on(service.host, service.namespace)
    if server is None or port is None:
        return
    to = Destination(host=service.host, service=service, port=port, subset=named.subset)
    visit = visit.by(server.head)
    if leg.place.called not in {0, port.number}:
        text = f"port {leg.place.called} was called, its server name leads to port {port.number}"
        visit = visit.told(f"{text} of {service.host}")
    yield from as_it_is(visit, view, mesh, to, leg.stream)
