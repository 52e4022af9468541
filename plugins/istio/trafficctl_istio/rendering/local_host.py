"""A service by its own name, in the cluster that it serves in.

Its DestinationRule stands beside it, where every proxy looks for it, and is the only one: it has
the parts that gateways pass calls from elsewhere to, and the settings of callers here. It says
nothing of TLS, so that callers prove themselves as they do without it.
"""

from collections.abc import Iterable

from trafficctl_sdk.manifests import Manifest
from trafficctl_sdk.slices import DestinationSlice, Local, MeshFacts, PortTreatment

from trafficctl_istio.objects.networking import destination_rule, virtual_service
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.protocols import OPAQUE_TLS
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.routes import Host, Way, mesh_routes
from trafficctl_istio.rendering.traffic.checks import check_policy
from trafficctl_istio.rendering.traffic.endpoints import MANY, endpoint_settings
from trafficctl_istio.rendering.traffic.fields import IN_CLUSTER
from trafficctl_istio.rendering.traffic.parts import Parts, check_parts
from trafficctl_istio.rendering.waves import Wave


def local_side(mesh: MeshFacts, body: DestinationSlice, name: str) -> Iterable[Manifest]:
    """Give the objects of the service's own name; none where nothing is asked of it.

    :raises Refused: a policy says what cannot be held inside a cluster.
    """
    if not body.local and not (body.serving and body.serving.subsets):
        return
    ports = _ports(body.local)
    for port in ports:
        check_policy(port.traffic_policy, port.protocol, mesh, IN_CLUSTER)
        check_parts(port.traffic_policy, _parts(body, port))
        _check_shift(port)
    blocks = [block for port in ports for block in _block(port)]
    subsets = _subsets(body)
    host = body.local.host if body.local else body.serving.host if body.serving else ""
    if blocks or subsets:
        rule = destination_rule(
            body.namespace,
            name,
            host=host,
            export_to=_seen_by(body),
            port_level=blocks,
            subsets=subsets,
        )
        yield Manifest(body=rule, wave=Wave.DESTINATION_RULE)
    if body.local:
        yield from _routes(mesh, body, body.local, name)


def _ports(local: Local | None) -> list[PortTreatment]:
    return sorted(local.ports, key=lambda port: port.port) if local else []


def _check_shift(port: PortTreatment) -> None:
    """Refuse shares of TLS: it is routed by the name in it, and here callers know several."""
    if port.protocol in OPAQUE_TLS and port.traffic_policy and port.traffic_policy.shift:
        raise refuse(
            "traffic_policy.shift",
            "istio.shift_of_tls",
            "inside a cluster TLS names the service in more than one way: give shares to ports of"
            " another protocol only",
        )


def _block(port: PortTreatment) -> Iterable[Json]:
    settings = endpoint_settings(port.traffic_policy, port.protocol, endpoints=MANY)
    if settings:
        yield {"port": {"number": port.port}, **settings}


def _parts(body: DestinationSlice, port: PortTreatment) -> Parts:
    subsets = body.local.subsets if body.local else ()
    return Parts(subsets={it.name: it.name for it in subsets}, workloads=port.mirror_hosts)


def _subsets(body: DestinationSlice) -> list[Json]:
    found = {
        subset.name: dict(sorted(subset.labels.items()))
        for side in (body.serving, body.local)
        if side
        for subset in side.subsets
    }
    return [{"name": name, "labels": found[name]} for name in sorted(found)]


def _seen_by(body: DestinationSlice) -> list[str]:
    if body.local and body.local.open_to_all:
        return ["*"]
    namespaces = set(body.local.namespaces) if body.local else set()
    if body.serving and body.serving.subsets:
        namespaces.add(body.serving.gateway.namespace)
    return sorted(namespaces)


def _routes(mesh: MeshFacts, body: DestinationSlice, local: Local, name: str) -> Iterable[Manifest]:
    ways = [
        Way(
            port=port.port,
            protocol=port.protocol,
            callers=(),
            policy=port.traffic_policy,
            parts=_parts(body, port),
        )
        for port in _ports(local)
    ]
    host = Host(name=local.host, outside=False, open_to_all=local.open_to_all)
    routes = mesh_routes(mesh, host, ways)
    if not any(routes):
        return
    yield Manifest(
        body=virtual_service(
            body.namespace,
            name,
            hosts=[local.host],
            gateways=["mesh"],
            export_to=["*"] if local.open_to_all else sorted(local.namespaces),
            http=routes.http,
            tls=routes.tls,
            tcp=routes.tcp,
        ),
        wave=Wave.VIRTUAL_SERVICE,
    )
