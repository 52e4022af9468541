"""A host outside the mesh as one calling namespace sees it.

Objects live in the calling namespace, so that two namespaces may see one host differently; the
gateways of its callers are let to see them too. What only a gateway needs stands beside it.
"""

import re
from collections.abc import Iterable
from typing import Final

from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.manifests import Effect, Manifest, Notice, Rendering
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.slices import ExternalSlice, Resolution, TrafficSlice

from trafficctl_istio.gates import WILDCARD_HOST, check_gate
from trafficctl_istio.objects.networking import virtual_service
from trafficctl_istio.outside import (
    Outside,
    policy_problems,
    problems,
    reads_secret,
)
from trafficctl_istio.protocols import SERVER_FIRST
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.egress_hop import in_order, server_name
from trafficctl_istio.rendering.external_entry import external_entry
from trafficctl_istio.rendering.external_rules import rules
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.routes import Host, Way, mesh_routes
from trafficctl_istio.rendering.traffic.checks import check_policy, fault_notices
from trafficctl_istio.rendering.traffic.fields import OF_ENDPOINTS, REQUESTS, ROUTES
from trafficctl_istio.rendering.waves import Wave
from trafficctl_istio.rendering.way_out import gateways_of, ways_out

_LONGEST_HOST: Final = 253
_POLICY: Final = (*OF_ENDPOINTS, *REQUESTS, *ROUTES)
_ADVISORY: Final = Convergence.Reason.ADVISORY_ONLY.value
_PLACES: Final = re.compile(r"\[\d+\]")


def render(slice_: TrafficSlice, body: ExternalSlice) -> Rendering:
    """Give the objects of a host outside.

    :raises Refused: the host cannot be called so, its name is too long, or a traffic policy says
        more than is rendered.
    """
    ways = _ways(body)
    gateways = gateways_of(ways)
    outside = Outside(
        host=body.host,
        resolution=body.resolution,
        networks=body.addresses if body.resolution is Resolution.AS_DIALLED else (),
        ports=body.ports,
        behind_gateway=bool(gateways),
    )
    _check(slice_, body, outside)
    spaces = sorted({gateway.namespace for gateway in gateways} - {body.namespace})
    name = name_in_scope(slice_.scope, body.host)
    manifests = [
        *rules(slice_.scope, body, ways),
        Manifest(
            body=external_entry(
                body, name, [".", *spaces], names_resolved_late=outside.names_resolved_late
            ),
            wave=Wave.SERVICE_ENTRY,
            effect=Effect.OPENS,
        ),
        *ways_out(slice_.scope, body, ways),
        *_mesh_side(slice_, body, name, ways),
    ]
    return Rendering(manifests=tuple(manifests), notices=tuple(_notices(slice_, body, ways)))


def _check(slice_: TrafficSlice, body: ExternalSlice, outside: Outside) -> None:
    for port in body.ports:
        check_policy(port.traffic_policy, port.protocol, slice_.mesh, _POLICY)
    found = [
        Violation(
            field=f"hosts.{_PLACES.sub('', problem.field)}",
            rule=problem.rule,
            description=problem.text,
        )
        for problem in problems(outside)
    ]
    if found:
        raise Refused(*dict.fromkeys(found))
    for port in body.ports:
        for problem in policy_problems(outside, port.traffic_policy):
            raise refuse(f"traffic_policy.{problem.field}", problem.rule, problem.text)
    if outside.names_resolved_late:
        check_gate(WILDCARD_HOST, slice_.mesh.version, "hosts.host")
    longest = max(len(server_name(body.host, port.port, port.protocol)) for port in body.ports)
    if longest > _LONGEST_HOST:
        raise refuse("hosts.host", "NAME_TOO_LONG", "the name is too long for a gateway's routes")


def _ways(body: ExternalSlice) -> list[Way]:
    return [
        Way(
            port=port.port,
            protocol=port.protocol,
            named_only=reads_secret(port),
            policy=port.traffic_policy,
            callers=tuple(
                in_order([grant.caller for grant in body.grants if port.port in grant.ports])
            ),
        )
        for port in sorted(body.ports, key=lambda port: port.port)
    ]


def _mesh_side(
    slice_: TrafficSlice, body: ExternalSlice, name: str, ways: list[Way]
) -> Iterable[Manifest]:
    routes = mesh_routes(slice_.mesh, Host(name=body.host, outside=True), ways)
    if any(routes):
        yield Manifest(
            body=virtual_service(
                body.namespace,
                name,
                hosts=[body.host],
                gateways=["mesh"],
                export_to=["."],
                http=routes.http,
                tls=routes.tls,
                tcp=routes.tcp,
            ),
            wave=Wave.VIRTUAL_SERVICE,
        )


def _notices(slice_: TrafficSlice, body: ExternalSlice, ways: list[Way]) -> Iterable[Notice]:
    advised = {name for grant in body.grants if not grant.caller.egress for name in grant.origins}
    if advised:
        text = (
            f"callers in {body.namespace} that reach {body.host} through their own proxy are not"
            " held back by it; use a dedicated gateway and a packet filter"
        )
        for name in sorted(advised):
            yield Notice(intent=name, reason=_ADVISORY, field="callers.egress", text=text)
    yield from fault_notices(slice_, tuple(port.traffic_policy for port in body.ports))
    if any(way.protocol in SERVER_FIRST and gateways_of([way]) for way in ways):
        for origin in slice_.origins:
            yield Notice(
                intent=origin.intent,
                reason=Convergence.Reason.SERVER_SPEAKS_FIRST.value,
                field="hosts",
                text=f"{body.host} may greet a caller before the gateway's policy has refused it",
            )
