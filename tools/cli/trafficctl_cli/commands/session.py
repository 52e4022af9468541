"""What a command works with: settings, the connection, the screen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from trafficctl_cli.exits import CommandError
from trafficctl_cli.server.connection import Connection, connected
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.settings import ContextFile, Settings, load_contexts, load_settings
from trafficctl_cli.views.screen import Screen


class Session:
    """One run of the command.

    :ivar flags: the connection's flags that were given, before or behind the verb.
    """

    def __init__(self) -> None:
        self.flags: dict[str, Any] = {}
        self.screen = Screen()

    @cached_property
    def settings(self) -> Settings:
        """All settings.

        :raises CommandError: they are wrong.
        """
        return load_settings(self.flags, os.environ)

    def contexts(self) -> ContextFile:
        """Read the file of contexts.

        :raises CommandError: it is wrong.
        """
        return load_contexts(self.flags, os.environ)

    @property
    def place(self) -> str:
        """Where relative names are."""
        return self.settings.place

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """Open the connection for as long as the block lasts.

        :raises CommandError: what the server refuses inside, or the credentials' mistakes.
        """
        with connected(self.settings.endpoint) as connection:
            try:
                yield connection
            except Failure as failure:
                raise failure.as_error() from None

    def fail(self, error: CommandError) -> None:
        """Tell why the command ends, on standard error."""
        for index, line in enumerate(error.lines):
            self.screen.note(f"error: {line}" if index == 0 else line)
