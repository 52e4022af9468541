"""``trafficctl diff``: what files would change in the clusters."""

import click

from trafficctl_cli.commands.drafting import draft
from trafficctl_cli.commands.options import Verb, about_the_server, files, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit
from trafficctl_cli.staging.plans import drop, dropped_on_error, object_changes
from trafficctl_cli.views.forms import as_json, as_yaml, message_json
from trafficctl_cli.views.plan_view import object_diff


@click.command("diff", cls=Verb)
@files()
@output("text", "json", "yaml", "name")
@about_the_server
@click.pass_obj
def command(session: Session, *, paths: tuple[str, ...], form: str) -> int:
    """Show what files would change in the objects of each cluster, and leave nothing behind.

    Ends with 0 if nothing would change, with 1 if something would.
    """
    with draft(session, paths) as made:
        name = made.plan.name
        with dropped_on_error(made.connection, name):
            changes = list(object_changes(made.connection, name))
        drop(made.connection, name)
    if form == "text":
        session.screen.tell(object_diff(changes))
    elif form == "name":
        session.screen.tell(it.object for it in changes)
    else:
        for text in (as_json if form == "json" else as_yaml)(map(message_json, changes)):
            session.screen.write(text)
    return Exit.DIFFERENT if changes else Exit.OK
