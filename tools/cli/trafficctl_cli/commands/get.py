"""``trafficctl get``: resources as a table, or as documents."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

import click

from trafficctl_cli.commands.completing import complete_type
from trafficctl_cli.commands.options import Verb, about_the_server, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit
from trafficctl_cli.server.catalog import WILDCARD
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.server.names import Wanted, wanted
from trafficctl_cli.views.columns import columns
from trafficctl_cli.views.forms import as_json, as_yaml, document, one_json
from trafficctl_cli.views.table import table


@click.command("get", cls=Verb)
@click.argument(
    "words", metavar="TYPE|NAME...", nargs=-1, required=True, shell_complete=complete_type
)
@output("table", "wide", "json", "yaml", "name")
@click.option("--filter", "narrowed", metavar="AIP-160", help="Only what fits, as in: labels.a=b")
@click.option("--order-by", metavar="FIELDS", help="As in: update_time desc. Default: by name.")
@click.option(
    "--writable",
    is_flag=True,
    help="With json and yaml: only what clients write, so that apply takes it as it is.",
)
@about_the_server
@click.pass_obj
def command(
    session: Session,
    *,
    words: tuple[str, ...],
    form: str,
    narrowed: str | None,
    order_by: str | None,
    writable: bool,
) -> int:
    """Show resources.

    A word is a name (clusters/east), a type (clusters, workloads), a collection with its place
    (projects/p/.../interclusterIntents), or intents for intents of all types. Relative names and
    types are looked for below --in; without it a type means all there are.

      trafficctl get clusters
      trafficctl get intents --in projects/demo
      trafficctl get workloads -o yaml --writable > workloads.yaml
    """
    asked = [it for word in words for it in wanted(word, session.place)]
    with session.connection() as connection:
        found = chain.from_iterable(
            _read(connection, it, filter=narrowed or "", order_by=order_by or "") for it in asked
        )
        if form == "name":
            session.screen.tell(it.name for it in found)
        elif form in ("json", "yaml"):
            documents = (document(it, writable=writable) for it in found)
            _write(session, form, documents, single=len(asked) == 1 and bool(asked[0].name))
        else:
            _tables(session, asked, found, wide=form == "wide")
    return Exit.OK


def _read(connection: Connection, asked: Wanted, **narrowing: str) -> Iterator[Any]:
    if asked.name:
        get = asked.type.method("Get")
        yield connection.call(get, get.request(name=asked.name))
        return
    try:
        yield from connection.listed(asked.type, asked.parent, **narrowing)
    except Failure as failure:
        if not (asked.one_of_many and failure.reason == "UNIMPLEMENTED"):
            raise


def _write(session: Session, form: str, documents: Iterable[Any], *, single: bool) -> None:
    if form == "json" and single:
        session.screen.write(one_json(next(iter(documents))))
        return
    for text in as_json(documents) if form == "json" else as_yaml(documents):
        session.screen.write(text)


def _tables(session: Session, asked: Sequence[Wanted], found: Iterable[Any], *, wide: bool) -> None:
    shown = False
    places = [] if wide else [it.parent for it in asked if WILDCARD not in it.parent.split("/")]
    places.sort(key=len, reverse=True)
    for chosen, group in groupby(found, key=lambda it: columns(it.DESCRIPTOR.name, wide=wide)):
        rows = ([_cell(it.cell(each), places) for it in chosen] for each in group)
        if shown:
            session.screen.tell([""])
        session.screen.tell(table([it.head for it in chosen], rows))
        shown = True
    if not shown:
        session.screen.note("nothing there")


def _cell(text: str, places: Iterable[str]) -> str:
    """Leave out of a name what was asked for."""
    for place in places:
        if place and text.startswith(f"{place}/"):
            return text.removeprefix(f"{place}/")
    return text
