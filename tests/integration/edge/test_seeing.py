"""What an RPC leaves behind: one trace and one log line."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest

from trafficctl_server.intents.failures import NotFound
from trafficctl_server.telemetry.memory_tracing import MemoryTracing
from trafficctl_server.telemetry.tracing import Tracing

OpenEdge = Any


async def test_rpc_queue_and_later_work_are_one_trace(open_edge: OpenEdge) -> None:
    tracing = MemoryTracing()
    queue: asyncio.Queue[str] = asyncio.Queue()

    async def unary(text: str, _: Any) -> str:
        with tracing.span("store.commit"):
            await queue.put(tracing.carry())
        return text

    async def deliver() -> None:
        with tracing.span("deliver", parent=tracing.resume(await queue.get())):
            await asyncio.sleep(0)

    async with open_edge(unary=unary, tracing=tracing) as edge:
        worker = asyncio.create_task(deliver())
        with tracing.span("client"):
            await edge.client.unary(metadata=tracing.inject())
        await worker
    spans = {span.name: span for span in tracing.spans}
    assert len({span.trace_id for span in tracing.spans}) == 1
    assert spans["/test.Probe/Unary"].parent_id == spans["client"].span_id
    assert spans["store.commit"].parent_id == spans["/test.Probe/Unary"].span_id
    assert spans["deliver"].parent_id == spans["store.commit"].span_id


async def test_concurrent_rpcs_have_traces_of_their_own(open_edge: OpenEdge) -> None:
    tracing = MemoryTracing()
    both = asyncio.Barrier(2)

    async def unary(text: str, _: Any) -> str:
        await both.wait()
        with tracing.span(text):
            await both.wait()
        return tracing.trace_id

    async with open_edge(unary=unary, tracing=tracing) as edge:
        one, two = await asyncio.gather(edge.client.unary("one"), edge.client.unary("two"))
    assert one.value != two.value
    inside = {span.name: span.trace_id for span in tracing.spans if not span.name.startswith("/")}
    assert inside == {"one": one.value, "two": two.value}


@pytest.mark.parametrize(
    "header",
    ["", "zz", "1:2:3", "0:0:0:0", "1:2:3:4:5", "f" * 5000, "-1:1:0:1", "1:1:0:ff", "1 1:1:0:1"],
)
async def test_a_strange_trace_header_harms_nothing(open_edge: OpenEdge, header: str) -> None:
    async with open_edge(tracing=Tracing()) as edge:
        metadata = (("uber-trace-id", header),)
        assert (await edge.client.unary("x", metadata=metadata)).value == "x"


async def test_one_json_line_tells_method_code_principal_and_time(
    open_edge: OpenEdge, lines: Any
) -> None:
    async def unary(text: str, _: Any) -> str:
        if text == "body-with-secrets":
            raise NotFound("clusters/east", "Cluster")
        return text

    async def stream(text: str, _: Any) -> AsyncIterator[str]:
        yield text

    async with open_edge(unary=unary, stream=stream) as edge:
        await edge.client.unary("fine")
        with pytest.raises(grpc.aio.AioRpcError):
            await edge.client.unary("body-with-secrets")
        stream = edge.client.stream("fine")
        while await stream.read() is not grpc.aio.EOF:  # type: ignore[attr-defined] # not in the stubs
            pass
    rpcs = [line for line in lines() if line["event"] == "rpc"]
    assert [(line["method"], line["code"]) for line in rpcs] == [
        ("/test.Probe/Unary", "OK"),
        ("/test.Probe/Unary", "NOT_FOUND"),
        ("/test.Probe/Stream", "OK"),
    ]
    for line in rpcs:
        assert line["ms"] >= 0
        assert len(line["trace_id"]) >= 16
        assert line["level"] == "info"
    assert "body-with-secrets" not in json.dumps(lines())


async def test_clients_that_leave_cause_one_line_and_no_traceback(
    open_edge: OpenEdge, lines: Any
) -> None:
    started = asyncio.Semaphore(0)
    gone = asyncio.Semaphore(0)

    async def stream(_: str, __: Any) -> AsyncIterator[str]:
        try:
            started.release()
            for _number in range(1_000_000):
                yield "x" * 10_000
        finally:
            gone.release()

    async with open_edge(stream=stream) as edge:
        for _ in range(20):
            client = await edge.connect()
            call = client.stream()
            await started.acquire()
            await call.read()
            call.cancel()
            await client.channel.close()
            await gone.acquire()
    written = lines()
    assert sum(line["event"] == "rpc" for line in written) == 20
    assert {line["code"] for line in written if line["event"] == "rpc"} == {"CANCELLED"}
    assert not [line for line in written if "exception" in line or line["level"] == "error"]
