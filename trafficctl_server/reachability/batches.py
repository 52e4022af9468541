"""Calls as they are brought before drivers: many at a time, each with others of its driver."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.reachability.asking import Asked

_MOST_CALLS: Final = 200
_MOST_SCOPES: Final = 100
"""A batch ends with the call that goes beyond: all of its objects are sent and read at once."""

C = TypeVar("C", bound=tuple["Asked", ...])


@dataclass(slots=True)
class Batch(Generic[C]):
    """Calls of one driver.

    :ivar places: of the calls, among those that are asked about.
    :ivar calls: each as it is put on every side.
    """

    driver: str
    places: list[int] = field(default_factory=list)
    calls: list[C] = field(default_factory=list)
    scopes: set[Scope] = field(default_factory=set)

    def add(self, place: int, call: C) -> None:
        """Take one more call."""
        self.places.append(place)
        self.calls.append(call)
        for it in call:
            self.scopes.update(it.concern.scopes)

    def full(self) -> bool:
        """Say whether the calls are asked about now."""
        return len(self.calls) >= _MOST_CALLS or len(self.scopes) >= _MOST_SCOPES


def batches(calls: Iterable[tuple[int, str, C]]) -> Iterator[Batch[C]]:
    """Put calls together, given with their places and drivers."""
    found: dict[str, Batch[C]] = {}
    for place, driver, call in calls:
        batch = found.setdefault(driver, Batch(driver))
        batch.add(place, call)
        if batch.full():
            yield found.pop(driver)
    yield from found.values()
