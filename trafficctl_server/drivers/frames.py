"""The talk between host and worker: JSON texts, each behind its length in four bytes.

Host to worker: ``{"load": …}`` once, then ``{"id": n, "hook": name, "input": …}``.
Worker to host: ``{"loaded": …}`` or ``{"refused": text}`` once, then for each question, in their
order, one of ``{"id": n, "answer": …}``, ``{"id": n, "violations": […]}`` and
``{"id": n, "failure": {"kind": …, "text": …}}``; between them ``{"log": …}`` at any time.
"""

import json
import struct
from typing import Any, BinaryIO, Final

import orjson

LENGTH: Final = struct.Struct(">I")
LARGEST: Final = 64 * 1024 * 1024
"""Bytes; a longer frame is taken for noise on the line."""
LARGEST_ANSWER: Final = 4 * 1024 * 1024
"""Bytes of one answer; the largest that is decoded without holding up RPCs noticeably."""
OUT_OF_MEMORY_EXIT: Final = 71
"""Exit code of a worker that is out of memory, also where no frame could be sent any more."""

_PLAIN_TYPES: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_STRICT: Final = json.JSONEncoder(allow_nan=False, ensure_ascii=False, separators=(",", ":"))


class FrameError(Exception):
    """What arrived is no frame."""


def pack(payload: bytes) -> bytes:
    """Put the length in front."""
    return LENGTH.pack(len(payload)) + payload


def encode(content: object) -> bytes:
    """Give strict JSON in UTF-8.

    :raises ValueError: a number that JSON lacks, or text that is no Unicode.
    :raises TypeError: a type that JSON lacks.
    """
    try:
        text = orjson.dumps(content, option=_PLAIN_TYPES)
    except TypeError:  # also said of integers of more than 64 bits, which are JSON
        return _STRICT.encode(content).encode()
    # Numbers that JSON lacks come out as null: without any null, there are none.
    return _STRICT.encode(content).encode() if b"null" in text else text


def decode(payload: bytes) -> dict[str, Any]:
    """Read one frame's content.

    :raises FrameError: it is no JSON object.
    """
    try:
        content = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise FrameError(f"not JSON: {error}") from error
    if not isinstance(content, dict):
        raise FrameError("not a JSON object")
    return content


def size(header: bytes) -> int:
    """Read the length of the frame that follows.

    :raises FrameError: it is longer than any frame.
    """
    (length,) = LENGTH.unpack(header)
    if length > LARGEST:
        raise FrameError(f"a frame of {length} bytes")
    return int(length)


def read(stream: BinaryIO) -> dict[str, Any] | None:
    """Read one frame, waiting for it; none at the end of the stream.

    :raises FrameError: it is no JSON object, or cut off.
    """
    header = stream.read(LENGTH.size)
    if not header:
        return None
    if len(header) < LENGTH.size:
        raise FrameError("cut off")
    length = size(header)
    payload = stream.read(length)
    if len(payload) < length:
        raise FrameError("cut off")
    return decode(payload)
