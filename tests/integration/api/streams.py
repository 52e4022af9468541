"""Watch streams, as short as tests want them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
from trafficctl.v2 import intercluster_intent_pb2, watch_pb2

from tests.integration.api.site import DOMAIN, GROUP, Refused, Site, intercluster, refused

INTENT = f"{GROUP}/interclusterIntents/cart"
KINDS = watch_pb2.WatchResponse.Change.Kind
MARKS = watch_pb2.WatchResponse.Bookmark
TYPES = [f"{DOMAIN}/{kind}" for kind in ("InterclusterIntent", "TrafficIntentGroup", "Cluster")]


@asynccontextmanager
async def watching(site: Site, **request: Any) -> AsyncIterator[Any]:
    """Open a stream and wait until the server has begun it."""
    stream = site.watch(**request)
    try:
        await stream.initial_metadata()
        yield stream
    finally:
        stream.cancel()


async def read(stream: Any) -> Any:
    """Give the next message; :raises Refused: the stream has ended with an error."""
    try:
        async with asyncio.timeout(60):
            message = await stream.read()
    except grpc.aio.AioRpcError as error:
        raise refused(error) from None
    assert message is not grpc.aio.EOF  # type: ignore[attr-defined] # the stubs forgot it
    return message


async def ended(stream: Any) -> Refused:
    """Read until the stream ends; give why."""
    while True:
        try:
            await read(stream)
        except Refused as error:
            return error


def told(message: Any) -> list[tuple[int, str]]:
    """Give kind and id of each change in a message."""
    return [
        (it.kind, getattr(it.resource, it.resource.WhichOneof("resource")).name.rsplit("/", 1)[1])
        for it in message.changes
    ]


async def snapshot(stream: Any) -> tuple[int, list[str]]:
    """Read up to the end of the snapshot; give its revision and the names in it."""
    names: list[str] = []
    begin = await read(stream)
    assert (begin.bookmark, begin.more) == (MARKS.SNAPSHOT_BEGIN, True)
    while True:
        message = await read(stream)
        assert message.revision == begin.revision
        if message.bookmark:
            assert (message.bookmark, message.more) == (MARKS.SNAPSHOT_END, False)
            return message.revision, names
        assert message.more
        assert {kind for kind, _ in told(message)} == {KINDS.ADDED}
        names += [name for _, name in told(message)]


async def edit(site: Site, name: str = INTENT, **fields: Any) -> Any:
    message = intercluster(**fields)
    message.name = name
    request = intercluster_intent_pb2.UpdateInterclusterIntentRequest(intercluster_intent=message)
    request.update_mask.paths.extend(fields)
    return await site.call("InterclusterIntentService", "UpdateInterclusterIntent", request)


async def delete(site: Site, name: str = INTENT) -> Any:
    request = intercluster_intent_pb2.DeleteInterclusterIntentRequest(name=name)
    return await site.call("InterclusterIntentService", "DeleteInterclusterIntent", request)
