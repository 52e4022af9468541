"""``trafficctl graph``: who may call whom, as a table or as a picture."""

from collections.abc import Iterator
from typing import Any, Final

import click
from trafficctl.v2.reachability_pb2 import FetchReachabilityGraphRequest

from trafficctl_cli.commands.basis import basis_of
from trafficctl_cli.commands.options import Verb, about_the_server, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.graph.mermaid import mermaid
from trafficctl_cli.graph.picture import Picture, picture_of
from trafficctl_cli.graph.svg import svg
from trafficctl_cli.server.catalog import method
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.views.forms import message_json, one_json
from trafficctl_cli.views.screen import Line
from trafficctl_cli.views.table import table

_PAGE: Final = 1000


@click.command("graph", cls=Verb)
@click.argument("place", required=False)
@click.option("--cluster", "clusters", multiple=True, help="Only what runs there.")
@click.option(
    "--basis",
    default="desired",
    show_default=True,
    metavar="BASIS",
    help="desired (what is wanted), delivered, observed, or the name of a plan.",
)
@output("table", "mermaid", "svg", "json")
@about_the_server
@click.pass_obj
def command(
    session: Session, *, place: str | None, clusters: tuple[str, ...], basis: str, form: str
) -> int:
    """Show who may call whom in a project, bundle version or group (default: --in).

    trafficctl graph projects/demo -o svg > graph.svg
    trafficctl graph -o mermaid --basis projects/demo/plans/spring
    """
    parent = (place or session.place).strip("/")
    if not parent:
        raise CommandError(Exit.USAGE, ["say which project, bundle version or group, or --in"])
    request = FetchReachabilityGraphRequest(
        parent=parent, basis=basis_of(basis, session.place), page_size=_PAGE
    )
    if clusters:
        names = (f"clusters/{it.removeprefix('clusters/')}" for it in clusters)
        request.clusters.names.clusters.extend(names)
    with session.connection() as connection:
        pages = list(_pages(connection, request))
    if form == "json":
        nodes = {it.id: message_json(it) for page in pages for it in page.nodes}
        edges = [message_json(it) for page in pages for it in page.edges]
        session.screen.write(one_json({"nodes": list(nodes.values()), "edges": edges}))
        return Exit.OK
    picture = picture_of(pages)
    if form == "svg":
        session.screen.write(svg(picture))
    else:
        session.screen.tell(mermaid(picture) if form == "mermaid" else _rows(picture))
    return Exit.OK


def _pages(connection: Connection, request: FetchReachabilityGraphRequest) -> Iterator[Any]:
    fetch = method("FetchReachabilityGraph")
    while True:
        page = connection.call(fetch, request)
        yield page
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token


def _rows(picture: Picture) -> Iterator[Line]:
    texts = {it.id: it.text for it in picture.nodes}
    rows = (
        (
            texts.get(it.caller, it.caller),
            texts.get(it.called, it.called),
            it.label,
            it.state,
            "; ".join(it.note.splitlines()),
        )
        for it in picture.edges
    )
    return table(("CALLER", "CALLED", "PORTS", "STATE", "WHAT"), rows)
