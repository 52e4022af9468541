"""How a Watch goes on when nothing happens, and how it ends."""

import asyncio
from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from trafficctl.v2 import cluster_pb2

from tests.integration.api.site import DOMAIN, Site, opened
from tests.integration.api.streams import (
    INTENT,
    KINDS,
    MARKS,
    ended,
    read,
    snapshot,
    told,
    watching,
)
from trafficctl_server.api.watching.mailbox import Mailbox


async def test_a_quiet_stream_says_how_far_it_is(site: Site) -> None:
    await site.group()
    quiet = Duration(seconds=1)
    start = site.store.revision
    async with watching(site, start_revision=start, progress_interval=quiet) as stream:
        await site.cluster("east")
        message = await read(stream)
    assert message.bookmark == MARKS.PROGRESS
    assert (message.revision, message.more) == (site.store.revision, False)
    assert not message.changes


async def test_a_watch_from_the_future_is_refused(site: Site) -> None:
    stream = site.watch(start_revision=site.store.revision + 1)
    error = await ended(stream)
    assert error.reason == "FUTURE_REVISION"
    assert error.metadata["current_revision"] == str(site.store.revision)


async def test_history_that_is_gone_says_so(site: Site) -> None:
    await site.group()
    await site.intent("a")
    await site.store.compact(wishes_before=2**62, progress_before=2**62, requests_before=0)
    await site.intent("b")
    error = await ended(site.watch(start_revision=1))
    assert error.reason == "HISTORY_COMPACTED"
    oldest = int(error.metadata["oldest_revision"])
    async with watching(site, start_revision=oldest) as stream:
        assert told(await read(stream)) == [(KINDS.ADDED, "b")]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"parents": []}, "parents"),
        ({"types": []}, "types"),
        ({"parents": ["projects/../x"]}, "parents[0]"),
        ({"parents": ["projects/-", "nothing"]}, "parents[1]"),
        ({"types": [f"{DOMAIN}/Nothing"]}, "types[0]"),
        ({"types": [f"{DOMAIN}/Driver"]}, "types[0]"),
        ({"types": ["InterclusterIntent"]}, "types[0]"),
        ({"start_revision": -1}, "start_revision"),
        ({"progress_interval": Duration(nanos=1)}, "progress_interval"),
    ],
)
async def test_what_is_wrong_with_a_watch_is_said(
    site: Site, request_: dict[str, Any], field: str
) -> None:
    error = await ended(site.watch(**request_))
    assert error.reason == "VIOLATIONS"
    assert error.fields == [field]


async def test_a_watcher_that_does_not_read_is_ended_and_nobody_else_waits() -> None:
    async with opened(mailbox=lambda: Mailbox(letters=4, patience=0.05)) as site:
        await site.group()
        await site.intent("cart", annotations={"note": "x" * 60_000})
        start = site.store.revision
        async with (
            watching(site, start_revision=start) as slow,
            watching(site, start_revision=start) as quick,
        ):
            seen = 0
            # More than the sockets between server and client hold by themselves.
            for number in range(400):
                await site.progress(INTENT, state="WAITING", observed_generation=number)
                message = await read(quick)
                seen += len(message.changes)
            assert seen == 400
            assert message.revision == site.store.revision
            error = await ended(slow)
            assert error.reason == "SLOW_CONSUMER"
            resume = int(error.metadata["last_revision"])
            assert start < resume < site.store.revision
        async with watching(site, start_revision=resume) as stream:
            assert (await read(stream)).revision == resume + 1


async def test_a_long_snapshot_waits_for_its_reader() -> None:
    """Catching up takes the time it takes: only who takes nothing at all is ended."""
    async with opened(mailbox=lambda: Mailbox(letters=1, patience=60)) as site:
        await site.group()
        for number in range(40):
            await site.intent(f"i{number:02}", annotations={"note": "x" * 60_000})
        async with watching(site) as stream:
            assert len((await snapshot(stream))[1]) == 40


async def test_a_client_that_leaves_is_forgotten(site: Site) -> None:
    await site.group()
    before = len(asyncio.all_tasks())
    for _ in range(20):
        async with watching(site) as stream:
            await snapshot(stream)
    request = cluster_pb2.ListClustersRequest()
    async with asyncio.timeout(60):
        while len(asyncio.all_tasks()) > before:
            await site.call("ClusterService", "ListClusters", request)


async def test_streams_end_when_the_server_leaves() -> None:
    async with opened() as site:
        stream = site.watch()
        await stream.initial_metadata()
        ending = asyncio.create_task(ended(stream))
    error = await ending
    assert error.reason == "SERVER_DRAINING"
