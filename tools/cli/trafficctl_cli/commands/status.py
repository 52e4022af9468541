"""``trafficctl status``: what became of intents in each cluster, now or as it changes."""

import json
import time
from typing import Final

import click

from trafficctl_cli.commands.completing import complete_name
from trafficctl_cli.commands.options import Verb, about_the_server, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit
from trafficctl_cli.server.catalog import INTENTS, TYPES
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.following import Interest, News, follow
from trafficctl_cli.server.names import place
from trafficctl_cli.views.forms import as_json, as_yaml
from trafficctl_cli.views.status_page import page
from trafficctl_cli.views.status_view import (
    change_line,
    needs_people,
    rows_of,
    status_lines,
    summary,
)

_OFTEN: Final = 0.2  # seconds between two drawings of a page


@click.command("status", cls=Verb)
@click.argument("words", metavar="[INTENT|PLACE]...", nargs=-1, shell_complete=complete_name)
@click.option("--watch", is_flag=True, help="Go on, and tell every change until Ctrl-C.")
@output("table", "json", "yaml", "name")
@about_the_server
@click.pass_obj
def command(session: Session, *, words: tuple[str, ...], watch: bool, form: str) -> int:
    """Show what became of intents, cluster by cluster.

    Without words: of all intents below --in. What needs people comes first. With --watch a terminal
    shows the page as it changes; elsewhere each change is a line, with -o json an object. A
    connection that breaks is made again where it broke, and nothing is lost.

    Ends with 1 if something is refused, held or drifted.
    """
    interest = Interest(
        tuple(dict.fromkeys(place(word, session.place) for word in words))
        or (session.place or "projects/-",),
        (*INTENTS[:4], TYPES["Realization"]),
    )
    with session.connection() as connection:
        if watch:
            return _watch(session, connection, interest, form)
        news = next(follow(connection, interest))
    rows = rows_of(news.resources)
    if form == "name":
        session.screen.tell(dict.fromkeys(it.intent for it in rows))
    elif form in ("json", "yaml"):
        for text in (as_json if form == "json" else as_yaml)(it.as_json() for it in rows):
            session.screen.write(text)
    else:
        session.screen.tell([summary(news.resources, news.revision)])
        session.screen.tell(status_lines(news.resources))
    return Exit.DIFFERENT if needs_people(news.resources) else Exit.OK


def _watch(session: Session, connection: Connection, interest: Interest, form: str) -> int:
    if form == "table" and session.screen.out.is_terminal:
        drawn = 0.0
        with session.screen.live() as live:
            for news in follow(connection, interest, quiet=1):
                # What is left out now is drawn with the next change, or a second later.
                if news.broken or not news.changed or time.monotonic() > drawn + _OFTEN:
                    live.update(page(news, session.screen.out.size.height - 1), refresh=True)
                    drawn = time.monotonic()
        return Exit.OK
    broken = ""
    for news in follow(connection, interest):
        if news.broken and news.broken != broken:
            session.screen.note(f"connecting again: {news.broken}")
        broken = news.broken
        for name in news.changed:
            _tell(session, news, name, form)
    return Exit.OK


def _tell(session: Session, news: News, name: str, form: str) -> None:
    resource = news.resources.get(name)
    if form == "json":
        rows = rows_of({name: resource}) if resource is not None else ()
        told = rows[0].as_json() if rows else {"name": name, "state": "GONE"}
        line = json.dumps({"revision": news.revision, **told}, ensure_ascii=False)
    elif form == "name":
        line = name
    else:
        line = change_line(name, resource)
    session.screen.tell([line])
