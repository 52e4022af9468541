"""``trafficctl version``."""

import click

from trafficctl_cli import __version__
from trafficctl_cli.commands.options import Verb
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit


@click.command("version", cls=Verb)
@click.pass_obj
def command(session: Session) -> int:
    """Show the version of this command."""
    session.screen.tell([f"trafficctl {__version__}"])
    return Exit.OK
