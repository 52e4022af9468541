"""Which slice of each place was rendered last, by what, and what held it up."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.manifests import Notice
from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.drivers.results import Failure, RefusedSlice
from trafficctl_server.reconcile.converging import Failing
from trafficctl_server.store.records import SliceRow

if TYPE_CHECKING:
    from trafficctl_sdk.slices import TrafficSlice

    from trafficctl_server.drivers.results import RenderResult
    from trafficctl_server.drivers.roster import DriverStatus

Reason = Convergence.Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What was rendered last for one scope in one cluster.

    :ivar digest: of the slice; with the driver's version the key of the rendering.
    :ivar calling: the slice says that a destination is called there.
    :ivar failing: why the last good rendering stays in force instead; none: it was rendered.
    """

    scope: str
    cluster: str
    driver: str
    version: str
    digest: str
    calling: bool = False
    failing: Failing | None = None
    notices: tuple[Notice, ...] = ()

    def row(self) -> SliceRow:
        """Give its row."""
        kept: dict[str, object] = {}
        if self.failing is not None:
            kept["failing"] = [self.failing.reason, self.failing.detail, self.failing.field]
        if self.notices:
            kept["notices"] = [to_json(it) for it in self.notices]
        return SliceRow(
            scope=self.scope,
            cluster=self.cluster,
            driver=self.driver,
            driver_version=self.version,
            digest=self.digest,
            failure=orjson.dumps(kept) if kept else b"",
            calling=self.calling,
        )


def is_calling(slice_: TrafficSlice) -> bool:
    """Say whether a slice says that its destination is called in its cluster."""
    return slice_.destination is not None and slice_.destination.calling is not None


def mark_of(row: SliceRow) -> Mark:
    """Make a mark of a stored row."""
    kept = orjson.loads(row.failure) if row.failure else {}
    failing = kept.get("failing")
    return Mark(
        scope=sys.intern(row.scope),
        cluster=sys.intern(row.cluster),
        driver=sys.intern(row.driver),
        version=sys.intern(row.driver_version),
        digest=row.digest,
        calling=row.calling,
        failing=(
            Failing(reason=Reason(failing[0]), detail=failing[1], field=failing[2])
            if failing
            else None
        ),
        notices=tuple(_notice_of(it) for it in kept.get("notices", ())),
    )


def _notice_of(said: object) -> Notice:
    it = from_json(Notice, said)
    intent, reason, field, text = map(sys.intern, (it.intent, it.reason, it.field, it.text))
    return Notice(intent=intent, reason=reason, field=field, text=text)


def failing_of(driver: str, result: RenderResult) -> Failing | None:
    """Say why a driver gave no rendering; none: it gave one."""
    outcome = result.outcome
    if isinstance(outcome, RefusedSlice):
        first = outcome.violations[0] if outcome.violations else None
        known = first is not None and first.rule in Reason.__members__
        return Failing(
            reason=Reason(first.rule) if first and known else Reason.FIELD_NOT_SUPPORTED,
            detail="; ".join(it.description for it in outcome.violations) or f"driver {driver}",
            field=first.field if first is not None else "",
        )
    if isinstance(outcome, Failure):
        return Failing(
            reason=Reason.DRIVER_FAILED,
            detail=f"driver {driver}: {outcome.kind.value.lower()}: {outcome.text}",
        )
    return None


def unrendered(slice_: TrafficSlice, digest: str, driver: DriverStatus | None, why: str) -> Mark:
    """Give the mark of a slice that nobody renders.

    :param why: there is no driver, if so.
    """
    detail = (
        f"driver {driver.name} renders nothing for a {slice_.scope.kind.value}" if driver else why
    )
    return Mark(
        scope=str(slice_.scope),
        cluster=slice_.cluster,
        driver=driver.name if driver is not None else "",
        version=driver.rendering_version if driver is not None else "",
        digest=digest,
        calling=is_calling(slice_),
        failing=Failing(reason=Reason.NO_DRIVER, detail=detail),
    )
