"""``trafficctl`` itself: what it is, and which verbs it has."""

from importlib import import_module
from typing import Any, Final

import click

from trafficctl_cli.commands.options import EPILOG, about_the_server

_VERBS: Final = {
    "apply": "apply",
    "completion": "completion",
    "contexts": "contexts",
    "delete": "delete",
    "describe": "describe",
    "diff": "diff",
    "drivers": "drivers",
    "explain": "explain",
    "get": "get",
    "graph": "graph",
    "plan": "plan",
    "status": "status",
    "version": "version",
    "wait": "wait",
}
"""Verb → its module: only the one that runs is loaded, as gRPC takes a moment."""


class Verbs(click.Group):
    """The verbs, loaded when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Name them."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Load one."""
        if cmd_name not in _VERBS:
            return None
        module: Any = import_module(f"trafficctl_cli.commands.{_VERBS[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(cls=Verbs, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@about_the_server
def root() -> None:
    """Say who may talk to whom, see what that does, and how far it got."""
