"""What a shell completes where a name is wanted: types, and the names that the server knows."""

from contextlib import suppress
from dataclasses import replace
from itertools import islice

import click

from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import CommandError
from trafficctl_cli.server.catalog import TYPES
from trafficctl_cli.server.connection import connected
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.server.names import wanted

_PATIENCE = 2.0  # seconds: somebody has pressed a key
_MOST = 200


def complete_type(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Complete a type, or a name."""
    words = [*(it.collection for it in TYPES.values()), "intents"]
    types = [it for it in sorted(words) if it.startswith(incomplete)]
    return types or _names(incomplete)


def complete_name(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Complete a name, from the collection on."""
    if "/" in incomplete:
        return _names(incomplete)
    collections = sorted(it.collection for it in TYPES.values())
    return [f"{it}/" for it in collections if it.startswith(incomplete)]


def _names(incomplete: str) -> list[str]:
    """Ask the server, whom only variables and contexts name here; whatever fails is no name."""
    head, _, begun = incomplete.rpartition("/")
    found: list[str] = []
    with suppress(CommandError, Failure):
        settings = Session().settings
        endpoint = replace(settings.endpoint, timeout=_PATIENCE)
        with connected(endpoint) as connection:
            for asked in wanted(head, settings.place):
                listed = connection.listed(asked.type, asked.parent)
                ids = (it.name.rpartition("/")[2] for it in islice(listed, _MOST))
                found += (f"{head}/{it}" for it in ids if it.startswith(begun))
    return list(dict.fromkeys(found))
