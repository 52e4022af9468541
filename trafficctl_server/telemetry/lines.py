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
        "time": _time(int(at * 1000)),
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


def encoded(lines: Iterable[dict[str, Any]]) -> str:
    """Give lines as text, each with its end, whatever their fields hold."""
    lines = tuple(lines)
    try:
        text = b"".join(
            [orjson.dumps(line, default=str, option=orjson.OPT_APPEND_NEWLINE) for line in lines]
        )
    except TypeError:  # half a character, or a number that is too large for it
        pass
    else:
        if text.isascii():
            return text.decode()
    # Beyond ASCII there are characters that some readers take for the end of a line.
    return "".join([json.dumps(line, default=str, separators=(",", ":")) + "\n" for line in lines])


@lru_cache(maxsize=1)
def _time(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{_second(seconds)}.{rest:03d}Z"


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
