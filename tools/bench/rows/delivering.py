"""One changed intent, from its acceptance to the file in the tree, in a large and a small world."""

import asyncio
import time
from itertools import count
from pathlib import Path
from statistics import median

import grpc
from google.protobuf.field_mask_pb2 import FieldMask
from trafficctl.v2 import access_pb2
from trafficctl.v2 import intercluster_intent_pb2 as pb
from trafficctl.v2 import intercluster_intent_pb2_grpc as services

from tools.bench.requests import stored
from tools.bench.results import Result, ratio
from tools.bench.run import Run
from tools.bench.serving import BenchError, Process, server
from tools.bench.world.size import WorldSize

PATIENCE = 60.0
"""Seconds until a change that was not delivered fails the measurement."""
_numbers = count()


async def one_change(run: Run) -> Result:
    """Change intents one after another, in turn in the world and in a small one."""
    small_state, small_size = await run.small_world(), run.scale.small
    large, small = [], []
    ours = await run.server()
    await run.quiet(ours)
    async with server(small_state) as other:
        await run.quiet(other)
        for number in range(run.scale.changes):
            large.append(await _change(ours, run.state, run.size, number))
            small.append(await _change(other, small_state, small_size, number))
    return ratio(
        f"one intent changed among {run.size.intents:,}, accept → delivered (directory)",
        f"the same among {small_size.intents:,}",
        median(large) / median(small),
        most=1.2,
        how=(
            f"{run.scale.changes} changes one after another, in turn in both worlds, both servers"
            " alive and idle: from the answer to Update until the file in the serving cluster's"
            " tree"
            " says what the change said (looked at every millisecond)."
        ),
        details=(f"median {median(large) * 1000:.0f} ms beside {median(small) * 1000:.0f} ms",),
    )


async def _change(process: Process, state: Path, size: WorldSize, number: int) -> float:
    wish = stored(size, number + 1)[number]
    path = f"/bench/{next(_numbers)}"
    for caller in wish.callers:
        caller.access[0].http.paths[0].CopyFrom(access_pb2.PathMatch(prefix=path))
    namespace = wish.name.split("/")[3].replace("b", "ns")
    service = wish.destination.workload
    pattern = f"*/{namespace}/authorizationpolicy.allow-{service}-*.yaml"
    policies = await asyncio.to_thread(lambda: list((state / "clusters").glob(pattern)))
    if not policies:
        raise BenchError(f"no policy of {namespace}/{service} was delivered")
    async with grpc.aio.insecure_channel(process.address) as channel:
        stub = services.InterclusterIntentServiceStub(channel)
        await stub.UpdateInterclusterIntent(
            pb.UpdateInterclusterIntentRequest(
                intercluster_intent=wish, update_mask=FieldMask(paths=["callers"])
            ),
            timeout=30,
        )
        accepted = time.monotonic()
        while time.monotonic() - accepted < PATIENCE:
            if any(path in it.read_text(encoding="utf-8") for it in policies):
                return time.monotonic() - accepted
            await asyncio.sleep(0.001)
    raise BenchError(f"the change of {wish.name} was not delivered")
