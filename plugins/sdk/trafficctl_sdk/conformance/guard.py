"""Sees what a deciding hook does besides deciding: clocks, chance, files, network, processes.

Nothing is stopped, as a driver could hide the exception; it is noted with its place. Imports are
let through: a module that is imported at its first use opens files, and changes no answer.
"""

import gc
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, Final

_CLOCKS: Final = frozenset({"datetime.now", "datetime.utcnow", "date.today", "datetime.today"})
_CLOCK_MODULE: Final = frozenset(
    {
        "time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns",
        "process_time", "process_time_ns", "thread_time", "thread_time_ns", "clock_gettime",
        "clock_gettime_ns", "sleep", "localtime", "gmtime", "ctime",
    }
)  # fmt: skip
_HARMLESS: Final = frozenset({"fspath", "fsencode", "fsdecode", "_path_normpath", "WIFEXITED"})
_EVENTS: Final = ("open", "socket.", "subprocess.", "os.", "shutil.", "tempfile.", "time.sleep")
_MINE: Final = "trafficctl_sdk/conformance/"


@dataclass(frozen=True, slots=True, order=True)
class Deed:
    """One thing done besides deciding.

    :ivar what: name of the function or event.
    :ivar where: ``<file>:<line>`` of the code that did it.
    """

    what: str
    where: str


class _Watch:
    """Notes deeds of the thread that watches, and of threads that it starts."""

    def __init__(self) -> None:
        self.deeds: set[Deed] = set()

    def profile(self, frame: FrameType, event: str, function: Any) -> None:
        if event == "c_call":
            name = _impure(function)
            if name:
                self.note(name, frame)
        elif event == "call" and frame.f_code.co_qualname == "_Environ.__getitem__":
            self.note("os.environ", frame.f_back)

    def note(self, what: str, frame: FrameType | None) -> None:
        place = ""
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith("<frozen importlib"):
                return
            if not place and not file.startswith("<frozen") and "/lib/python3" not in file:
                place = f"{file}:{frame.f_lineno}"
            if not place and "site-packages" in file:
                place = f"{file}:{frame.f_lineno}"
            frame = frame.f_back
        if _MINE not in place:
            self.deeds.add(Deed(what, place))


_active: list[_Watch] = []
_installed: list[bool] = []


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if _active and event.startswith(_EVENTS):
        shown = f"{event}({arguments[0]!r})" if event == "open" else event
        _active[-1].note(shown, sys._getframe(1))  # noqa: SLF001 - the one way to the caller's place


def _impure(function: Any) -> str:
    module = getattr(function, "__module__", None)
    name = function.__qualname__
    if module == "time" and name in _CLOCK_MODULE:
        return f"time.{name}"
    if module == "posix" and name not in _HARMLESS:
        return f"os.{name}"
    if module == "_thread" and name.startswith("start_"):
        return "threading.Thread.start"
    if name in _CLOCKS:
        return str(name)
    source = getattr(function, "__self__", None)
    if source is _global_chance() or isinstance(source, random.SystemRandom):
        return f"random.{function.__name__}"
    return ""


def _global_chance() -> object:
    """Give the generator behind the functions of ``random``: seeded ones of a driver are fine."""
    return getattr(random.random, "__self__")  # noqa: B009 - typed as a plain function


@contextmanager
def watched() -> Iterator[set[Deed]]:
    """Note what is done besides deciding until the block ends."""
    if not _installed:
        sys.addaudithook(_audit)
        _installed.append(True)
    watch = _Watch()
    before = sys.getprofile()
    collecting = gc.isenabled()
    gc.disable()  # what others do at a collection, as hypothesis does, is no deed of the driver
    _active.append(watch)
    threading.setprofile(watch.profile)
    sys.setprofile(watch.profile)
    try:
        yield watch.deeds
    finally:
        kept = before if callable(before) else None  # a profiler in C cannot be set again
        sys.setprofile(kept)
        threading.setprofile(kept)
        _active.remove(watch)
        if collecting:
            gc.enable()
