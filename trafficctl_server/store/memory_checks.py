"""Whether what a write expects holds, for the store without a disk."""

from collections.abc import Mapping

from trafficctl_server.store.errors import AlreadyExists, EtagMismatch, NotFound, ScopeMoved
from trafficctl_server.store.records import Expectation, Put, Record, Write


def check(write: Write, records: Mapping[str, Record], scopes: Mapping[str, int]) -> None:
    """Raise the first expectation of a write that does not hold.

    :param scopes: the revision that touched each scope last.
    :raises StoreError: see ``Write``.
    """
    moved = sorted(scope for scope, at in write.expect_scopes.items() if scopes.get(scope, 0) > at)
    if moved:
        raise ScopeMoved(tuple(moved))
    for name, uid in write.expect_names.items():
        record = records.get(name)
        live = record is not None and record.delete_time is None
        if uid is None and live:
            raise AlreadyExists(name)
        if uid is not None and (record is None or not live or record.uid != uid):
            raise NotFound(name)
    for name, etag in write.expect_etags.items():
        record = records.get(name)
        if record is None or record.delete_time is not None:
            raise NotFound(name)
        if record.etag != etag:
            raise EtagMismatch(name, record.etag)
    for put in write.puts:
        _expect(put, records.get(put.name))


def _expect(put: Put, found: Record | None) -> None:
    wanted = put.expect
    if wanted.expectation is Expectation.ABSENT:
        if found is not None and found.delete_time is None:
            raise AlreadyExists(put.name)
        return
    if found is None or found.uid != put.uid:
        raise NotFound(put.name)
    if wanted.expectation is Expectation.ETAG:
        if found.delete_time is not None:
            raise NotFound(put.name)
        if found.etag != wanted.value:
            raise EtagMismatch(put.name, found.etag)
