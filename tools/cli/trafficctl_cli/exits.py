"""What the exit codes mean, and the one error that ends a command."""

from collections.abc import Sequence
from enum import IntEnum


class Exit(IntEnum):
    """How a command ended; the comment is its line in ``docs/cli.md``."""

    OK = 0  # it is so, or it is done
    DIFFERENT = 1  # no: a difference, a call that does not get through, a refused intent
    USAGE = 2  # the arguments or the settings are wrong
    INVALID = 3  # a file or a request breaks rules; every place is named
    NOT_FOUND = 4  # there is no such resource
    CONFLICT = 5  # it contradicts another intent, or something changed meanwhile
    UNREACHABLE = 6  # the server does not answer, or cannot for now
    TIMEOUT = 7  # it took longer than asked for
    APPROVAL = 8  # the plan is ready and somebody has to approve it
    FORBIDDEN = 9  # the credentials are missing, wrong, or not enough
    FAILED = 10  # the server failed, or does not know the method
    INTERRUPTED = 130  # Ctrl-C
    UNHEARD = 141  # whoever read the output had enough before the end


class CommandError(Exception):
    """A command cannot go on.

    :ivar exit: how it ends.
    :ivar lines: what to tell, one thing a line.
    """

    def __init__(self, exit_code: Exit, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.exit = exit_code
        self.lines = tuple(lines)
