"""What must hold before a wish is accepted: contradictions, mismatches, addresses needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from trafficctl_sdk.model.outbound_intent import OutboundIntent

from trafficctl_server.compile.addresses import address_keys
from trafficctl_server.compile.contradictions import contradictions_in
from trafficctl_server.compile.destinations import destination
from trafficctl_server.compile.guards import namespaces_touched, scopes_touched
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.resolve import Resolution, resolve, view_of
from trafficctl_server.compile.sayings import saying_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.destinations import Destination
    from trafficctl_server.compile.merging import Contradiction
    from trafficctl_server.compile.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What accepting one intent would mean.

    :ivar scopes: names of everything that the judgement rests on; nothing of it may have
        changed when the intent is written.
    :ivar namespaces: names of the namespaces whose callable hosts it changes.
    :ivar addresses: keys of all virtual addresses that it needs.
    :ivar view: its destination as all intents would then describe it; none for outbound.
    """

    contradictions: tuple[Contradiction, ...]
    resolution: Resolution
    scopes: tuple[str, ...]
    namespaces: tuple[str, ...]
    addresses: tuple[str, ...]
    view: Destination | None


def try_intent(candidate: ConnectivityIntent, world: World) -> Trial:
    """Judge an intent as if it were in the world; the world is the same afterwards."""
    with world.trying(candidate):
        return trial_of(candidate, world)


def trial_of(intent: ConnectivityIntent, world: World) -> Trial:
    """Judge an intent that is in the world."""
    scopes = world.scopes_of_intent(intent.name)
    return Trial(
        contradictions=tuple(_contradictions(intent, scopes, world)),
        resolution=resolve(intent, world),
        scopes=scopes_touched(intent, world),
        namespaces=namespaces_touched(intent.name, world),
        addresses=tuple(sorted(set(address_keys(intent, world)))),
        view=None if isinstance(intent, OutboundIntent) else view_of(intent, world),
    )


def _contradictions(
    candidate: ConnectivityIntent, scopes: frozenset[Scope], world: World
) -> Iterator[Contradiction]:
    seen = set()
    for scope in sorted(scopes):
        for it in world.memo.answer(
            ("contradictions", str(scope)), partial(contradictions_in, scope, world)
        ):
            key = (it.first.about, it.first.intent, it.second.intent)
            if candidate.name in key[1:] and key not in seen:
                seen.add(key)
                yield it
    served = served_workload(candidate)
    if served and served not in world.workloads:
        # Its destination is not known yet, but who else names the same workload is.
        others = [world.intents[name] for name in world.intents_referring_to(served)]
        alike = [
            it
            for it in others
            if not isinstance(it, OutboundIntent) and served_workload(it) == served
        ]
        for it in destination([saying_of(it) for it in alike]).contradictions:
            if candidate.name in (it.first.intent, it.second.intent):
                yield it
