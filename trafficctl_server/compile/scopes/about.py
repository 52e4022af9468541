"""What every kind of scope is built from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_sdk.slices import Origin, Role, Scope, ScopeKind, TrafficSlice

from trafficctl_server.compile.facts import mesh_facts
from trafficctl_server.compile.resolve import resolve, view_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trafficctl_server.compile.destinations import Destination, ServingIntent
    from trafficctl_server.compile.resolve import Resolution
    from trafficctl_server.compile.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """One scope, and everything that is said about it.

    :ivar resolutions: by intent name, in order of names; only intents that touch the scope.
    :ivar view: the merged destination, for scopes of a destination and its workload.
    """

    scope: Scope
    world: World
    resolutions: Mapping[str, Resolution]
    view: Destination | None = None

    @property
    def serving(self) -> Iterator[ServingIntent]:
        """All intents about the destination, in order of names."""
        for it in self.view.sayings if self.view is not None else ():
            yield self.world.intents[it.intent]  # type: ignore[misc] # those that say something serve

    def slice(
        self,
        cluster: str,
        roles: Sequence[Role],
        origins: Mapping[str, set[str]],
        **body: object,
    ) -> TrafficSlice:
        """Make the slice of one cluster.

        :param origins: for each intent in the slice, its fields that are.
        """
        return TrafficSlice(
            scope=self.scope,
            cluster=cluster,
            mesh=mesh_facts(self.world.clusters[cluster]),
            roles=tuple(sorted(roles)),
            origins=tuple(
                Origin(intent=name, fields=tuple(sorted(fields)))
                for name, fields in sorted(origins.items())
            ),
            **body,  # type: ignore[arg-type] # each caller gives the one body of its kind
        )


def about_scope(scope: Scope, world: World) -> About:
    """Resolve all that touches a scope; what a namespace may call is told from its callers."""
    intents = [] if scope.kind is ScopeKind.NAMESPACE else world.intents_in(scope)
    view: Destination | None = None
    if scope.kind in (ScopeKind.DESTINATION, ScopeKind.WORKLOAD):
        view = view_at(scope.key, world)
    return About(
        scope=scope,
        world=world,
        resolutions={it.name: resolve(it, world, view) for it in intents},
        view=view,
    )
