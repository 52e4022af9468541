"""The load process as rows use it."""

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Final

from google.protobuf.message import Message

from tools.bench.load import Burst, Job
from tools.bench.serving import BenchError

_LONGEST_LINE: Final = 64 * 1024 * 1024


class Loader:
    """Sends bursts from a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def burst(
        self,
        address: str,
        method: str,
        requests: Sequence[Message],
        *,
        in_flight: int,
        seconds: float,
        repeat: bool = False,
    ) -> Burst:
        """Send one burst.

        :raises BenchError: a request was answered by an error.
        """
        job = Job(
            address=address,
            method=method,
            requests=[base64.b64encode(it.SerializeToString()).decode() for it in requests],
            in_flight=in_flight,
            seconds=seconds,
            repeat=repeat,
        )
        assert self._process.stdin is not None  # noqa: S101 - opened as a pipe
        assert self._process.stdout is not None  # noqa: S101 - opened as a pipe
        self._process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
        await self._process.stdin.drain()
        found = Burst(**json.loads(await self._process.stdout.readline()))
        if found.failed or not found.done:
            raise BenchError(
                f"{method}: {found.failed} of {found.done + found.failed} requests"
                f" failed: {found.error or 'nothing was answered'}"
            )
        return found


@asynccontextmanager
async def loader() -> AsyncIterator[Loader]:
    """Run a load process for as long as the block lasts."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tools.bench.load",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_LONGEST_LINE,
    )
    try:
        yield Loader(process)
    finally:
        assert process.stdin is not None  # noqa: S101 - opened as a pipe
        process.stdin.close()
        await process.wait()
