"""A slice around one body."""

from collections.abc import Iterable

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.slices import Origin, Role, Scope, ScopeKind, TrafficSlice


def made(
    scope: Scope,
    cluster: str,
    roles: Iterable[Role],
    version: str,
    origins: Iterable[Origin] = (),
    **body: object,
) -> TrafficSlice:
    """Make a slice.

    :param version: of the mesh.
    :param body: the one body of the scope's kind.
    """
    return TrafficSlice(
        scope=scope,
        cluster=cluster,
        mesh=places.mesh(version),
        roles=tuple(sorted(roles)),
        origins=tuple(origins),
        **body,  # type: ignore[arg-type] # each caller gives the one body of its kind
    )


def from_intent(intent: ConnectivityIntent, fields: Iterable[str]) -> tuple[Origin, ...]:
    """Give the origins of a slice that one intent makes.

    :param fields: those of its fields that are in the slice.
    """
    return (Origin(intent=intent.name, fields=tuple(sorted(set(fields)))),)


def service_scope(kind: ScopeKind) -> Scope:
    """Give a scope about the one service."""
    return Scope(kind=kind, key=f"{places.NAMESPACE}/{places.SERVICE}")
