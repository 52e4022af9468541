"""``trafficctl wait``: until intents have come to rest, or are gone."""

import time

import click

from trafficctl_cli.commands.completing import complete_name
from trafficctl_cli.commands.options import Duration, Verb, about_the_server
from trafficctl_cli.commands.session import Session
from trafficctl_cli.commands.settling import gone, settled
from trafficctl_cli.server.names import place


@click.command("wait", cls=Verb)
@click.argument(
    "words", metavar="INTENT|PLACE...", nargs=-1, required=True, shell_complete=complete_name
)
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
    places = list(dict.fromkeys(place(word, session.place) for word in words))
    end = time.monotonic() + within
    with session.connection() as connection:
        if goal == "gone":
            return gone(session, connection, places, end)
        return settled(session, connection, (), places, end)
