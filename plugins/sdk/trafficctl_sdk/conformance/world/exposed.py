"""Names that the outside calls, at a gateway of the serving cluster."""

from collections.abc import Iterator

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import policy_in
from trafficctl_sdk.conformance.world.making import from_intent, made
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent, InboundListener
from trafficctl_sdk.slices import (
    ExposedHostSlice,
    ExposedRoute,
    Listener,
    Role,
    Scope,
    ScopeKind,
    TrafficSlice,
)


def exposed_slices(intent: InboundIntent, version: str) -> Iterator[TrafficSlice]:
    """Give each name that an intent exposes."""
    gateway = places.ingress(intent.gateway)
    _, policy = policy_in(intent, places.SERVED)
    fields = {"destination", "exposed_hosts", "listeners", "path_prefix"}
    fields |= {it for it in ("traffic_policy", "cors") if getattr(intent, it)}
    if any(it.traffic_policy is not None for it in intent.overrides):
        fields.add("overrides")
    for exposed in intent.exposed_hosts:
        host = exposed.fqdn or f"{exposed.prefix}.{places.EXTERNAL_DOMAIN}"
        yield made(
            Scope(kind=ScopeKind.EXPOSED_HOST, key=host),
            places.SERVED,
            [Role.SERVING],
            version,
            from_intent(intent, fields),
            exposed_host=ExposedHostSlice(
                host=host,
                gateway=gateway,
                listeners=tuple(
                    _listener(intent, it) for it in sorted(intent.listeners, key=_port)
                ),
                routes=tuple(
                    ExposedRoute(
                        listener_port=it.port,
                        path_prefix=intent.path_prefix or "/",
                        service_host=places.service_host(places.SERVICE),
                        service_port=it.service_port,
                        traffic_policy=policy,
                        cors=intent.cors,
                    )
                    for it in sorted(intent.listeners, key=_port)
                ),
            ),
        )


def _port(listener: InboundListener) -> int:
    return listener.port


def _listener(intent: InboundIntent, stated: InboundListener) -> Listener:
    ends = stated.simple or stated.mutual
    certificate = ends.certificate.secret if ends is not None and ends.certificate else None
    trust = stated.mutual.client_trust if stated.mutual is not None else None
    known = {it.port: it for it in places.ingress(intent.gateway).ports}[stated.port]
    names = {n for it in intent.callers if it.external for n in it.external.certificate_names}
    return Listener(
        port=stated.port,
        gateway_port=known.target_port,
        external_port=known.external_port,
        protocol=stated.protocol or Protocol.Value.HTTP,
        secret=certificate.name if certificate is not None else "",
        client_trust=trust.secret.name if trust is not None and trust.secret else "",
        certificate_names=tuple(sorted(names)),
        passthrough=stated.passthrough is not None,
        redirect_from=stated.redirect_from_port,
        minimum_tls_version=stated.minimum_tls_version,
        cipher_suites=stated.cipher_suites,
    )
