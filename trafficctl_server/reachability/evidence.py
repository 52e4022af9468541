"""What verdicts on calls rest on: the objects of a view, and what runs where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import orjson
from trafficctl_sdk.explain import PlacedObject

from trafficctl_server.compile.calls import Concern
from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.drivers.comparison import Side
from trafficctl_server.reconcile.converging import managed_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_server.compile.world import World
    from trafficctl_server.reachability.asking import Asked
    from trafficctl_server.reachability.views import View
    from trafficctl_server.reconcile.entry import Entry

Known: TypeAlias = dict[tuple[str, bytes, tuple[str, ...]], PlacedObject]
"""Objects that were read before, by all that is told of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What some calls concern, and the objects that are found there."""

    concern: Concern
    found: Sequence[tuple[Entry, bytes]]

    def names(self) -> Mapping[str, str]:
        """Give the resource names of the objects, by the names that verdicts give them."""
        return {called(entry): managed_name(entry) for entry, _ in self.found}

    def side(self, world: World, known: Known) -> Side:
        """Give what a driver is told; what is told of another side in equal words is read once."""
        concern = self.concern
        return Side(
            objects=[_placed(entry, body, known) for entry, body in self.found],
            inventory=inventory_of(world, concern.clusters, concern.workloads, concern.scopes),
        )


async def evidence(view: View, calls: Sequence[Asked]) -> Evidence:
    """Look at what some calls concern together: the others' objects change no verdict.

    :raises Unseen: something of it cannot be looked at.
    """
    apart = {id(it.concern): it.concern for it in calls}  # many calls share one
    widened = [await view.widened(it) for it in apart.values()]
    concern = Concern(
        scopes=tuple(sorted({it for one in widened for it in one.scopes})),
        clusters=tuple(sorted({it for one in widened for it in one.clusters})),
        workloads=tuple(sorted({it for one in widened for it in one.workloads})),
    )
    return Evidence(concern=concern, found=await view.objects(concern.scopes, concern.clusters))


def called(entry: Entry) -> str:
    """Name an object as verdicts do."""
    return f"{entry.cluster}/{entry.key.kind}/{entry.key.namespace}/{entry.key.name}"


def _placed(entry: Entry, body: bytes, known: Known) -> PlacedObject:
    origins = tuple(it.intent for it in entry.origins)
    told = (entry.cluster, body, origins)
    if told not in known:
        known[told] = PlacedObject(cluster=entry.cluster, body=orjson.loads(body), origins=origins)
    return known[told]
