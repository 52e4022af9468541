"""A client process: sends prepared requests, so many at once, and says how it went.

``python -m tools.bench.load`` reads jobs from stdin, one JSON line each, and answers each with one
line. Requests are sent as the bytes they are, so that the client costs little and all alike.
"""

import asyncio
import base64
import json
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

import grpc


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One burst.

    :ivar requests: in base64; sent once each, or again from the first on where ``repeat``.
    :ivar seconds: no new request after so long.
    """

    address: str
    method: str
    requests: list[str]
    in_flight: int
    seconds: float
    repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """What became of a burst.

    :ivar latencies: of each answered request, milliseconds, sorted.
    :ivar failed: how many were answered by an error.
    :ivar error: one of the errors.
    """

    done: int
    failed: int
    seconds: float
    latencies: list[float]
    error: str = ""

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return self.done / self.seconds

    def percentile(self, share: float) -> float:
        """Give a percentile of the latencies, milliseconds."""
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)]


async def burst(job: Job, channel: grpc.aio.Channel) -> Burst:
    """Send one burst."""
    call: Any = channel.unary_unary(job.method)  # type: ignore[call-arg] # the stubs ask for what has a default
    payloads = [base64.b64decode(it) for it in job.requests]
    latencies: list[float] = []
    errors: list[str] = []
    position = 0
    started = time.perf_counter()

    async def worker() -> None:
        nonlocal position
        while time.perf_counter() - started < job.seconds:
            if position >= len(payloads):
                if not job.repeat:
                    return
                position = 0
            payload = payloads[position]
            position += 1
            sent = time.perf_counter()
            try:
                await call(payload, timeout=60)
            except grpc.aio.AioRpcError as error:
                errors.append(f"{error.code().name}: {error.details()}")
            else:
                latencies.append((time.perf_counter() - sent) * 1000)

    await asyncio.gather(*(worker() for _ in range(job.in_flight)))
    return Burst(
        done=len(latencies),
        failed=len(errors),
        seconds=time.perf_counter() - started,
        latencies=sorted(latencies),
        error=errors[0] if errors else "",
    )


async def main() -> None:
    """Answer jobs until stdin ends."""
    channels: dict[str, grpc.aio.Channel] = {}
    while line := await asyncio.to_thread(sys.stdin.readline):
        job = Job(**json.loads(line))
        if job.address not in channels:
            channels[job.address] = grpc.aio.insecure_channel(job.address)
        print(json.dumps(asdict(await burst(job, channels[job.address]))), flush=True)
    for channel in channels.values():
        await channel.close(None)


if __name__ == "__main__":
    asyncio.run(main())
