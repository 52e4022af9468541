import asyncio
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.telemetry.memory_tracing import MemoryTracing
from trafficctl_server.telemetry.tracing import Tracing

KINDS = pytest.mark.parametrize("make", [Tracing, MemoryTracing])


@KINDS
async def test_a_trace_goes_on_across_a_text_and_tasks(make: Callable[[], Tracing]) -> None:
    tracing = make()
    rows: list[str] = []

    async def store() -> None:
        with tracing.span("store") as span:
            await asyncio.sleep(0)
            rows.append(tracing.carry())
            assert span.trace_id == tracing.trace_id

    with tracing.span("rpc") as rpc:
        await asyncio.gather(store(), store())
    assert tracing.trace_id == ""
    assert tracing.carry() == ""
    for row in rows:
        with tracing.span("deliver", parent=tracing.resume(row)) as later:
            assert later.trace_id == rpc.trace_id


@KINDS
async def test_a_trace_goes_on_in_another_process_s_tracing(make: Callable[[], Tracing]) -> None:
    with (first := make()).span("before") as span:
        row = first.carry()
    second = make()
    with second.span("after the restart", parent=second.resume(row)) as later:
        assert later.trace_id == span.trace_id


async def test_spans_know_their_parents() -> None:
    tracing = MemoryTracing()
    with tracing.span("a"), tracing.span("b") as b:
        pass
    with tracing.span("c", parent=b.parent):
        pass
    with tracing.span("d"):
        pass
    spans = {span.name: span for span in tracing.spans}
    assert spans["b"].parent_id == spans["a"].span_id
    assert spans["c"].parent_id == spans["b"].span_id
    assert spans["d"].parent_id == 0
    assert spans["d"].trace_id != spans["a"].trace_id


@KINDS
@given(text=st.text(max_size=600) | st.text("uber-trace-id=0123456789abcdef:%3A&", max_size=80))
def test_any_text_may_be_resumed(make: Callable[[], Tracing], text: str) -> None:
    tracing = make()
    with tracing.span("work", parent=tracing.resume(text)) as span:
        assert len(span.trace_id) >= 16


def test_strangers_cannot_force_recording_or_add_baggage() -> None:
    tracing = Tracing()
    metadata: list[tuple[str, str | bytes]] = [
        ("uber-trace-id", "abc:def:0:ff"),
        ("uberctx-huge", "x" * 1000),
        ("jaeger-debug-id", "me"),
        ("trace-bin", b"\x00"),
    ]
    with tracing.span("rpc", parent=tracing.extract(metadata)) as span:
        ((key, place),) = tracing.inject()
    assert span.trace_id == "0000000000000abc"
    assert key == "uber-trace-id"
    assert place.startswith("abc:")
    assert place.endswith(":def:1")


def test_a_raised_error_is_named_by_its_kind_alone() -> None:
    tracing = MemoryTracing()
    with pytest.raises(ValueError, match="hunter2"), tracing.span("work"):
        raise ValueError("hunter2")
    (span,) = tracing.spans
    assert span.tags == {"error": True, "error.kind": "ValueError"}


async def test_a_cancelled_span_says_so() -> None:
    tracing = MemoryTracing()

    async def work() -> None:
        with tracing.span("work"):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert tracing.spans[0].tags == {"cancelled": True}


def test_tags_are_short_scalars() -> None:
    tracing = MemoryTracing()
    anything: Any = {"password": "hunter2"}
    with tracing.span("work", rpc__system="grpc", text="x" * 1000, count=3, odd=anything):
        pass
    assert tracing.spans[0].tags == {
        "rpc.system": "grpc",
        "text": "x" * 256,
        "count": 3,
        "odd": "dict",
    }


_JAEGER = """
import asyncio, sys
from trafficctl_server.settings.groups import TracingSettings
from trafficctl_server.telemetry.jaeger_tracing import open_tracing

async def main():
    for _ in range(2):  # a second server in one process has a tracer too
        tracing = open_tracing(
            TracingSettings(kind="jaeger", sampling_rate=1, agent=f"127.0.0.1:{sys.argv[1]}")
        )
        with tracing.span("deliver to east"):
            print(tracing.carry())
        await tracing.close()

asyncio.run(main())
"""


def test_jaeger_s_agent_gets_the_spans_before_the_process_ends() -> None:
    """In a process of its own: the client leaves sockets and a thread behind."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as agent:
        agent.bind(("127.0.0.1", 0))
        agent.settimeout(30)
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", _JAEGER, str(agent.getsockname()[1])],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        packets = [agent.recv(65536) for _ in range(2)]
    assert all(b"trafficctl-server" in packet for packet in packets)
    assert all(b"deliver to east" in packet for packet in packets)
    assert all(line.startswith("uber-trace-id=") for line in done.stdout.splitlines())
    assert "spans lost" not in done.stderr
