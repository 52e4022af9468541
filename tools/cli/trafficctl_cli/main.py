"""The command's entry: finds the verb, runs it, and turns whatever happens into an exit code."""

import os
import sys
from collections.abc import Sequence

import click

from trafficctl_cli.exits import CommandError, Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    :param arguments: without the program's name; None: those of the process.
    :returns: the exit code; ``docs/cli.md`` has the table.
    """
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # its own lines on stderr help nobody
    from trafficctl_cli.commands.root import root  # noqa: PLC0415 - gRPC reads it when loaded
    from trafficctl_cli.commands.session import Session  # noqa: PLC0415 - as above

    session = Session()
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = root.main(given, prog_name="trafficctl", standalone_mode=False, obj=session)
        session.screen.flush()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        return Exit.INTERRUPTED
    except CommandError as error:
        session.fail(error)
        return error.exit
    return int(code or Exit.OK)
