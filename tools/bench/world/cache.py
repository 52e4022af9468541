"""Worlds that were built before: loading, compiling and delivering one takes minutes.

A world is kept under ``build/bench`` by a digest of what generates it. One that another release
compiled and rendered is brought up to date by the server itself, as an upgrade does it. Rows
measure a copy, whose delivered files are links to the kept ones: the server never writes into a
file that is there.
"""

import asyncio
import hashlib
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import grpc
import trafficctl_istio
import trafficctl_sdk
from trafficctl.v2 import convergence_pb2
from trafficctl.v2 import traffic_intent_group_pb2 as groups_pb2
from trafficctl.v2 import traffic_intent_group_pb2_grpc as services

import trafficctl_server
from tools.bench.serving import BenchError, quiet, server
from tools.bench.world.loading import load
from tools.bench.world.size import WorldSize

BUILD: Final = Path("build", "bench")
_PATIENCE: Final = 3600.0
"""Seconds that a whole world may need to settle."""
_GENERATOR: Final = (Path(__file__).parent,)
_RELEASE: Final = (
    Path(trafficctl_server.__path__[0], "compile"),
    Path(trafficctl_server.__path__[0], "store", "sqlite", "schema"),
    Path(trafficctl_sdk.__path__[0], "slices"),
    Path(trafficctl_istio.__path__[0]),
)


async def fresh_copy(size: WorldSize, to: Path) -> Path:
    """Give a copy of a world as a state directory; it is built first where it is not there.

    :raises BenchError: an intent of it did not settle.
    """
    kept = BUILD / f"{size.intents}-{_digest(_GENERATOR)}"
    mark = kept / "built"
    release = _digest(_RELEASE)
    built = await asyncio.to_thread(lambda: mark.read_text() if mark.exists() else "")
    if not built:
        print(f"building a world of {size.intents:,} intents in {kept}", file=sys.stderr)
        await asyncio.to_thread(_empty, kept)
        await load(kept, size)
    if built != release:
        await _bring_up_to_date(kept)
        await asyncio.to_thread(mark.write_text, release)
    await asyncio.to_thread(_copy, kept, to)
    return to


def _digest(folders: Sequence[Path]) -> str:
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.sql")]):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _copy(kept: Path, to: Path) -> None:
    _empty(to)
    for path in kept.iterdir():
        if path.name == "clusters":
            shutil.copytree(path, to / path.name, copy_function=os.link)
        elif path.name.startswith("trafficctl."):
            shutil.copy(path, to / path.name)


async def _bring_up_to_date(kept: Path) -> None:
    """Have the server compile, render and deliver what is not so yet."""
    async with server(kept) as running:
        await quiet(running, _PATIENCE)
        async with grpc.aio.insecure_channel(running.address) as channel:
            await _need_settled(channel)


async def _need_settled(channel: grpc.aio.Channel) -> None:
    stub = services.TrafficIntentGroupServiceStub(channel)
    request = groups_pb2.ListTrafficIntentGroupsRequest(
        parent="projects/-/resourceBundles/-/versions/-", page_size=1000
    )
    page = await stub.ListTrafficIntentGroups(request, timeout=60)
    settled = convergence_pb2.Convergence.State.SETTLED
    if wrong := [it.name for it in page.traffic_intent_groups if it.state != settled]:
        raise BenchError(f"{len(wrong)} groups did not settle, the first is {wrong[0]}")
