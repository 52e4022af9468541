"""Follows resources by Watch, over every break of the connection: nothing is lost or repeated."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import grpc
from google.protobuf.duration_pb2 import Duration
from trafficctl.v2.watch_pb2 import WatchRequest, WatchResponse

from trafficctl_cli.server.catalog import ResourceType, method, resource_in
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.failures import Failure

_GONE: Final = WatchResponse.Change.DELETED
_COMPACTED: Final = "HISTORY_COMPACTED"
_FUTURE: Final = "FUTURE_REVISION"  # the server was put back to an older state
_RESUMED: Final = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.CANCELLED,
    }
)
_FIRST_WAIT: Final = 0.2  # seconds; doubles up to the longest
_LONGEST_WAIT: Final = 5.0
_QUIET: Final = 10


@dataclass(frozen=True, slots=True)
class Interest:
    """What is followed.

    :ivar places: names or their beginnings, ``-`` for any id.
    """

    places: tuple[str, ...]
    types: tuple[ResourceType, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What is so now, after one whole revision or while the connection is away.

    :ivar revision: up to which all is known; 0 before the first whole one.
    :ivar resources: every followed resource that is there, by name; the follower's own, read it.
    :ivar changed: names that the news is about; all of them after a start.
    :ivar broken: why nothing is heard at the moment; empty: all is well.
    """

    revision: int
    resources: dict[str, Any]
    changed: Sequence[str] = ()
    broken: str = ""


def follow(
    connection: Connection,
    interest: Interest,
    *,
    deadline: float | None = None,
    patient: bool = True,
    quiet: int = _QUIET,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[News]:
    """Give the state of things, then again after each change of it.

    :param deadline: point of ``time.monotonic`` at which it ends by itself.
    :param quiet: seconds without a change after which it tells up to where all is known.
    :param patient: a server that goes away is waited for, once it has answered.
    :raises Failure: it cannot go on.
    """
    known: dict[str, Any] = {}
    revision, wait, heard = 0, _FIRST_WAIT, False
    while True:
        try:
            for news in _one_stream(
                connection, _request(interest, revision, quiet), known, deadline
            ):
                revision, wait = news.revision, _FIRST_WAIT
                known, heard = news.resources, True
                yield news
        except Failure as failure:
            if deadline is not None and time.monotonic() >= deadline:
                return
            if failure.reason in (_COMPACTED, _FUTURE):
                revision = 0
            elif failure.code not in _RESUMED or not (patient and heard):
                raise
            yield News(revision, known, broken=failure.text)
        if deadline is not None:
            wait = min(wait, max(deadline - time.monotonic(), 0.0))
        sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)


def _request(interest: Interest, revision: int, quiet: int) -> WatchRequest:
    return WatchRequest(
        parents=interest.places,
        types=[it.type_name for it in interest.types],
        start_revision=revision,
        progress_interval=Duration(seconds=quiet),
    )


def _one_stream(
    connection: Connection, request: WatchRequest, known: dict[str, Any], deadline: float | None
) -> Iterator[News]:
    revision = request.start_revision
    left = None if deadline is None else max(deadline - time.monotonic(), 0.001)
    now = dict(known) if revision else {}
    whole = bool(revision)
    changed: list[str] = []
    for message in connection.stream(method("Watch"), request, timeout=left):
        for change in message.changes:
            resource = resource_in(change.resource)
            changed.append(resource.name)
            if change.kind == _GONE:
                now.pop(resource.name, None)
            else:
                now[resource.name] = resource
        if message.bookmark == WatchResponse.SNAPSHOT_END:
            whole, changed = True, list(now)
        elif not whole or message.more or not (message.changes or message.bookmark):
            continue
        yield News(message.revision, now, changed)
        changed = []
