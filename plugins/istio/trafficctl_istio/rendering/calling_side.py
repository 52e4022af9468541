"""The calling side of a service: its global host, and one host for each pod of a headless one.

What a policy says of parts has no meaning for a single pod; all the rest holds there too.
"""

from collections.abc import Iterable
from dataclasses import replace

from trafficctl_sdk.manifests import Effect, Manifest
from trafficctl_sdk.model.traffic_policy import Route, TrafficPolicy
from trafficctl_sdk.slices import Calling, DestinationSlice, PodHost, TrafficSlice

from trafficctl_istio.objects.networking import destination_rule, service_entry, virtual_service
from trafficctl_istio.rendering.egress_hop import in_order
from trafficctl_istio.rendering.global_host import (
    entry_endpoints,
    entry_ports,
    host_subsets,
    parts_of,
    port_level,
    resolution,
)
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.routes import Host, Way, mesh_routes
from trafficctl_istio.rendering.waves import Wave


def calling_side(
    slice_: TrafficSlice, body: DestinationSlice, name: str, calling: Calling
) -> Iterable[Manifest]:
    """Give the objects of the global host and of each pod's; none while nobody serves or calls."""
    if not calling.endpoints or not (calling.open_to_all or calling.callers):
        return
    whole = Host(name=calling.host, outside=False, open_to_all=calling.open_to_all)
    yield from _host(slice_, body, name, whole, calling)
    for pod in sorted(calling.pods, key=lambda pod: pod.pod):
        host = whole._replace(name=pod.host, part=pod.pod, part_of=calling.host)
        readable = f"{pod.pod}-{body.service}-{body.namespace}"
        own_name = name_in_scope(slice_.scope, readable, pod.pod)
        yield from _host(slice_, body, own_name, host, _of_pod(calling, pod))


def _of_pod(calling: Calling, pod: PodHost) -> Calling:
    """Give the calling side as if the pod were all of the service."""
    return replace(
        calling,
        host=pod.host,
        address=pod.address,
        endpoints=tuple(
            replace(it, subsets=()) for it in calling.endpoints if it.cluster in pod.clusters
        ),
        ports=tuple(
            replace(port, traffic_policy=_without_parts(port.traffic_policy))
            for port in calling.ports
        ),
    )


def _without_parts(policy: TrafficPolicy | None) -> TrafficPolicy | None:
    if policy is None:
        return None
    return replace(
        policy,
        shift=None,
        mirrors=(),
        routes=tuple(
            replace(route, shift=None, forward=Route.Forward(), mirrors=())
            if route.shift
            else replace(route, mirrors=())
            for route in policy.routes
        ),
    )


def _host(
    slice_: TrafficSlice, body: DestinationSlice, name: str, host: Host, calling: Calling
) -> Iterable[Manifest]:
    home = body.home_namespace
    callers = tuple(in_order(calling.callers))
    ports = sorted(calling.ports, key=lambda port: port.port)
    # A gateway passes calls on to the global host only.
    passed = not host.part and any(caller.egress for caller in callers)
    namespaces = {caller.namespace for caller in callers}
    gateways = {caller.egress.namespace for caller in callers if caller.egress}
    seen_by = ["*"] if calling.open_to_all else sorted(namespaces | gateways)
    yield Manifest(
        body=destination_rule(
            home,
            name,
            host=calling.host,
            export_to=seen_by,
            port_level=port_level(calling, ports, behind_gateway=passed, part=host.part),
            subsets=host_subsets(calling, ports),
        ),
        wave=Wave.DESTINATION_RULE,
    )
    yield Manifest(
        body=service_entry(
            home,
            name,
            host=calling.host,
            location="MESH_INTERNAL",
            resolution=resolution(calling),
            addresses=[calling.address],
            ports=entry_ports(ports, behind_gateway=passed),
            endpoints=entry_endpoints(calling, ports, behind_gateway=passed),
            export_to=seen_by,
        ),
        wave=Wave.SERVICE_ENTRY,
        effect=Effect.OPENS,
    )
    ways = [
        Way(
            port=port.port,
            protocol=port.protocol,
            callers=callers,
            policy=port.traffic_policy,
            parts=parts_of(calling, port),
        )
        for port in ports
    ]
    routes = mesh_routes(slice_.mesh, host, ways)
    if any(routes):
        yield Manifest(
            body=virtual_service(
                home,
                name,
                hosts=[calling.host],
                gateways=["mesh"],
                export_to=["*"] if calling.open_to_all else sorted(namespaces),
                http=routes.http,
                tls=routes.tls,
                tcp=routes.tcp,
            ),
            wave=Wave.VIRTUAL_SERVICE,
        )
