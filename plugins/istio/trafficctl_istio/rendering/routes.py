"""The routes of callers' own proxies: straight, or through their own egress gateway.

Whoever has no route of its own goes straight, so where some callers have to take a gateway, the
others are told at once that there is no way, or, where bytes carry no answer, are sent to a gateway
that refuses them. That is a courtesy: what holds a caller back is the policy at the server and the
packet filter around the gateways.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import CallingWorkload, EgressGateway, MeshFacts

from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import HTTP_FAMILY, OPAQUE_TLS
from trafficctl_istio.rendering.egress_hop import (
    HTTP_PORT,
    TLS_PORT,
    authority,
    match_caller,
)
from trafficctl_istio.rendering.reaches import ByGateway, Straight
from trafficctl_istio.rendering.traffic.parts import NO_PARTS, Parts
from trafficctl_istio.rendering.traffic.routes import http_routes, targets

_FORBIDDEN: Final = 403


class Way(NamedTuple):
    """One port of a host, and who calls it.

    :ivar callers: in order (:func:`trafficctl_istio.rendering.egress_hop.in_order`).
    :ivar parts: what the policy may name.
    :ivar named_only: whoever is not among the callers must not go straight.
    """

    port: int
    protocol: Protocol.Value
    callers: tuple[CallingWorkload, ...]
    policy: TrafficPolicy | None = None
    parts: Parts = NO_PARTS
    named_only: bool = False


class Routes(NamedTuple):
    """The routes of one VirtualService, each list in the order in which they are tried."""

    http: tuple[Json, ...] = ()
    tls: tuple[Json, ...] = ()
    tcp: tuple[Json, ...] = ()


class Host(NamedTuple):
    """What is called.

    :ivar outside: gateways read its requests and tell its ports apart by authority.
    :ivar open_to_all: who has no route of its own goes straight on purpose.
    :ivar part: the part of another host that this one is, and ``part_of`` that host, as gateways
        know them; empty: it is a host of its own.
    """

    name: str
    outside: bool
    open_to_all: bool = False
    part: str = ""
    part_of: str = ""


def mesh_routes(mesh: MeshFacts, host: Host, ways: Iterable[Way]) -> Routes:
    """Give the routes to all ports of a host, in the order of the ways."""
    http: list[Json] = []
    tls: list[Json] = []
    tcp: list[Json] = []
    for way in ways:
        if way.protocol in HTTP_FAMILY:
            http += _requests(mesh, host, way)
        elif way.protocol in OPAQUE_TLS:
            tls += _bytes(mesh, host, way)
        else:
            tcp += _bytes(mesh, host, way)
    return Routes(http=tuple(http), tls=tuple(tls), tcp=tuple(tcp))


def _requests(mesh: MeshFacts, host: Host, way: Way) -> Iterable[Json]:
    everybody: list[Json] = [{"port": way.port}]
    straight = Straight(host=host.name, port=way.port, parts=way.parts)
    if not way.named_only and not any(caller.egress for caller in way.callers):
        yield from http_routes(way.policy, everybody, straight)
        return
    for caller in way.callers:
        if caller.egress:
            yield from http_routes(
                None if host.outside else way.policy,  # outside, the gateway holds to it
                [match_caller(caller, port=way.port)],
                _by_gateway(mesh, host, way, caller.egress),
                {"rewrite": {"authority": authority(host.name, way.port)}} if host.outside else {},
            )
    if host.open_to_all:
        yield from http_routes(way.policy, everybody, straight)
        return
    matches = [match_caller(caller, port=way.port) for caller in way.callers if not caller.egress]
    if matches:
        yield from http_routes(way.policy, matches, straight)
    answer: Json = {"status": _FORBIDDEN, "body": {"string": "no path for this caller"}}
    yield {"match": everybody, "directResponse": answer}


def _bytes(mesh: MeshFacts, host: Host, way: Way) -> Iterable[Json]:
    opaque = way.protocol in OPAQUE_TLS
    shift = way.policy.shift if way.policy else None
    for caller in way.callers:
        if caller.egress:
            yield {
                "match": [
                    match_caller(caller, port=way.port, sniHosts=[host.name] if opaque else [])
                ],
                "route": targets(shift, _by_gateway(mesh, host, way, caller.egress)),
            }
    if host.outside and any(caller.egress for caller in way.callers):
        yield from _others(mesh, host, way)
    if shift:
        straight = Straight(host=host.name, port=way.port, parts=way.parts)
        yield {
            "match": [present(port=way.port, sniHosts=[host.name] if opaque else [])],
            "route": targets(shift, straight),
        }


def _others(mesh: MeshFacts, host: Host, way: Way) -> Iterable[Json]:
    """Give the routes of whoever has no gateway: straight if it may, else to one that refuses it.

    Bytes cannot be answered on the spot, and without a route they would go straight.
    """
    names = [host.name] if way.protocol in OPAQUE_TLS else []
    free = [caller for caller in way.callers if not caller.egress]
    if free:
        yield {
            "match": [match_caller(caller, port=way.port, sniHosts=names) for caller in free],
            "route": [Straight(host=host.name, port=way.port).whole()],
        }
    gateway = next(caller.egress for caller in way.callers if caller.egress)
    if all(caller.pod_labels for caller in free):
        yield {
            "match": [present(port=way.port, sniHosts=names)],
            "route": [_by_gateway(mesh, host, way, gateway).whole()],
        }


def _by_gateway(mesh: MeshFacts, host: Host, way: Way, gateway: EgressGateway) -> ByGateway:
    requests = way.protocol in HTTP_FAMILY
    return ByGateway(
        gateway=gateway,
        mesh=mesh,
        host=host.part_of or host.name,
        part=host.part,
        port=way.port,
        hop=HTTP_PORT if host.outside and requests else TLS_PORT,
    )
