"""The text of a log line: one JSON object in ASCII, fields in the order in which they are read.

Pure: whoever has something to say gives it, :mod:`.logs` writes it.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import orjson

LONGEST: Final = 8192
"""Characters of one field; a longer line breaks collectors."""
_OWN: Final = frozenset({"time", "level", "event", "room", "exception"})
_PACKAGE: Final = "trafficctl_server."


def line_of(
    at: float, level: str, event: str, room: str, *given: Mapping[str, Any]
) -> dict[str, Any]:
    """Give a line: its own fields, then those given.

    :param at: seconds since the Unix epoch.
    :param room: name of the logger.
    :param given: as :func:`presentable` gives them.
    """
    line = {
        "time": _time(at),
        "level": level,
        "event": event[:LONGEST],
        "room": room.removeprefix(_PACKAGE),
    }
    for fields in given:
        line |= fields
    return line


def presentable(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Give what may stand in a line: nothing empty, nothing endless, no field of the line's own."""
    return {
        name: value[-LONGEST:] if isinstance(value, str) else value
        for name, value in fields
        if name not in _OWN and value not in (None, "")
    }


def encoded(line: dict[str, Any]) -> str:
    """Give a line as text, whatever its fields hold."""
    try:
        text = orjson.dumps(line, default=str)
    except TypeError:  # half a character, or a number that is too large for it
        pass
    else:
        if text.isascii():
            return text.decode()
    # Beyond ASCII there are characters that some readers take for the end of a line.
    return json.dumps(line, default=str, separators=(",", ":"))


def _time(at: float) -> str:
    seconds, milliseconds = divmod(int(at * 1000), 1000)
    return f"{_second(seconds)}.{milliseconds:03d}Z"


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
