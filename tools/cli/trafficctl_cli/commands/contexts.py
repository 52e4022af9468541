"""``trafficctl contexts``: what the configuration file offers."""

import click

from trafficctl_cli.commands.options import Verb, about_the_server
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit
from trafficctl_cli.settings import DEFAULT_ADDRESS
from trafficctl_cli.views.table import table


@click.command("contexts", cls=Verb)
@about_the_server
@click.pass_obj
def command(session: Session) -> int:
    """Show the contexts of the configuration file; a star marks the one in use."""
    file = session.contexts()
    used = session.settings.context
    if not file.contexts:
        session.screen.note(f"{file.path} has no contexts")
        return Exit.OK
    rows = (
        (
            "*" if name == used else "",
            name,
            str(context.get("server", DEFAULT_ADDRESS)),
            str(context.get("in", "")),
        )
        for name, context in file.contexts.items()
    )
    session.screen.tell(table(("", "NAME", "SERVER", "IN"), rows))
    return Exit.OK
