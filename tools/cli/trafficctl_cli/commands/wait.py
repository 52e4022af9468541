"""``trafficctl wait``: until intents have come to rest, or are gone."""

import time
from collections.abc import Mapping
from typing import Any

import click

from trafficctl_cli.commands.options import Duration, Verb, about_the_server
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit
from trafficctl_cli.server.catalog import INTENTS
from trafficctl_cli.server.following import Interest, follow
from trafficctl_cli.server.names import place
from trafficctl_cli.views.columns import enum_word, short


@click.command("wait", cls=Verb)
@click.argument("words", metavar="INTENT|PLACE...", nargs=-1, required=True)
@click.option(
    "--for",
    "goal",
    type=click.Choice(["settled", "gone"]),
    default="settled",
    show_default=True,
    help="What to wait for.",
)
@click.option(
    "--within", type=Duration(), default="5m", show_default=True, help="How long to wait at most."
)
@about_the_server
@click.pass_obj
def command(session: Session, *, words: tuple[str, ...], goal: str, within: float) -> int:
    """Wait until intents are settled, or gone.

    A word is an intent, or a place for all intents in it. An intent has come to rest once the
    server looked at its newest generation and nothing is under way for it by itself.

    Ends with 0 if all are settled, with 1 if one came to rest otherwise (refused, held, drifted),
    with 4 if there is none, with 7 if it takes too long.
    """
    named = [place(word, session.place) for word in words]
    interest = Interest(tuple(dict.fromkeys(named)), INTENTS[:4])
    end = time.monotonic() + within
    last: dict[str, Any] = {}
    with session.connection() as connection, session.screen.progress("waiting") as step:
        for news in follow(connection, interest, deadline=end):
            last = news.resources
            missing = [it for it in named if not any(_within(it, name) for name in last)]
            if goal == "gone":
                if not last:
                    return Exit.OK
            elif missing:
                session.screen.note(f"error: no intent is at {missing[0]}")
                return Exit.NOT_FOUND
            elif not _busy(last):
                return _told(session, last)
            step.say(f"waiting for {_shown(last if goal == 'gone' else _busy(last))}")
    late = last if goal == "gone" else _busy(last)
    session.screen.note(f"error: not {goal} within {within:g} s: {_shown(late)}")
    return Exit.TIMEOUT


def _within(place: str, name: str) -> bool:
    parts, given = place.split("/"), name.split("/")
    return len(parts) <= len(given) and all(
        part in ("-", it) for part, it in zip(parts, given, strict=False)
    )


def _busy(intents: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: it
        for name, it in intents.items()
        if it.reconciling or it.observed_generation < it.generation
    }


def _told(session: Session, intents: Mapping[str, Any]) -> int:
    settled = True
    for it in intents.values():
        state = enum_word(it, "state")
        settled &= state in {"SETTLED", "NOT_APPLICABLE"}
        session.screen.tell([f"{it.name} {state}"])
    return Exit.OK if settled else Exit.DIFFERENT


def _shown(intents: Mapping[str, Any]) -> str:
    few = list(intents.values())[:3]
    shown = ", ".join(f"{short(it.name)} ({enum_word(it, 'state') or 'new'})" for it in few)
    more = len(intents) - len(few)
    return f"{shown} and {more} more" if more else shown
