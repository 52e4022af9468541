"""Waiting until intents have come to rest; ``wait`` and ``apply --wait`` do it alike."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit
from trafficctl_cli.server.catalog import INTENTS
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.following import Interest, follow
from trafficctl_cli.views.columns import enum_word, short

_SHOWN = 3


def settled(
    session: Session,
    connection: Connection,
    names: Collection[str],
    places: Sequence[str],
    end: float,
) -> int:
    """Wait until intents have come to rest, and tell how.

    :param names: of the intents; empty: whatever is at the places.
    :param end: point of ``time.monotonic``.
    :raises Failure: the server cannot be followed.
    """
    wanted = frozenset(names)
    busy: dict[str, Any] = {}
    with session.screen.progress("waiting") as step:
        for news in follow(connection, Interest(tuple(places), INTENTS[:4]), deadline=end):
            there = {
                name: it for name, it in news.resources.items() if not wanted or name in wanted
            }
            missing = _missing(wanted or places, there)
            if missing:
                session.screen.note(f"error: no intent is at {missing}")
                return Exit.NOT_FOUND
            busy = {name: it for name, it in there.items() if _is_busy(it)}
            if not busy:
                step.stop()
                return _told(session, there)
            step.say(f"waiting for {shown(busy)}")
    session.screen.note(f"error: not settled in time: {shown(busy)}")
    return Exit.TIMEOUT


def gone(session: Session, connection: Connection, places: Sequence[str], end: float) -> int:
    """Wait until no intent is at some places.

    :raises Failure: the server cannot be followed.
    """
    there: dict[str, Any] = {}
    with session.screen.progress("waiting") as step:
        for news in follow(connection, Interest(tuple(places), INTENTS[:4]), deadline=end):
            there = news.resources
            if not there:
                return Exit.OK
            step.say(f"waiting for {shown(there)}")
    session.screen.note(f"error: not gone in time: {shown(there)}")
    return Exit.TIMEOUT


def shown(intents: Mapping[str, Any]) -> str:
    """Name a few of many."""
    few = list(intents.values())[:_SHOWN]
    named = ", ".join(f"{short(it.name)} ({enum_word(it, 'state') or 'new'})" for it in few)
    more = len(intents) - len(few)
    return f"{named} and {more} more" if more else named


def _missing(places: Collection[str], there: Mapping[str, Any]) -> str:
    return next((it for it in places if not any(_within(it, name) for name in there)), "")


def _within(place: str, name: str) -> bool:
    parts, given = place.split("/"), name.split("/")
    return len(parts) <= len(given) and all(
        part in ("-", it) for part, it in zip(parts, given, strict=False)
    )


def _is_busy(intent: Any) -> bool:
    return bool(intent.reconciling or intent.observed_generation < intent.generation)


def _told(session: Session, intents: Mapping[str, Any]) -> int:
    states = {name: enum_word(it, "state") for name, it in intents.items()}
    session.screen.tell(f"{name} {state}" for name, state in states.items())
    well = all(it in {"SETTLED", "NOT_APPLICABLE"} for it in states.values())
    return Exit.OK if well else Exit.DIFFERENT
