"""Deadlines, overload, message sizes, addresses: what the listener bears and refuses."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2 as details_pb2
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from grpc_status import rpc_status

from trafficctl_server.api.listener import ListenError

OpenEdge = Any


async def refused(call: Any) -> tuple[grpc.StatusCode, str, dict[str, str]]:
    """Answer code, reason and metadata of a refusal."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    status = rpc_status.from_call(raised.value)  # type: ignore[arg-type] # it has the same methods
    assert status is not None, raised.value
    info = details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    return raised.value.code(), info.reason, dict(info.metadata)


async def hang(_: str, __: Any) -> str:
    await asyncio.Event().wait()
    return "never"


async def test_an_rpc_without_deadline_gets_the_default(open_edge: OpenEdge) -> None:
    async with open_edge(unary=hang, limits={"default_deadline": "50ms"}) as edge:
        assert await refused(edge.client.unary()) == (
            grpc.StatusCode.DEADLINE_EXCEEDED,
            "DEADLINE",
            {"seconds": "0.05"},
        )


async def test_a_deadline_too_long_is_cut(open_edge: OpenEdge) -> None:
    limits = {"default_deadline": "10ms", "max_deadline": "60ms"}
    async with open_edge(unary=hang, limits=limits) as edge:
        _, reason, metadata = await refused(edge.client.unary(timeout=3600))
    assert (reason, metadata) == ("DEADLINE", {"seconds": "0.06"})


async def test_a_client_s_shorter_deadline_ends_the_work_too(open_edge: OpenEdge) -> None:
    ended = asyncio.Event()

    async def unary(_: str, __: Any) -> str:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return "never"

    async with open_edge(unary=unary) as edge:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await edge.client.unary(timeout=0.05)
        await ended.wait()
    assert raised.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED


async def test_a_stream_ends_at_its_deadline_even_while_nobody_reads(open_edge: OpenEdge) -> None:
    cleaned = asyncio.Event()

    async def stream(_: str, __: Any) -> AsyncIterator[str]:
        try:
            for _number in range(1_000_000):
                yield "x" * 65536
        finally:
            cleaned.set()

    limits = {"default_deadline": "10ms", "default_stream_deadline": "100ms"}
    async with open_edge(stream=stream, limits=limits) as edge:
        call = edge.client.stream()
        await cleaned.wait()

        async def read_all() -> None:
            async for _ in call:
                pass

        assert (await refused(read_all()))[1] == "DEADLINE"


async def test_a_servicer_s_own_timeout_is_not_taken_for_the_deadline(open_edge: OpenEdge) -> None:
    async def unary(_: str, __: Any) -> str:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()
        return "never"

    async with open_edge(unary=unary) as edge:
        assert (await refused(edge.client.unary()))[1] == "INTERNAL"


async def test_too_many_at_once_are_refused_and_room_comes_back(open_edge: OpenEdge) -> None:
    started, release = asyncio.Semaphore(0), asyncio.Event()

    async def unary(text: str, _: Any) -> str:
        if text == "wait":
            started.release()
            await release.wait()
        return text

    async with open_edge(unary=unary, limits={"concurrent_rpcs": 2}) as edge:
        waiting = [edge.client.unary("wait") for _ in range(2)]
        for _ in waiting:
            await started.acquire()
        code, reason, metadata = await refused(edge.client.unary("more"))
        assert (code, reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED")
        assert metadata == {"subject": "RPCs", "limit": "2"}
        assert (await edge.client.stream("apart").read()).value == "apart"
        release.set()
        assert [(await call).value for call in waiting] == ["wait", "wait"]
        assert (await edge.client.unary("again")).value == "again"


async def test_streams_have_a_limit_of_their_own(open_edge: OpenEdge) -> None:
    async def stream(text: str, _: Any) -> AsyncIterator[str]:
        yield text
        await asyncio.Event().wait()

    async with open_edge(stream=stream, limits={"concurrent_streams": 1}) as edge:
        held = edge.client.stream("one")
        await held.read()
        assert (await refused(edge.client.stream("two").read()))[1] == "OVERLOADED"
        assert (await edge.client.unary("apart")).value == "apart"
        held.cancel()
        for _ in range(1000):  # the server learns of the cancellation a moment later
            again = edge.client.stream("three")
            try:
                assert (await again.read()).value == "three"
                break
            except grpc.aio.AioRpcError as error:
                assert error.code() == grpc.StatusCode.RESOURCE_EXHAUSTED  # noqa: PT017 - retried
        else:
            pytest.fail("the place of a stream that left was never given back")


async def test_a_message_above_the_limit_is_refused(open_edge: OpenEdge) -> None:
    async with open_edge(limits={"message_size": "64KiB"}) as edge:
        assert len((await edge.client.unary("x" * 65000)).value) == 65000
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await edge.client.unary("x" * 70000)
    assert raised.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_a_taken_address_is_named(open_edge: OpenEdge) -> None:
    async with open_edge() as first:
        with pytest.raises(ListenError, match=f"{first.address}: address already in use"):
            async with open_edge(listen=str(first.address)):
                pass


async def test_a_unix_socket_is_for_owner_and_group(open_edge: OpenEdge, tmp_path: Path) -> None:
    path = tmp_path / "edge.sock"
    async with open_edge(listen=f"unix:{path}") as edge:
        assert (await edge.client.unary("local")).value == "local"
        assert path.stat().st_mode & 0o007 == 0
    with pytest.raises(ListenError, match="no such file or directory"):
        async with open_edge(listen=f"unix:{tmp_path}/no/such/folder.sock"):
            pass


async def test_reflection_lists_what_is_served(open_edge: OpenEdge) -> None:
    async with open_edge() as edge:
        stub = reflection_pb2_grpc.ServerReflectionStub(edge.client.channel)
        call = stub.ServerReflectionInfo()
        await call.write(reflection_pb2.ServerReflectionRequest(list_services=""))
        answer = await call.read()
        await call.done_writing()
    assert {service.name for service in answer.list_services_response.service} == {
        "test.Probe",
        "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection",
    }
