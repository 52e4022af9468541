"""DestinationRules for a host outside: one for each kind of proxy that goes out.

Each stands in the namespace of its proxies and is seen there alone. A sidecar reads a Secret only
where the rule selects its pods: any other would take the same rule for clear text. So whoever has
no rule of its own gets TLS without the Secret, on whatever port TLS is originated: such a call
fails where it should, and never goes out in clear text, not even while objects come and go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from trafficctl_sdk.manifests import Manifest
from trafficctl_sdk.model.tls import TlsOrigination
from trafficctl_sdk.slices import (
    EgressGateway,
    ExternalPortTreatment,
    ExternalSlice,
    Resolution,
    Scope,
)

from trafficctl_istio.objects.networking import destination_rule
from trafficctl_istio.objects.rights import role_binding, secret_reader
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.outside import reads_secret
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.naming import name_in_scope
from trafficctl_istio.rendering.origination import client_tls
from trafficctl_istio.rendering.routes import Way
from trafficctl_istio.rendering.traffic.endpoints import MANY, endpoint_settings
from trafficctl_istio.rendering.waves import Wave
from trafficctl_istio.rendering.way_out import gateways_of


def rules(scope: Scope, body: ExternalSlice, ways: Sequence[Way]) -> Iterable[Manifest]:
    """Give the rules for sidecars and for each gateway, and what a gateway needs to read Secrets.

    :raises Refused: a caller whose own proxy must read a Secret cannot be told by its pods.
    """
    ports = {port.port: port for port in body.ports}
    yield from _for_sidecars(scope, body, ways)
    taken = {way.port: set(gateways_of([way])) for way in ways}
    for gateway in gateways_of(ways):
        passed = [ports[way.port] for way in ways if gateway in taken[way.port]]
        yield from _for_gateway(scope, body, gateway, passed)


def _for_sidecars(scope: Scope, body: ExternalSlice, ways: Sequence[Way]) -> Iterable[Manifest]:
    straight = any(not caller.egress for way in ways for caller in way.callers)
    name = name_in_scope(scope, body.host)
    without_secrets = [
        replace(port, originate=_without_secret(port.originate)) if port.originate else port
        for port in body.ports
        if straight or port.originate
    ]
    # A rule without a selector that is exported alike is merged into one with a selector and lost,
    # so it names the namespace that "." means.
    yield from _rule(body, body.namespace, name, without_secrets, export_to=body.namespace)
    for labels in _readers(body, ways):
        selected = name_in_scope(scope, body.host, "of", *(f"{k}={v}" for k, v in labels.items()))
        yield from _rule(body, body.namespace, selected, body.ports, pod_labels=labels)


def _without_secret(tls: TlsOrigination) -> TlsOrigination:
    return replace(tls, trust=None, client_certificate=None)


def _readers(body: ExternalSlice, ways: Sequence[Way]) -> Iterable[Mapping[str, str]]:
    """Give the labels of the pods whose own proxies read a Secret, each once, in order."""
    reading = {port.port for port in body.ports if reads_secret(port)}
    found = {
        tuple(sorted(caller.pod_labels.items()))
        for way in ways
        if way.port in reading
        for caller in way.callers
        if not caller.egress
    }
    if () in found:
        raise refuse(
            "hosts.ports.originate",
            "istio.secret_by_workload",
            "a proxy reads a Secret only for callers by workload, whose pods have labels: name the"
            " workloads, or give them a dedicated_gateway",
        )
    return [dict(labels) for labels in sorted(found)]


def _for_gateway(
    scope: Scope,
    body: ExternalSlice,
    gateway: EgressGateway,
    ports: Sequence[ExternalPortTreatment],
) -> Iterable[Manifest]:
    space, name = gateway.namespace, name_in_scope(scope, body.host)
    if any(reads_secret(port) for port in ports):
        yield Manifest(body=secret_reader(space, name), wave=Wave.ACCOUNT)
        yield Manifest(
            body=role_binding(space, name, role=name, account=gateway.name), wave=Wave.ACCOUNT
        )
    yield from _rule(body, space, name, ports)


def _rule(
    body: ExternalSlice,
    namespace: str,
    name: str,
    ports: Iterable[ExternalPortTreatment],
    *,
    export_to: str = ".",
    pod_labels: Mapping[str, str] | None = None,
) -> Iterable[Manifest]:
    ordered = sorted(ports, key=lambda port: port.port)
    blocks = [block for port in ordered for block in _block(body, port)]
    if blocks:
        rule = destination_rule(
            namespace,
            name,
            host=body.host,
            export_to=[export_to],
            port_level=blocks,
            pod_labels=pod_labels,
        )
        yield Manifest(body=rule, wave=Wave.DESTINATION_RULE)


def _block(body: ExternalSlice, port: ExternalPortTreatment) -> Iterable[Json]:
    settings = endpoint_settings(port.traffic_policy, port.protocol, endpoints=_endpoints(body))
    if port.originate or settings:
        as_sent: Json = {"mode": "DISABLE"}
        tls = client_tls(body.host, port.originate) if port.originate else as_sent
        yield {"port": {"number": port.port}, "tls": tls, **settings}


def _endpoints(body: ExternalSlice) -> int:
    if body.resolution is Resolution.STATED:
        return len(set(body.addresses))
    return 1 if body.resolution is Resolution.ONE_FROM_DNS else MANY
