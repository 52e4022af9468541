"""A server that leaves says so, finishes what it can, and ends the rest with a reason."""

import asyncio
import datetime as dt
import itertools
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2 as details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_status import rpc_status

OpenEdge = Any
SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
LONG = dt.timedelta(seconds=60)


async def ended(call: Any) -> str:
    """Answer the code of how a call ended, with the reason if it has one."""
    try:
        await call
    except grpc.aio.AioRpcError as error:
        status = rpc_status.from_call(error)  # type: ignore[arg-type] # it has the same methods
        if status is None:
            return error.code().name
        info, retry = details_pb2.ErrorInfo(), details_pb2.RetryInfo()
        assert status.details[0].Unpack(info)
        if info.reason == "SERVER_DRAINING":
            assert status.details[1].Unpack(retry)
            assert retry.retry_delay.ToMilliseconds() > 0
        return f"{error.code().name} {info.reason}"
    return "OK"


async def test_in_flight_work_finishes_and_new_work_is_refused(open_edge: OpenEdge) -> None:
    started, release = asyncio.Event(), asyncio.Event()

    async def unary(text: str, _: Any) -> str:
        if text == "slow":
            started.set()
            await release.wait()
        return text

    async with open_edge(unary=unary) as edge:
        health = health_pb2_grpc.HealthStub(edge.client.channel)
        request = health_pb2.HealthCheckRequest(service="test.Probe")
        watch = health.Watch(request)
        assert (await watch.read()).status == SERVING
        slow = edge.client.unary("slow")
        await started.wait()
        draining = asyncio.create_task(edge.listener.drain(LONG))
        assert (await watch.read()).status == NOT_SERVING
        assert (await health.Check(request)).status == NOT_SERVING
        assert (await health.Check(health_pb2.HealthCheckRequest())).status == NOT_SERVING
        assert await ended(edge.client.unary("new")) == "UNAVAILABLE SERVER_DRAINING"
        assert await ended(edge.client.stream("new").read()) == "UNAVAILABLE SERVER_DRAINING"
        assert not draining.done()
        release.set()
        assert (await slow).value == "slow"
        await draining


async def test_streams_are_ended_at_once_wherever_they_wait(open_edge: OpenEdge) -> None:
    cleaned: list[str] = []

    async def stream(text: str, _: Any) -> AsyncIterator[str]:
        try:
            yield "first"
            if text == "idle":
                await asyncio.Event().wait()
            for _number in range(1_000_000):  # a reader that reads nothing stops the writer
                yield "x" * 65536
        finally:
            cleaned.append(text)

    async with open_edge(stream=stream) as edge:
        calls = [edge.client.stream(text) for text in ("idle", "full")]
        for call in calls:
            await call.read()
        await edge.listener.drain(LONG)
        assert await ended(calls[0].read()) == "UNAVAILABLE SERVER_DRAINING"
        assert await ended(_read_all(calls[1])) == "UNAVAILABLE SERVER_DRAINING"
    assert sorted(cleaned) == ["full", "idle"]


async def test_a_stream_that_has_only_just_begun_is_ended_with_the_reason(
    open_edge: OpenEdge,
) -> None:
    """Also between its first words leaving the server and gRPC noting that they have left."""
    for turns in range(8):
        begun = asyncio.Event()

        async def stream(_: str, __: Any, begun: asyncio.Event = begun) -> AsyncIterator[str]:
            begun.set()
            yield "first"
            await asyncio.Event().wait()

        async with open_edge(stream=stream) as edge:
            call = edge.client.stream("any")
            await begun.wait()
            for _ in range(turns):
                await asyncio.sleep(0)
            await edge.listener.drain(LONG)
            assert await ended(_read_all(call)) == "UNAVAILABLE SERVER_DRAINING"


async def _read_all(call: Any) -> None:
    while await call.read() is not grpc.aio.EOF:  # type: ignore[attr-defined] # not in the stubs
        pass


async def test_what_outlives_the_deadline_is_ended_with_the_reason(open_edge: OpenEdge) -> None:
    started = asyncio.Event()

    async def unary(_: str, __: Any) -> str:
        started.set()
        await asyncio.Event().wait()
        return "never"

    async with open_edge(unary=unary) as edge:
        call = edge.client.unary()
        await started.wait()
        await edge.listener.drain(dt.timedelta(0))
        assert await ended(call) == "UNAVAILABLE SERVER_DRAINING"


async def test_work_that_will_not_be_ended_does_not_hold_the_server(open_edge: OpenEdge) -> None:
    started, released = asyncio.Event(), asyncio.Event()

    async def unary(_: str, __: Any) -> str:
        started.set()
        while not released.is_set():
            with suppress(asyncio.CancelledError):
                await released.wait()
        return "late"

    async with open_edge(unary=unary) as edge:
        call = edge.client.unary()
        await started.wait()
        await edge.listener.drain(dt.timedelta(0))
        assert await ended(call) == "UNAVAILABLE"
        released.set()


async def test_draining_under_load_loses_no_answer(open_edge: OpenEdge) -> None:
    """Each call either has its answer or knows that it may be repeated."""
    kept: set[str] = set()
    half = asyncio.Event()

    async def unary(text: str, _: Any) -> str:
        await asyncio.sleep(0)
        kept.add(text)
        if len(kept) == 300:
            half.set()
        return text

    answered: set[str] = set()
    refused: dict[str, str] = {}

    async with open_edge(unary=unary, limits={"concurrent_rpcs": 1000}) as edge:

        async def load(worker: int) -> None:
            for number in itertools.count():
                outcome = await ended(edge.client.unary(name := f"{worker}.{number}"))
                if outcome != "OK":
                    refused[name] = outcome
                    break
                answered.add(name)

        workers = [asyncio.create_task(load(worker)) for worker in range(20)]
        await half.wait()
        await edge.listener.drain(LONG)
        await asyncio.gather(*workers)
    assert answered == kept
    assert list(refused.values()) == ["UNAVAILABLE SERVER_DRAINING"] * 20


async def test_a_drained_address_can_be_listened_on_again(open_edge: OpenEdge) -> None:
    async with open_edge() as first:
        address = str(first.address)
        assert (await first.client.unary("one")).value == "one"
    async with open_edge(listen=address) as second:
        assert (await second.client.unary("two")).value == "two"


@pytest.mark.parametrize("service", ["", "test.Probe", "grpc.health.v1.Health"])
async def test_health_is_known_per_service(open_edge: OpenEdge, service: str) -> None:
    async with open_edge() as edge:
        health = health_pb2_grpc.HealthStub(edge.client.channel)
        answer = await health.Check(health_pb2.HealthCheckRequest(service=service))
        assert answer.status == SERVING
        unknown = health.Check(health_pb2.HealthCheckRequest(service="no.Such"))
        assert await ended(unknown) == "NOT_FOUND NOT_FOUND"
