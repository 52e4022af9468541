"""What a worker process does to itself before any driver code runs.

``RLIMIT_DATA`` is the memory limit: it counts what the process may write and nothing else, where
``RLIMIT_AS`` also counts the address space that threads only reserve. Mappings shared between
processes escape ``RLIMIT_DATA``, so a wide ``RLIMIT_AS`` stands behind it.
The alarm is the kernel's own: its default action ends the process inside a busy loop or a
backtracking regular expression, also when the host that should do it is gone.
The audit hook is no wall against malice, only a clear word to a driver that decides by asking
others: the same slice would not give the same rendering.
"""

import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

_SECOND: Final = 1_000_000_000
_ADDRESS_SPACE_FACTOR: Final = 4
_ADDRESS_SPACE_EXTRA: Final = 1024 * 1024 * 1024
_GRACE: Final = 1.0
"""Seconds after which the alarm does what the host should have done."""
_PROCESSES: Final = frozenset(
    {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system", "subprocess.Popen"}
)
_NETWORK: Final = frozenset({"socket.bind", "socket.connect", "socket.getaddrinfo"})


def take_over_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the two pipes to the host, and give driver code an empty input and the error output.

    :returns: questions from the host, answers to it.
    """
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr] # a fresh interpreter has real text streams
    return questions, answers


def limit_memory(limit: int) -> None:
    """Let allocations beyond so many bytes fail, and let a crash leave no core file."""
    _lower(resource.RLIMIT_DATA, limit)
    _lower(resource.RLIMIT_AS, limit * _ADDRESS_SPACE_FACTOR + _ADDRESS_SPACE_EXTRA)
    _lower(resource.RLIMIT_CORE, 0)


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (wanted, wanted))


def arm(limit: int) -> None:
    """End this process unless :func:`disarm` comes within so many nanoseconds, and a little."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limit / _SECOND + _GRACE)


def disarm() -> None:
    """Call the alarm off."""
    signal.setitimer(signal.ITIMER_REAL, 0)


class SideEffects:
    """Refuses to start processes, and to use the network outside of acting hooks."""

    def __init__(self) -> None:
        self._network = False
        sys.addaudithook(self._judge)

    @contextmanager
    def network(self) -> Iterator[None]:
        """Let the network be used for the time of an acting hook."""
        self._network = True
        try:
            yield
        finally:
            self._network = False

    def _judge(self, event: str, _arguments: object) -> None:
        if event in _PROCESSES:
            raise PermissionError(f"{event}: a driver may not start processes")
        if event in _NETWORK and not self._network:
            raise PermissionError(f"{event}: a deciding hook may not use the network")
