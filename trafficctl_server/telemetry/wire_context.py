"""The text form of a span's place in its trace, as Jaeger's clients write it.

``uber-trace-id: <trace>:<span>:<parent>:<flags>``, all hexadecimal. The silent tracer speaks it
too, so a trace passes through a server that records nothing.
"""

import re
from collections.abc import Iterable
from typing import Final

HEADER: Final = "uber-trace-id"
MEMORY_HEADERS: Final = frozenset({"ot-tracer-traceid", "ot-tracer-spanid"})
_PLACE: Final = re.compile(
    r"([0-9a-f]{1,32}):([0-9a-f]{1,16}):([0-9a-f]{1,16}):([0-9a-f]{1,2})", re.ASCII | re.IGNORECASE
)
_ID: Final = re.compile(r"[0-9a-f]{1,32}", re.ASCII | re.IGNORECASE)
_SAMPLED: Final = 1


def carrier_of(metadata: Iterable[tuple[str, str | bytes]]) -> dict[str, str]:
    """Keep what says where a trace goes on; drop all else.

    Strangers may send baggage of any size and a flag that forces recording: neither gets in.
    """
    carrier: dict[str, str] = {}
    for key, text in metadata:
        if not isinstance(text, str):
            continue
        name = key.lower()
        if name == HEADER and (match := _PLACE.fullmatch(text)):
            trace, span, parent, flags = match.groups()
            carrier[name] = f"{trace}:{span}:{parent}:{int(flags, 16) & _SAMPLED}"
        elif name in MEMORY_HEADERS and _ID.fullmatch(text):
            carrier[name] = text
    return carrier
