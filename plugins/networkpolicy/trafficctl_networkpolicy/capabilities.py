"""What the driver enforces, leaf by leaf: what is not here, the host refuses with its path.

README.md has the same as a table, and a test holds the two together.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.driver_info import Capability, DriverInfo, DriverKind, Support
from trafficctl_sdk.markers import HOOK_API
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.slices import ScopeKind

from trafficctl_networkpolicy.name_servers import SCHEMA
from trafficctl_networkpolicy.protocols import READ_AS_TCP


def _each(path: str, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{path}.{value}" for value in values)


_ACCESS: Final = ("callers.access.action.ALLOW", "callers.access.all_requests")
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "intracluster": (
            *_each("destination.addressing", ("VIRTUAL_ADDRESS", "HEADLESS")),
            "ports.port",
            *_each("ports.protocol", (it.value for it in Protocol.Value)),
            "callers.namespace.namespace",
            "callers.any_client.identity.ANYONE",
            *_ACCESS,
            "mutual_tls.mode.DISABLED",
            "overrides.mutual_tls.mode.DISABLED",
        ),
        "outbound": (
            "hosts.host",
            "hosts.static.addresses",
            "hosts.original_destination.cidrs",
            "hosts.ports.port",
            *_each("hosts.ports.protocol", (it.value for it in Protocol.Value)),
            "hosts.ports.as_sent",
            "callers.namespace.namespace",
            *_ACCESS,
        ),
    }
)

_AS_TCP: Final = "the port is held; what is inside is not looked at"
_BY_ADDRESS: Final = "by its stated addresses; the name is not looked at"
_DECLARED_ONLY: Final = "held where outbound_scope is DECLARED_ONLY; else pods call anything"
_MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{
            f"{path}.{protocol.value}": _AS_TCP
            for path in ("intracluster.ports.protocol", "outbound.hosts.ports.protocol")
            for protocol in READ_AS_TCP
        },
        "outbound.hosts.host": _BY_ADDRESS,
        "outbound.callers.access.all_requests": _DECLARED_ONLY,
    }
)


def _capability(path: str) -> Capability:
    note = _MISSING.get(path, "")
    return Capability(path=path, support=Support.PARTIAL if note else Support.FULL, note=note)


INFO: Final = DriverInfo(
    name="networkpolicy",
    hook_api=HOOK_API,
    kind=DriverKind.PACKET_FILTER,
    scope_kinds=(ScopeKind.EXTERNAL, ScopeKind.WORKLOAD, ScopeKind.NAMESPACE),
    settings_schema=dict(SCHEMA),
    capabilities=tuple(
        _capability(f"{kind}.{leaf}") for kind, leaves in _FIELDS.items() for leaf in leaves
    ),
)
"""The driver, as it introduces itself."""
