"""Durations, sizes and addresses as people write them.

A duration or a size is written with its unit (``"30s"``, ``"4MiB"``): a bare number would leave the
reader guessing which one is meant.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer

_MICROSECONDS: Final = {
    "ms": 1_000,
    "s": 1_000_000,
    "m": 60_000_000,
    "h": 3_600_000_000,
    "d": 86_400_000_000,
}
_BYTES: Final = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
_QUANTITY: Final = re.compile(r"([0-9]{1,9})\s?([A-Za-z]{1,3})")
_PORTS: Final = 65536


def nanoseconds(duration: timedelta) -> int:
    """Say a duration as whole nanoseconds, the unit of every time in the models."""
    return duration // timedelta(microseconds=1) * 1_000


def duration_text(duration: timedelta) -> str:
    """Write a duration with the largest unit that needs no fraction: ``30s``, ``24h``."""
    return _text(duration // timedelta(microseconds=1), _MICROSECONDS)


def size_text(size: int) -> str:
    """Write a number of bytes with the largest unit that needs no fraction: ``4MiB``."""
    return _text(size, _BYTES)


def _text(amount: int, units: dict[str, int]) -> str:
    for unit, worth in reversed(units.items()):
        if amount and amount % worth == 0:
            return f"{amount // worth}{unit}"
    return f"0{'s' if 's' in units else 'B'}"


def _parse(written: str, units: dict[str, int], example: str) -> int:
    match = _QUANTITY.fullmatch(written.strip())
    if match is None or match[2] not in units:
        raise ValueError(
            f"write a whole number and a unit ({', '.join(units)}), such as {example!r}"
        )
    return int(match[1]) * units[match[2]]


def _duration(written: Any) -> Any:
    if isinstance(written, timedelta):
        return written
    return timedelta(microseconds=_parse(str(written), _MICROSECONDS, "30s"))


def _size(written: Any) -> Any:
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    return _parse(str(written), _BYTES, "4MiB")


Duration = Annotated[
    timedelta, BeforeValidator(_duration), PlainSerializer(duration_text, return_type=str)
]
Size = Annotated[int, BeforeValidator(_size), PlainSerializer(size_text, return_type=str)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a socket listens or a packet goes: a path (unix socket) or a host with a port.

    :ivar path: absolute path of a unix socket; empty for a TCP or UDP address.
    """

    host: str = ""
    port: int = 0
    path: str = ""

    @property
    def local(self) -> bool:
        """Only processes of this machine can reach it."""
        if self.path or self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        if self.path:
            return f"unix:{self.path}"
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _endpoint(written: Any) -> Any:
    if isinstance(written, Endpoint):
        return written
    text = str(written).strip()
    if text.startswith("unix:"):
        path = text.removeprefix("unix:")
        if not path.startswith("/") or path.startswith("//"):
            raise ValueError("write an absolute path, such as 'unix:/run/trafficctl.sock'")
        return Endpoint(path=path)
    host, colon, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError("write an IPv6 address in brackets, such as '[::1]:50051'")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) < _PORTS):
        raise ValueError("write host:port or unix:/path, such as '127.0.0.1:50051'")
    if not re.fullmatch(r"[0-9A-Za-z.:%_-]{1,253}", host):
        raise ValueError("write the host as an address or a name, such as '127.0.0.1:50051'")
    return Endpoint(host=host, port=int(port))


EndpointText = Annotated[
    Endpoint, BeforeValidator(_endpoint), PlainSerializer(str, return_type=str)
]
