"""When the interpreter looks for garbage that holds itself, of which a server makes next to none.

Left alone it looks through all that is not frozen every few seconds while much is going on, which
stops the loop for tenths of a second each time. What is young it goes on looking through by itself;
the rest it looks through when it is told to.
"""

import asyncio
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from trafficctl_server.intents.precedence import Precedence

_YOUNG: Final = 2000
"""So many new objects are looked through at once: for less than a millisecond."""
_OFTEN: Final = 10
"""So many such looks make one through what all of them left."""
_NEVER: Final = 1_000_000_000
_INTERVAL: Final = 600.0
"""Seconds between two looks at everything."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Read what stays, without a look for garbage meanwhile; later ones leave it out."""
    gc.disable()
    gc.set_threshold(_YOUNG, _OFTEN, _NEVER)
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


async def look_for_garbage(
    known: asyncio.Event, precedence: Precedence, interval: float = _INTERVAL
) -> None:
    """Leave out what is there when all is known, then look at intervals, until cancelled.

    :param interval: seconds.
    """
    await known.wait()
    gc.freeze()
    while True:
        await asyncio.sleep(interval)
        async with precedence.turn():
            gc.collect()
