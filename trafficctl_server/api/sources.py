"""Where reads find resources: in the store, or among the drivers that were found."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, Protocol

import orjson
from trafficctl_sdk.codec import from_json

from trafficctl_server.api.driver_resources import driver_resource
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.drivers.host import DriverHost
from trafficctl_server.drivers.roster import DriverStatus
from trafficctl_server.intents.bodies import Bodies
from trafficctl_server.intents.desk import translated
from trafficctl_server.intents.kinds import KINDS
from trafficctl_server.store.records import Record
from trafficctl_server.store.store import Store

DERIVED: Final = ("Realization", "ManagedObject")
"""Types that the server writes by itself: a record's progress is the whole resource."""

WATCHED: Final = (*KINDS, *DERIVED)
"""Types that stand in the store."""

Presented = Callable[[Record], Any]
"""Gives a record as the object of the model that clients see."""


class Source(Protocol):
    """Resources of one type."""

    @property
    def revision(self) -> int:
        """What is read now is at least as new as this."""

    def at_hand(self, name: str) -> Any | None:
        """Give what :meth:`get` would, if it need not be waited for; none says nothing."""

    async def get(self, name: str) -> Any | None:
        """Give what stands under a name: the same object until it changes, if it is at hand."""

    def resource(self, found: Any) -> Any:
        """Give what was found as object of the model."""

    async def page(self, pattern: str, *, after: str, limit: int) -> Sequence[Any]:
        """Give resources by name, only names greater than ``after``.

        :param pattern: a name in which ``-`` stands for any id.
        """


def presenter(bodies: Bodies) -> Presented:
    """Make what gives any record as clients see it."""

    def present(record: Record) -> Any:
        with translated():
            if record.kind in DERIVED:
                return _derived(record)
            return bodies.present(record)

    return present


def _derived(record: Record) -> Any:
    written = from_json(
        RESOURCE_TYPES[record.kind].model, orjson.loads(record.progress or b"{}"), strict=False
    )
    return replace(
        written,
        name=record.name,
        revision=record.revision,
        update_time=written.update_time or record.update_time,
    )


class StoredSource:
    """Reads from the store."""

    def __init__(self, store: Store, kind: str, present: Presented) -> None:
        self._store = store
        self._kind = kind
        self._present = present

    @property
    def revision(self) -> int:
        """The newest revision of the store."""
        return self._store.revision

    def at_hand(self, name: str) -> Record | None:
        """Give a record that need not be read."""
        record = self._store.at_hand(name)
        return record if record is not None and record.kind == self._kind else None

    async def get(self, name: str) -> Record | None:
        """Give a record, also of a resource that is being deleted."""
        with translated():
            record = await self._store.get(name)
        return record if record is not None and record.kind == self._kind else None

    def resource(self, found: Record) -> Any:
        """Give a record as clients see it."""
        return self._present(found)

    async def page(self, pattern: str, *, after: str, limit: int) -> Sequence[Any]:
        """Give resources by name, also those that are being deleted."""
        with translated():
            records = await self._store.list(self._kind, pattern, after=after, limit=limit)
        return [self._present(record) for record in records]


class DriverSource:
    """Reads the roster of drivers; it changes with a restart only."""

    def __init__(self, store: Store, drivers: DriverHost) -> None:
        self._store = store
        self._drivers = drivers

    @property
    def revision(self) -> int:
        """The newest revision of the store, in which drivers do not stand."""
        return self._store.revision

    def at_hand(self, name: str) -> DriverStatus | None:
        """Give a driver, also one that was refused."""
        return self._drivers.driver(name.removeprefix("drivers/"))

    async def get(self, name: str) -> DriverStatus | None:
        """Give a driver, also one that was refused."""
        return self.at_hand(name)

    def resource(self, found: DriverStatus) -> Any:
        """Give a driver as clients see it."""
        return driver_resource(found)

    async def page(self, pattern: str, *, after: str, limit: int) -> Sequence[Any]:  # noqa: ARG002 - drivers have no parent
        """Give drivers by name."""
        found = sorted(map(driver_resource, self._drivers.roster), key=lambda it: it.name)
        return [it for it in found if it.name > after][:limit]
