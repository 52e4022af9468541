"""The Watch stream: one reader of the store and one writer to the client, for each stream."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import grpc
from trafficctl.v2.watch_pb2 import WatchRequest

from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.interceptors.call import Context, open_stream
from trafficctl_server.api.sources import Presented
from trafficctl_server.api.watching.encoding import Encoding
from trafficctl_server.api.watching.feed import Feed, Start
from trafficctl_server.api.watching.interest import interest_of, interest_violations
from trafficctl_server.api.watching.mailbox import Mailbox
from trafficctl_server.store.store import Store

NAME: Final = "trafficctl.v2.WatchService"
_QUIET: Final = timedelta(seconds=30)


class WatchService:
    """Serves Watch.

    :param mailbox: makes the buffer of one stream.
    """

    def __init__(
        self, store: Store, present: Presented, mailbox: Callable[[], Mailbox] = Mailbox
    ) -> None:
        self._store = store
        self._encoding = Encoding(present)
        self._mailbox = mailbox

    async def watch(self, request: WatchRequest, context: Context) -> None:
        """Write to the client until it leaves, or the stream cannot go on.

        :raises Failure: why it ends.
        """
        refuse(request_violations(request), interest_violations(request))
        interest = interest_of(request)
        quiet = _QUIET
        if request.HasField("progress_interval"):
            quiet = request.progress_interval.ToTimedelta()
        start = Start(revision=request.start_revision, progress_interval=quiet.total_seconds())
        mailbox = self._mailbox()
        feed = Feed(store=self._store, encoding=self._encoding, interest=interest, mailbox=mailbox)
        await open_stream(context)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(feed.run(start))
                await _write(mailbox, context)
        except BaseExceptionGroup as ended:
            # The reader's failure, or the writer's: either ends the other.
            raise ended.exceptions[0] from None


async def _write(mailbox: Mailbox, context: Context) -> None:
    while True:
        letter = await mailbox.take()
        await context.write(letter.data)
        mailbox.delivered(letter)


def add_watch_service(servicer: Any, server: grpc.aio.Server) -> None:
    """Register Watch; its answers are bytes already."""
    handler = grpc.unary_stream_rpc_method_handler(
        servicer.Watch, request_deserializer=WatchRequest.FromString
    )
    server.add_generic_rpc_handlers(
        (grpc.method_handlers_generic_handler(NAME, {"Watch": handler}),)
    )
