"""From the world to slices: one scope at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from trafficctl_sdk.slices import Scope, ScopeKind, TrafficSlice

from trafficctl_server.compile.contradictions import contradictions_in
from trafficctl_server.compile.scopes import (
    destination,
    exposed_host,
    external,
    gateway,
    namespace,
    workload,
)
from trafficctl_server.compile.scopes.about import about_scope
from trafficctl_server.compile.scopes.kept import Kept, kept_places

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from trafficctl_server.compile.merging import Contradiction
    from trafficctl_server.compile.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """What one scope comes to.

    :ivar slices: sorted by cluster.
    :ivar kept: clusters whose slice is not to be rendered, as what stands there stays: with the
        intent that could not come about there now, and why.
    :ivar contradictions: why the scope keeps its last good slices instead; ``slices`` is empty.
    """

    scope: Scope
    slices: tuple[TrafficSlice, ...] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] = ()


def compile_scope(scope: Scope, world: World, calling: Collection[str] = ()) -> Compiled:
    """Compile one scope for every cluster; pure over the world.

    :param calling: clusters with calling-side objects; they need our own namespace.
    """
    found = contradictions_in(scope, world)
    if found:
        return Compiled(scope=scope, contradictions=tuple(found))
    about = about_scope(scope, world)
    match scope.kind:
        case ScopeKind.DESTINATION:
            slices = destination.slices(about)
        case ScopeKind.WORKLOAD:
            slices = workload.slices(about)
        case ScopeKind.EXTERNAL:
            slices = external.slices(about)
        case ScopeKind.GATEWAY:
            slices = gateway.slices(about)
        case ScopeKind.EXPOSED_HOST:
            slices = exposed_host.slices(about)
        case ScopeKind.NAMESPACE:
            slices = namespace.slices(about, calling)
        case _:
            assert_never(scope.kind)
    found_slices = tuple(slices)
    return Compiled(scope=scope, slices=found_slices, kept=kept_places(about, found_slices))
