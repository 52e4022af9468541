"""The ports and endpoints of a global host: how its callers reach every serving cluster."""

from functools import lru_cache
from ipaddress import ip_address
from operator import attrgetter
from typing import Final

from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.names import object_name
from trafficctl_sdk.slices import Calling, Endpoint, PortTreatment

from trafficctl_istio.objects.networking import mutual_tls
from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import istio_protocol, port_name
from trafficctl_istio.rendering.egress_hop import TLS_PORT, mesh_server_name
from trafficctl_istio.rendering.traffic.endpoints import endpoint_settings
from trafficctl_istio.rendering.traffic.parts import NO_PARTS, Parts, named_parts

CLUSTER_LABEL: Final = "trafficctl.dev/cluster"
"""Label of an endpoint: the cluster that it stands for."""
_BEHIND_GATEWAY: Final = "tls-pass"
_KEPT: Final = 4096
_BY_CLUSTER: Final = attrgetter("cluster", "address", "port")


def subset_label(subset: str) -> str:
    """Give the label of endpoints whose cluster has pods of a subset."""
    return f"subset.trafficctl.dev/{subset}"


def same_behind_gateway(port: PortTreatment, other: PortTreatment, endpoints: int) -> bool:
    """Say whether a gateway, which sees connections only, treats two ports alike."""
    if port.traffic_policy == other.traffic_policy:
        return True
    one, two = (
        endpoint_settings(it.traffic_policy, Protocol.Value.TCP, endpoints=endpoints, far=True)
        for it in (port, other)
    )
    return one == two


def port_level(
    calling: Calling, ports: list[PortTreatment], *, behind_gateway: bool, part: str = ""
) -> list[Json]:
    """Give one complete block for each port, each with its own server name.

    One server name for several ports would lead to the wrong one.

    :param part: the part of the service that the host stands for; empty: all of it.
    """
    count = len(calling.endpoints)
    blocks = [_block(calling, port, count, part) for port in ports]
    if behind_gateway:
        passed = endpoint_settings(
            ports[0].traffic_policy, Protocol.Value.TCP, endpoints=count, far=True
        )
        blocks.append({"port": {"number": TLS_PORT}, "tls": {"mode": "DISABLE"}, **passed})
    return blocks


def _block(calling: Calling, port: PortTreatment, endpoints: int, part: str = "") -> Json:
    name = mesh_server_name(calling.endpoints[0].host, port.port, part)
    return {
        "port": {"number": port.port},
        "tls": mutual_tls(name, sorted(set(calling.identities))),
        **endpoint_settings(port.traffic_policy, port.protocol, endpoints=endpoints, far=True),
    }


def parts_of(calling: Calling, port: PortTreatment) -> Parts:
    """Give the parts of the host that the routes of one port may name; no policy names none."""
    if port.traffic_policy is None:
        return NO_PARTS
    return Parts(
        subsets={subset: subset for endpoint in calling.endpoints for subset in endpoint.subsets},
        clusters={it.cluster: _cluster_subset(it.cluster) for it in calling.endpoints},
        workloads=port.mirror_hosts,
    )


def _cluster_subset(cluster: str) -> str:
    return object_name(f"cluster-{cluster}", "cluster", cluster)


def host_subsets(calling: Calling, ports: list[PortTreatment]) -> list[Json]:
    """Give the parts that policies name: which clusters have them, and their server name there.

    A subset of pods is told by the serving cluster's gateway, a cluster by its endpoints. Parts
    that get nothing stay, so that a share can be taken away before its part is.
    """
    named = _named(ports)
    if not named:
        return []
    subsets = {subset for endpoint in calling.endpoints for subset in endpoint.subsets}
    clusters = {endpoint.cluster for endpoint in calling.endpoints}
    return [
        *(
            _subset(calling, ports, subset, (subset_label(subset), "yes"), part=subset)
            for subset in sorted(it for it in subsets if ("subset", it) in named)
        ),
        *(
            _subset(calling, ports, _cluster_subset(cluster), (CLUSTER_LABEL, cluster))
            for cluster in sorted(it for it in clusters if ("cluster", it) in named)
        ),
    ]


def _subset(
    calling: Calling,
    ports: list[PortTreatment],
    name: str,
    label: tuple[str, str],
    *,
    part: str = "",
) -> Json:
    key, value = label
    endpoints = [it for it, labels in _labelled(calling, ports) if labels.get(key) == value]
    return {
        "name": name,
        "labels": {key: value},
        "trafficPolicy": {
            "portLevelSettings": [_block(calling, port, len(endpoints), part) for port in ports]
        },
    }


def _named(ports: list[PortTreatment]) -> set[tuple[str, str]]:
    """Give the parts that policies name: kind and id."""
    return {
        (it.kind, it.part)
        for port in ports
        if port.traffic_policy
        for it in named_parts(port.traffic_policy)
    }


def _labelled(
    calling: Calling, ports: list[PortTreatment]
) -> list[tuple[Endpoint, dict[str, str]]]:
    """Give the endpoints in order, each with its labels: only what some policy goes by."""
    by_cluster = any(kind == "cluster" for kind, _ in _named(ports))
    ordered = sorted(calling.endpoints, key=_BY_CLUSTER)
    if not by_cluster and not any(it.labels or it.subsets for it in ordered):
        return [(endpoint, {}) for endpoint in ordered]
    return [
        (
            endpoint,
            {
                **dict(sorted(endpoint.labels.items())),
                **({CLUSTER_LABEL: endpoint.cluster} if by_cluster else {}),
                **{subset_label(it): "yes" for it in sorted(endpoint.subsets)},
            },
        )
        for endpoint in ordered
    ]


def resolution(calling: Calling) -> str:
    """Say how endpoints are found: fixed addresses as they are, gateways' names from DNS."""
    return "DNS" if any(_is_name(it.address) for it in calling.endpoints) else "STATIC"


@lru_cache(_KEPT)
def _is_name(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return True
    return False


def entry_ports(ports: list[PortTreatment], *, behind_gateway: bool) -> list[Json]:
    """Give the ports of the ServiceEntry; one more is what egress gateways pass on to."""
    listed: list[Json] = [
        {
            "number": port.port,
            "name": port_name(port.protocol, port.port),
            "protocol": istio_protocol(port.protocol),
        }
        for port in ports
    ]
    if behind_gateway:
        listed.append({"number": TLS_PORT, "name": _BEHIND_GATEWAY, "protocol": "TLS"})
    return listed


def entry_endpoints(
    calling: Calling, ports: list[PortTreatment], *, behind_gateway: bool
) -> list[Json]:
    """Give one endpoint for each serving cluster: every port goes to its east-west gateway."""
    names = [port_name(port.protocol, port.port) for port in ports]
    if behind_gateway:
        names.append(_BEHIND_GATEWAY)
    return [
        present(
            address=endpoint.address,
            locality=_locality(endpoint.locality),
            labels=labels,
            ports=dict.fromkeys(names, endpoint.port),
        )
        for endpoint, labels in _labelled(calling, ports)
    ]


def _locality(locality: Locality | None) -> str | None:
    if locality is None:
        return None
    segments = (locality.region, locality.zone, locality.sub_zone)
    return "/".join(segments).rstrip("/") or None
