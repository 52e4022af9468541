"""The services that the host lends to a driver."""

from typing import Protocol


class Host(Protocol):
    """What a driver may ask of the process that it runs in."""

    @property
    def version(self) -> str:
        """The server's version."""
        ...

    def log(self, event: str, **fields: str | float | bool) -> None:
        """Write one JSON log line with the driver's name on it."""
        ...
