"""Which hosts outside can be called how: what Istio holds of their names, addresses and TLS."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from trafficctl_sdk.model.tls import TlsOrigination
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import ExternalPortTreatment, Resolution

from trafficctl_istio.protocols import HTTP_FAMILY, OPAQUE_TLS

_FROM_DNS: Final = frozenset({Resolution.ALL_FROM_DNS, Resolution.ONE_FROM_DNS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """One host outside, as far as it decides what can be.

    :ivar networks: to which dialled addresses must belong; none: any.
    """

    host: str
    resolution: Resolution
    networks: tuple[str, ...]
    ports: tuple[ExternalPortTreatment, ...]
    behind_gateway: bool

    @property
    def wildcard(self) -> bool:
        """Whether it stands for all names below one."""
        return self.host.startswith("*.")

    @property
    def names_resolved_late(self) -> bool:
        """Whether each request's own name is resolved, as the host itself is none."""
        return self.wildcard and self.resolution in _FROM_DNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a host cannot be called so.

    :ivar field: below the host, such as ``ports[0].protocol``.
    """

    field: str
    rule: str
    text: str


def problems(outside: Outside) -> Iterator[Problem]:
    """Give everything that keeps a host from being rendered as it is said."""
    yield from _gateway_problems(outside)
    if outside.names_resolved_late and outside.resolution is Resolution.ONE_FROM_DNS:
        yield Problem(
            field="dns.connect",
            rule="istio.wildcard",
            text="each name below a wildcard is resolved by itself: leave it out",
        )
    for index, port in enumerate(outside.ports):
        yield from _name_problems(outside, port, f"ports[{index}].protocol")
        yield from _network_problems(outside, port)
        if port.originate is not None:
            yield from _originate_problems(outside, port.originate, f"ports[{index}].originate")


def policy_problems(outside: Outside, policy: TrafficPolicy | None) -> Iterator[Problem]:
    """Give what a traffic policy says of the host that nothing would hold to.

    The fields are below the policy.
    """
    if policy is None:
        return
    if outside.resolution is Resolution.AS_DIALLED or outside.names_resolved_late:
        for name in ("load_balancing", "outlier_detection"):
            if getattr(policy, name) is not None:
                yield Problem(
                    field=name,
                    rule="istio.nothing_to_balance",
                    text="the application or the name in each call decides where it goes: leave it"
                    " out",
                )
    if outside.wildcard and policy.connection_limits is not None:
        yield Problem(
            field="connection_limits",
            rule="istio.wildcard",
            text="it would hold for names that have an entry of their own too: leave it out",
        )


def reads_secret(port: ExternalPortTreatment) -> bool:
    """Say whether the last proxy of the path needs a Secret for a port."""
    tls = port.originate
    return tls is not None and bool(tls.client_certificate or (tls.trust and tls.trust.secret))


def _gateway_problems(outside: Outside) -> Iterator[Problem]:
    if not outside.behind_gateway:
        return
    if outside.wildcard:
        yield Problem(
            field="host",
            rule="istio.wildcard_behind_gateway",
            text="a dedicated gateway cannot tell the names below a wildcard apart: name each host,"
            " or let its callers go by sidecar",
        )
    elif outside.resolution is Resolution.AS_DIALLED:
        yield Problem(
            field="original_destination",
            rule="istio.dialled_behind_gateway",
            text="what a caller dials is its gateway there, so the gateway would call itself: say"
            " dns or static, or let its callers go by sidecar",
        )


def _name_problems(outside: Outside, port: ExternalPortTreatment, field: str) -> Iterator[Problem]:
    if not outside.wildcard:
        return
    if port.protocol not in HTTP_FAMILY | OPAQUE_TLS:
        yield Problem(
            field=field,
            rule="istio.wildcard",
            text=f"{port.protocol.value} carries no name to match a wildcard with: name each host",
        )
    elif outside.names_resolved_late and port.protocol not in OPAQUE_TLS:
        yield Problem(
            field=field,
            rule="istio.wildcard",
            text=f"names below a wildcard are not resolved for {port.protocol.value}: say"
            " original_destination, so that the application's own addresses are used",
        )


def _network_problems(outside: Outside, port: ExternalPortTreatment) -> Iterator[Problem]:
    if outside.resolution is not Resolution.AS_DIALLED:
        return
    if outside.networks and port.protocol in HTTP_FAMILY:
        yield Problem(
            field="original_destination.cidrs",
            rule="istio.dialled_networks",
            text=f"{port.protocol.value} is told apart by the Host header, whatever address is"
            " dialled: leave them out, or leave out the ports of the HTTP family",
        )
    if not outside.networks and port.protocol not in HTTP_FAMILY | OPAQUE_TLS:
        yield Problem(
            field="original_destination.cidrs",
            rule="istio.dialled_networks",
            text=f"{port.protocol.value} carries no name, so its port would be open to any address:"
            " state the networks",
        )


def _originate_problems(outside: Outside, tls: TlsOrigination, field: str) -> Iterator[Problem]:
    if outside.wildcard or outside.resolution is Resolution.AS_DIALLED:
        yield Problem(
            field=field,
            rule="istio.originate",
            text="TLS is originated towards one name and one port: name the host, and say dns or"
            " static",
        )
    client = tls.client_certificate.secret if tls.client_certificate else None
    trusted = tls.trust.secret if tls.trust else None
    if client is not None and (trusted is None or trusted.name != client.name):
        yield Problem(
            field=f"{field}.trust",
            rule="istio.one_secret",
            text="certificate and authorities are read from one Secret: say trust.secret"
            f" {client.name} and keep the authorities there in ca.crt",
        )
