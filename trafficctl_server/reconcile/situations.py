"""Gathers what an intent's convergence follows from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trafficctl_sdk.model.convergence import Convergence, Notice
from trafficctl_sdk.slices import Scope

from trafficctl_server.compile.resolve import resolve
from trafficctl_server.reconcile.converging import Situation

if TYPE_CHECKING:
    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.reconcile.compiling import Compiling
    from trafficctl_server.reconcile.converging import Failing
    from trafficctl_server.reconcile.departures import Departures
    from trafficctl_server.reconcile.keeping import LedgerKeeper

Reason = Convergence.Reason


class Situations:
    """Looks an intent up in the world, in what was compiled and in the ledger."""

    def __init__(
        self,
        world: World,
        admission: DriverAdmission,
        compiling: Compiling,
        keeper: LedgerKeeper,
        departures: Departures,
    ) -> None:
        self._world = world
        self._admission = admission
        self._compiling = compiling
        self._keeper = keeper
        self._departures = departures

    def of(self, name: str) -> Situation | None:
        """Give the situation of an intent; none: nobody wishes it and nothing of it is left."""
        intent = self._world.intents.get(name)
        if intent is None:
            return self._leaving(name)
        resolution = resolve(intent, self._world)
        entries = self._keeper.entries.of_intent(name)
        clusters = {*resolution.roles, *(it.cluster for it in entries)}
        busy: set[str] = set()
        failing: dict[str, Failing] = {}
        notices: defaultdict[str, list[Notice]] = defaultdict(list)
        # What it left behind in scopes that it no longer touches is part of it until it is gone.
        left = {Scope.parse(it.scope) for it in entries}
        for scope in sorted(left | self._world.scopes_of_intent(name)):
            blocked = self._compiling.blocked(scope)
            for cluster in sorted(clusters):
                if self._compiling.busy(scope, cluster):
                    busy.add(cluster)
                held_back = blocked or self._compiling.held_back(scope, cluster)
                if held_back is not None:
                    failing[cluster] = held_back
                mark = self._compiling.mark(scope, cluster)
                if mark is None:
                    continue
                if mark.failing is not None:
                    failing.setdefault(cluster, mark.failing)
                notices[cluster] += [
                    Notice(reason=Reason(it.reason), field=it.field, text=it.text)
                    for it in mark.notices
                    if it.intent in ("", name)
                ]
        for cluster in clusters & self._keeper.replaced_targets:
            notices[cluster].append(
                Notice(
                    reason=Reason.TARGET_REPLACED,
                    text="another target answers than before; nothing in it was removed",
                )
            )
        known = {it: self._world.clusters[it] for it in clusters if it in self._world.clusters}
        return Situation(
            intent=name,
            uid=intent.uid,
            generation=intent.generation,
            accepted_time=intent.update_time or 0,
            resolution=resolution,
            entries=entries,
            busy=frozenset(busy),
            failing=failing,
            notices={cluster: tuple(it) for cluster, it in notices.items()},
            drivers={
                cluster: driver.name
                for cluster, it in known.items()
                if (driver := self._admission.serving(it)) is not None
            },
            settled_at={
                cluster: it.settled_at for cluster, it in known.items() if it.settled_at is not None
            },
        )

    def _leaving(self, name: str) -> Situation | None:
        departure = self._departures.get(name)
        if departure is None:
            return None
        entries = self._keeper.entries.of_intent(name)
        failing: dict[str, Failing] = {}
        for it in entries:
            scope = Scope.parse(it.scope)
            mark = self._compiling.mark(scope, it.cluster)
            held = (
                self._compiling.blocked(scope)
                or self._compiling.held_back(scope, it.cluster)
                or (mark.failing if mark is not None else None)
            )
            if held is not None:
                failing[it.cluster] = held
        return Situation(
            intent=name,
            uid=departure.uid,
            generation=departure.generation,
            accepted_time=departure.accepted_time,
            resolution=None,
            entries=entries,
            busy=frozenset(),
            failing=failing,
            notices={},
            drivers={},
            settled_at={},
            leaving=True,
        )
