"""Answers questions about what is wanted now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import orjson
from trafficctl_sdk.explain import MissingFact, PlacedObject, Verdict, VerdictKind
from trafficctl_sdk.slices import Scope

from trafficctl_server.compile.surroundings import inventory_of
from trafficctl_server.drivers.results import DriverError
from trafficctl_server.reachability.asking import calls_of
from trafficctl_server.reconcile.converging import managed_name
from trafficctl_server.reconcile.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_server.compile.world import World
    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.world_feed import WorldFeed
    from trafficctl_server.reachability.asking import Asked
    from trafficctl_server.reachability.questions import Question
    from trafficctl_server.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One call, explained.

    :ivar caller_cluster: id; empty for a caller outside.
    :ivar names: resource names of managed objects, by the names that the verdict gives them.
    :ivar revision: of the store; all that was accepted up to it is in the verdict.
    """

    caller_cluster: str
    verdict: Verdict
    names: Mapping[str, str]
    revision: int


Desired: TypeAlias = Callable[
    [Collection[Scope], Collection[str]], Awaitable[Sequence[tuple[Entry, bytes]]]
]
"""Gives what is wanted of scopes in clusters, with each object as JSON."""


class Explainer:
    """Asks drivers; holds nothing."""

    def __init__(
        self,
        *,
        store: Store,
        feed: WorldFeed,
        drivers: DriverHost,
        admission: DriverAdmission,
        desired: Desired,
    ) -> None:
        self._store = store
        self._feed = feed
        self._world: World = feed.world
        self._drivers = drivers
        self._admission = admission
        self._desired = desired

    async def explain(self, question: Question) -> tuple[Explained, ...]:
        """Answer a question: one explanation for each cluster that the caller calls from.

        What was accepted before is waited for until it is rendered.

        :raises Failure: an end of the call is not known.
        :raises StoreUnavailable: the objects cannot be read.
        """
        revision = self._store.revision
        await self._feed.reached(revision)
        calls = calls_of(question, self._world)
        return tuple([await self._explain(call, revision) for call in calls])

    async def _explain(self, call: Asked, revision: int) -> Explained:
        found: Sequence[tuple[Entry, bytes]] = ()
        verdict = _unknown(*call.missing)
        if call.request is not None:
            found = await self._desired(call.concern.scopes, call.concern.clusters)
            verdict = await self._verdict(call.request, call, found)
        return Explained(
            caller_cluster=call.caller_cluster,
            verdict=verdict,
            names={_called(entry): managed_name(entry) for entry, _ in found},
            revision=revision,
        )

    async def _verdict(
        self, request: ExplainRequest, call: Asked, found: Sequence[tuple[Entry, bytes]]
    ) -> Verdict:
        driver = self._driver(call)
        if not driver:
            text = "no driver serves the clusters concerned, so nobody can say"
            return _unknown(MissingFact(kind="driver", text=text))
        objects = [
            PlacedObject(
                cluster=entry.cluster,
                body=orjson.loads(body),
                origins=tuple(it.intent for it in entry.origins),
            )
            for entry, body in found
        ]
        inventory = inventory_of(self._world, call.concern.clusters, call.concern.workloads)
        try:
            return await self._drivers.explain(driver, request, objects, inventory)
        except DriverError as error:
            return _unknown(MissingFact(kind="driver", text=str(error)))

    def _driver(self, call: Asked) -> str:
        """Choose the driver of the caller's cluster, else of one where the call may land."""
        for cluster in (call.caller_cluster, *call.concern.clusters):
            here = self._world.clusters.get(cluster)
            driver = self._admission.serving(here) if here is not None else None
            if driver is not None:
                return driver.name
        return ""


def _called(entry: Entry) -> str:
    """Name an object as verdicts do."""
    return f"{entry.cluster}/{entry.key.kind}/{entry.key.namespace}/{entry.key.name}"


def _unknown(*missing: MissingFact) -> Verdict:
    text = "; ".join(it.text for it in missing)
    return Verdict(kind=VerdictKind.UNKNOWN, missing=tuple(missing), text=text)
