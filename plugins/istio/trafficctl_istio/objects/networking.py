"""The kinds of ``networking.istio.io/v1``."""

from collections.abc import Mapping, Sequence
from typing import Final

from trafficctl_istio.objects.shapes import Json, namespaced, present

_API: Final = "networking.istio.io/v1"


def service_entry(
    namespace: str,
    name: str,
    *,
    host: str,
    location: str,
    resolution: str,
    ports: Sequence[Json],
    export_to: Sequence[str],
    addresses: Sequence[str] = (),
    endpoints: Sequence[Json] = (),
) -> Json:
    """Give a ServiceEntry for one host."""
    spec = present(
        hosts=[host],
        addresses=list(addresses),
        location=location,
        resolution=resolution,
        ports=list(ports),
        endpoints=list(endpoints),
        exportTo=list(export_to),
    )
    return namespaced(_API, "ServiceEntry", namespace, name, spec=spec)


def destination_rule(
    namespace: str,
    name: str,
    *,
    host: str,
    export_to: Sequence[str],
    port_level: Sequence[Json] = (),
    subsets: Sequence[Json] = (),
    pod_labels: Mapping[str, str] | None = None,
) -> Json:
    """Give a DestinationRule: complete blocks by port, or subsets.

    :param pod_labels: the pods for which it holds; none: all that may see it.
    """
    spec = present(
        workloadSelector={"matchLabels": dict(sorted(pod_labels.items()))} if pod_labels else None,
        host=host,
        trafficPolicy=present(portLevelSettings=list(port_level)),
        subsets=list(subsets),
        exportTo=list(export_to),
    )
    return namespaced(_API, "DestinationRule", namespace, name, spec=spec)


def virtual_service(
    namespace: str,
    name: str,
    *,
    hosts: Sequence[str],
    gateways: Sequence[str],
    export_to: Sequence[str],
    http: Sequence[Json] = (),
    tls: Sequence[Json] = (),
    tcp: Sequence[Json] = (),
) -> Json:
    """Give a VirtualService; routes of one kind are tried in their order."""
    spec = present(
        hosts=list(hosts),
        gateways=list(gateways),
        http=list(http),
        tls=list(tls),
        tcp=list(tcp),
        exportTo=list(export_to),
    )
    return namespaced(_API, "VirtualService", namespace, name, spec=spec)


def gateway(
    namespace: str, name: str, *, selector: Mapping[str, str], servers: Sequence[Json]
) -> Json:
    """Give a Gateway on the pods with these labels."""
    spec = {"selector": dict(sorted(selector.items())), "servers": list(servers)}
    return namespaced(_API, "Gateway", namespace, name, spec=spec)


def sidecar(namespace: str, name: str, *, egress_hosts: Sequence[str]) -> Json:
    """Give a Sidecar for every pod of a namespace; each host is ``<namespace>/<name>``."""
    spec: Json = {
        "egress": [{"hosts": list(egress_hosts)}],
        "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"},
    }
    return namespaced(_API, "Sidecar", namespace, name, spec=spec)


def server(
    *, port: int, name: str, protocol: str, hosts: Sequence[str], tls: Json | None = None
) -> Json:
    """Give one server of a Gateway."""
    return present(
        port={"number": port, "name": name, "protocol": protocol}, hosts=list(hosts), tls=tls
    )


def destination(host: str, port: int, subset: str = "") -> Json:
    """Give the one destination of a route."""
    whole: Json = {"host": host, "port": {"number": port}}
    return {"destination": {**whole, "subset": subset} if subset else whole}


def mutual_tls(sni: str, identities: Sequence[str]) -> Json:
    """Give the client's side of mutual TLS with identities of the mesh.

    :param identities: SPIFFE ids, with scheme, one of which the server must have.
    """
    return {"mode": "ISTIO_MUTUAL", "sni": sni, "subjectAltNames": list(identities)}
