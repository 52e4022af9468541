"""Which virtual addresses an intent needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import Resolution, ScopeKind

from trafficctl_server.compile.externals import resolution_of
from trafficctl_server.compile.inventory import destination_of, pods_of
from trafficctl_server.compile.references import served_workload

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.world import World

_ADDRESSED: Final = frozenset(
    {
        Protocol.Value.TCP,
        Protocol.Value.TCP_SERVER_FIRST,
        Protocol.Value.MYSQL,
        Protocol.Value.MONGO,
    }
)
"""What only an address tells apart: it has neither a Host header nor an SNI."""


def service_key(destination: str) -> str:
    """Give the key under which a destination's virtual address is allocated."""
    return f"service/{destination}"


def pod_key(destination: str, pod: str) -> str:
    """Give the key under which the virtual address of one pod of a destination is allocated."""
    return f"pod/{destination}/{pod}"


def external_key(host: str) -> str:
    """Give the key under which an outside host's virtual address is allocated."""
    return f"external/{host}"


def needs_address(resolution: Resolution, protocols: Collection[Protocol.Value | None]) -> bool:
    """Say whether an outside host needs a virtual address: to be told from others, or found at all.

    DNS need not know a host whose addresses are stated, so the mesh has to answer for it.
    """
    if resolution is Resolution.AS_DIALLED:
        return False
    return resolution is Resolution.STATED or any(it in _ADDRESSED for it in protocols)


def address_keys(intent: ConnectivityIntent, world: World) -> Iterator[str]:
    """Give the keys of all virtual addresses that an intent needs, as far as is known."""
    if isinstance(intent, InterclusterIntent):
        workload = world.workloads.get(served_workload(intent))
        if workload is not None:
            key = destination_of(workload)
            yield service_key(key)
            yield from (pod_key(key, pod) for pod in sorted(pods_of(workload)))
    if isinstance(intent, OutboundIntent):
        for host in intent.hosts:
            protocols = [it.protocol for it in host.ports]
            if needs_address(resolution_of(host), protocols):
                yield external_key(host.host)


def unallocated(scope: Scope, world: World) -> set[str]:
    """Give the keys of the virtual addresses that a scope needs and that have none."""
    if scope.kind not in (ScopeKind.DESTINATION, ScopeKind.EXTERNAL):
        return set()
    return {
        key
        for intent in world.intents_in(scope)
        for key in address_keys(intent, world)
        if key not in world.addresses and is_about(str(scope), key)
    }


def is_about(scope: str, key: str) -> bool:
    """Say whether objects of a scope, given by its name, speak of a key's virtual address."""
    kind, _, about = key.partition("/")
    if kind == "service":
        return scope == f"{ScopeKind.DESTINATION}:{about}"
    if kind == "pod":
        return scope == f"{ScopeKind.DESTINATION}:{about.rpartition('/')[0]}"
    return scope.startswith(f"{ScopeKind.EXTERNAL}:") and scope.endswith(f"/{about}")
