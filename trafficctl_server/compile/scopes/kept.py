"""Where a slice is not to be rendered, as it says what could not come about now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.slices import ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trafficctl_sdk.slices import TrafficSlice

    from trafficctl_server.compile.resolve import Resolution
    from trafficctl_server.compile.scopes.about import About
    from trafficctl_server.compile.standings import Standing

_SERVING: Final = (ScopeKind.WORKLOAD, ScopeKind.DESTINATION, ScopeKind.EXPOSED_HOST)
_CALLING: Final = (ScopeKind.DESTINATION, ScopeKind.EXTERNAL, ScopeKind.GATEWAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An intent that stands in a cluster and could not come about there now, and why not."""

    intent: str
    why: Standing


def kept_places(about: About, slices: Iterable[TrafficSlice]) -> Mapping[str, Kept]:
    """Find the clusters of slices whose driver must not be asked."""
    found: dict[str, Kept] = {}
    for it in slices:
        for origin in it.origins:
            resolution = about.resolutions.get(origin.intent)
            if resolution is not None and _is_kept(about, resolution, it.cluster):
                why = (held for held in resolution.standings if held.cluster == it.cluster)
                lasting = next(held for held in why if held.lasting)
                found.setdefault(it.cluster, Kept(intent=origin.intent, why=lasting))
    return found


def _is_kept(about: About, resolution: Resolution, cluster: str) -> bool:
    """Say whether a part of an intent that is in this kind of scope stands only as it stood."""
    kind = about.scope.kind
    inside = isinstance(about.world.intents[resolution.intent], IntraclusterIntent)
    serves = kind in _SERVING and any(
        it.kept and it.cluster == cluster for it in resolution.serving
    )
    calls = (kind in _CALLING or (inside and kind is ScopeKind.WORKLOAD)) and any(
        it.kept and it.cluster == cluster for it in resolution.callers
    )
    return serves or calls
