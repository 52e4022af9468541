"""Replies that need not be waited for: every layer holds for them all the same."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.wrappers_pb2 import StringValue
from google.rpc import error_details_pb2 as details_pb2
from grpc_status import rpc_status

from trafficctl_server.api.interceptors.decoding import takes_bytes
from trafficctl_server.api.listener import Service
from trafficctl_server.api.principals import current_principal
from trafficctl_server.telemetry.memory_tracing import MemoryTracing

OpenEdge = Any
TOKEN = "alice-token-0123456789"


class AtHand:
    """Answers with who asks and what was asked, at once; some requests wait, or fail."""

    def __init__(self) -> None:
        self.started = asyncio.Semaphore(0)
        self.release = asyncio.Event()

    @takes_bytes
    def answer(self, request: bytes, _: Any) -> Any:
        text = StringValue.FromString(request).value
        if text == "wait":
            return self._wait()
        if text == "fail":
            raise ValueError("nobody foresaw it")
        return StringValue(value=f"{current_principal()} asked {text}").SerializeToString()

    async def _wait(self) -> bytes:
        self.started.release()
        await self.release.wait()
        return StringValue(value="waited").SerializeToString()

    @property
    def service(self) -> Service:
        handler = grpc.unary_unary_rpc_method_handler(
            self.answer, StringValue.FromString, StringValue.SerializeToString
        )
        handlers = grpc.method_handlers_generic_handler("test.AtHand", {"Answer": handler})
        return Service(
            name="test.AtHand",
            servicer=None,
            add=lambda _, server: server.add_generic_rpc_handlers((handlers,)),
        )


def asked(edge: Any, text: str, token: str = TOKEN) -> Any:
    call = edge.client.channel.unary_unary(
        "/test.AtHand/Answer", StringValue.SerializeToString, StringValue.FromString
    )
    return call(StringValue(value=text), metadata=(("authorization", f"Bearer {token}"),))


async def reason(call: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    status = rpc_status.from_call(raised.value)  # type: ignore[arg-type] # it has the same methods
    info = details_pb2.ErrorInfo()
    assert status is not None
    assert status.details[0].Unpack(info)
    return str(info.reason)


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "tokens"
    file.write_text(f"alice:{TOKEN}\n")
    return file


async def test_it_is_traced_logged_and_somebody_s(
    open_edge: OpenEdge, token_file: Path, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    tracing = MemoryTracing()
    async with open_edge(
        services=(AtHand().service,), tracing=tracing, token_file=token_file
    ) as edge:
        assert (await asked(edge, "x")).value == "alice asked x"
        assert await reason(asked(edge, "fail")) == "INTERNAL"
        assert await reason(asked(edge, "x", token="bob-token-0123456789")) == "UNAUTHENTICATED"
    spans = [it for it in tracing.spans if it.name == "/test.AtHand/Answer"]
    assert [it.tags.get("error.kind") for it in spans] == [None, "ValueError", "Unauthenticated"]
    rpcs = [line for line in lines() if line["event"] == "rpc"]
    assert [(it["code"], it.get("principal"), it["trace_id"]) for it in rpcs] == [
        ("OK", "alice", spans[0].trace_id),
        ("INTERNAL", "alice", spans[1].trace_id),
        ("UNAUTHENTICATED", None, spans[2].trace_id),
    ]
    assert all(it["ms"] >= 0 and it["peer"] for it in rpcs)


async def test_it_has_a_place_among_those_at_once_and_gives_back_its_own_alone(
    open_edge: OpenEdge, token_file: Path
) -> None:
    probe = AtHand()
    limits = {"concurrent_rpcs": 1}
    async with open_edge(services=(probe.service,), limits=limits, token_file=token_file) as edge:
        for _ in range(3):
            assert (await asked(edge, "x")).value == "alice asked x"
            assert await reason(asked(edge, "x", token="bob-token-0123456789")) == "UNAUTHENTICATED"
        waiting = asked(edge, "wait")
        await probe.started.acquire()
        for _ in range(3):
            assert await reason(asked(edge, "x")) == "OVERLOADED"
        probe.release.set()
        assert (await waiting).value == "waited"
        assert (await asked(edge, "x")).value == "alice asked x"


async def test_a_server_that_leaves_refuses_it(open_edge: OpenEdge, token_file: Path) -> None:
    probe = AtHand()
    async with open_edge(services=(probe.service,), token_file=token_file) as edge:
        waiting = asked(edge, "wait")
        await probe.started.acquire()
        draining = asyncio.create_task(edge.listener.drain(dt.timedelta(seconds=60)))
        await asyncio.sleep(0)
        assert await reason(asked(edge, "x")) == "SERVER_DRAINING"
        probe.release.set()
        assert (await waiting).value == "waited"
        await draining


async def test_what_has_to_be_waited_for_after_all_has_a_deadline(
    open_edge: OpenEdge, token_file: Path
) -> None:
    limits = {"default_deadline": "20ms"}
    async with open_edge(
        services=(AtHand().service,), limits=limits, token_file=token_file
    ) as edge:
        assert await reason(asked(edge, "wait")) == "DEADLINE"
        assert (await asked(edge, "x")).value == "alice asked x"


async def test_lines_of_requests_and_of_records_keep_their_order(
    open_edge: OpenEdge, token_file: Path, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    log = logging.getLogger("trafficctl_server.test")
    async with open_edge(services=(AtHand().service,), token_file=token_file) as edge:
        for number in range(3):
            await asked(edge, "x")
            log.info("record %d", number)
    events = [line["event"] for line in lines()]
    assert [it for it in events if it == "rpc" or it.startswith("record")] == [
        "rpc",
        "record 0",
        "rpc",
        "record 1",
        "rpc",
        "record 2",
    ]
