"""What a compiled scope asks for, place by place; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard

from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.compile.admission import is_leaving
from trafficctl_server.reconcile.converging import Failing
from trafficctl_server.reconcile.marks import is_calling

if TYPE_CHECKING:
    from collections.abc import Collection

    from trafficctl_sdk.model.cluster import Cluster
    from trafficctl_sdk.slices import TrafficSlice

    from trafficctl_server.compile.compiler import Compiled
    from trafficctl_server.compile.merging import Contradiction
    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.roster import DriverStatus
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.reconcile.marks import Mark


def withdrawn(compiled: Compiled, places: Collection[str], world: World) -> list[str]:
    """Give the clusters that hold something of a scope and shall hold nothing of it any more.

    What contradicts itself keeps what stands; a cluster is left all the same.

    :param places: the clusters that may hold something of it.
    """
    if compiled.contradictions:
        return left(places, world)
    staying = {it.cluster for it in compiled.slices}
    return sorted(it for it in places if it not in staying)


def left(places: Collection[str], world: World) -> list[str]:
    """Give the clusters that are gone, or where nothing is to stay."""
    found = ((it, world.clusters.get(it)) for it in places)
    return sorted(name for name, here in found if here is None or is_leaving(here))


def contradicted(found: Contradiction) -> Failing:
    """Say why a scope cannot be compiled whose intents contradict each other."""
    return Failing(
        reason=Convergence.Reason.INTENT_CONFLICT,
        detail=f"{found.first.intent} ({found.first.field}) contradicts "
        f"{found.second.intent} ({found.second.field}): {found.first.way_out}",
        field=found.first.field,
    )


def calling(compiled: Compiled) -> list[str]:
    """Give the clusters where a destination is called."""
    return [it.cluster for it in compiled.slices if is_calling(it)]


def is_rendered(digest: str, mark: Mark | None, driver: DriverStatus | None) -> bool:
    """Say whether a slice was rendered last, by the very driver that would render it now."""
    name = driver.name if driver is not None else ""
    version = driver.rendering_version if driver is not None else ""
    return mark is not None and (mark.digest, mark.driver, mark.version) == (digest, name, version)


def outlived(
    mark: Mark | None, driver: DriverStatus | None, here: Cluster, admission: DriverAdmission
) -> bool:
    """Say whether what a driver rendered last counts no more, and no other renders in its place."""
    return driver is None and mark is not None and not admission.fits(mark.driver, here)


def renders(driver: DriverStatus | None, slice_: TrafficSlice) -> TypeGuard[DriverStatus]:
    """Say whether a driver has anything to do with a slice."""
    return driver is not None and slice_.scope.kind in driver.scope_kinds
