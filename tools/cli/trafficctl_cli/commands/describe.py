"""``trafficctl describe``: all about one resource, on one page."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import click

from trafficctl_cli.commands.completing import complete_name
from trafficctl_cli.commands.options import Verb, about_the_server
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import TYPES, WRITTEN, method
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.names import wanted
from trafficctl_cli.staging.plans import reach_changes
from trafficctl_cli.views.describe_view import checked, heading, owned, realized, said
from trafficctl_cli.views.plan_view import particulars, picture
from trafficctl_cli.views.screen import Line


@click.command("describe", cls=Verb)
@click.argument("words", metavar="NAME...", nargs=-1, required=True, shell_complete=complete_name)
@about_the_server
@click.pass_obj
def command(session: Session, *, words: tuple[str, ...]) -> int:
    """Show all about resources: what they say, what became of them, what it is based on.

    An intent shows each cluster with notices and objects; a cluster what the server finds when it
    looks at it; an object the intents and fields that it follows from.
    """
    with session.connection() as connection:
        for index, word in enumerate(words):
            (asked, *_) = wanted(word, session.place)
            if not asked.name:
                raise CommandError(
                    Exit.USAGE, [f"{word!r} names no single resource: see trafficctl get {word}"]
                )
            get = asked.type.method("Get")
            message = connection.call(get, get.request(name=asked.name))
            session.screen.tell([""] if index else [])
            session.screen.tell(_page(connection, message))
    return Exit.OK


def _page(connection: Connection, message: Any) -> Iterator[Line]:
    kind = TYPES[message.DESCRIPTOR.name]
    parts: list[Iterable[Line]] = [heading(message)]
    if kind.name == "Realization":
        parts.append(realized([message]))
    elif kind.name == "ManagedObject":
        parts.append(owned(message))
    elif kind.is_intent:
        found = list(connection.listed(TYPES["Realization"], message.name))
        parts.append(realized(found))
    elif kind.name == "Plan":
        reach = reach_changes(connection, message.name)
        parts = [picture(message, reach), particulars(message)]
    elif kind.name == "Cluster":
        check = method("CheckCluster")
        answer = connection.call(check, check.request(name=message.name))
        parts.append(checked(answer.checks))
    if kind.name in WRITTEN:
        parts.append(said(message))
    return chain.from_iterable(parts)
