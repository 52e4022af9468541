"""``trafficctl drivers``: what is installed, what it can, and why something is refused."""

import click

from trafficctl_cli.commands.options import Verb, about_the_server, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit
from trafficctl_cli.server.catalog import TYPES
from trafficctl_cli.views.columns import columns, enum_word
from trafficctl_cli.views.forms import as_json, as_yaml, document
from trafficctl_cli.views.table import table


@click.command("drivers", cls=Verb)
@click.option("--fields", is_flag=True, help="The fields that each driver enforces.")
@output("table", "wide", "json", "yaml", "name")
@about_the_server
@click.pass_obj
def command(session: Session, *, fields: bool, form: str) -> int:
    """Show the server's drivers.

    A field that no driver of a cluster enforces is refused there: --fields says what may be asked.
    Ends with 1 if a driver is refused.
    """
    with session.connection() as connection:
        found = list(connection.listed(TYPES["Driver"], ""))
    if form == "name":
        session.screen.tell(it.name for it in found)
    elif form in ("json", "yaml"):
        for text in (as_json if form == "json" else as_yaml)(document(it) for it in found):
            session.screen.write(text)
    elif fields:
        rows = (
            (driver.name, it.field_path, enum_word(it, "support"), it.since, it.note)
            for driver in found
            for it in driver.capabilities
        )
        session.screen.tell(table(("DRIVER", "FIELD", "SUPPORT", "SINCE", "NOTE"), rows))
    else:
        chosen = columns("Driver", wide=form == "wide")
        rows_of = ([it.cell(each) for it in chosen] for each in found)
        session.screen.tell(table([it.head for it in chosen], rows_of))
    refused = any(enum_word(it, "state") == "REFUSED" for it in found)
    return Exit.DIFFERENT if refused else Exit.OK
