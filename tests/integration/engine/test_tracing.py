"""One trace from the request to each file, and on the object's record too."""

from pathlib import Path

import orjson
import pytest
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.model.managed_object import ManagedObject

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import town
from trafficctl_server.intents import failures
from trafficctl_server.telemetry.memory_tracing import MemoryTracing


async def test_a_request_and_all_that_follows_is_one_trace(
    tmp_path: Path, drivers: InProcessDrivers
) -> None:
    tracing = MemoryTracing()
    async with town(tmp_path, drivers, tracing=tracing) as it:
        for wish in (
            wishes.cluster("east"),
            wishes.workload("front", "east"),
            wishes.workload("back", "east"),
            wishes.group(),
        ):
            await it.create(wish)
        await it.quiet()
        before = it.tree().keys()
        traces = {}
        for name, served, calling in (("i", "back", "front"), ("j", "front", "back")):
            with tracing.span("rpc") as span:
                await it.create(wishes.intracluster(name, served, calling))
            traces[served] = span.trace_id
        await it.quiet()
        assert len(set(traces.values())) == 2
        for served, trace in traces.items():
            spans = [span for span in tracing.spans if span.trace_id == trace]
            names = {span.name for span in spans}
            assert names == {"rpc", "store", "compile", "render", "delivery"}
            scopes = {span.tags["scope"] for span in spans if "scope" in span.tags}
            assert scopes == {f"workload:shop/{served}", f"destination:shop/{served}"}
            known = {span.span_id for span in spans}
            (root,) = [span for span in spans if span.parent_id not in known]
            assert root.name == "rpc"
        added = it.tree().keys() - before
        records = await it.store.list("ManagedObject", "clusters/-/objects/-", limit=100)
        objects = [
            from_json(ManagedObject, orjson.loads(record.progress), strict=False)
            for record in records
        ]
        seen = {
            there.file.path: there.trace_id
            for there in objects
            if there.file is not None and there.file.path in added
        }
        assert seen.keys() == added
        for path, trace in seen.items():
            assert trace == traces["back" if "back" in path else "front"]


async def test_the_trace_of_a_refused_wish_is_nobody_elses(
    tmp_path: Path, drivers: InProcessDrivers
) -> None:
    tracing = MemoryTracing()
    async with town(tmp_path, drivers, tracing=tracing) as it:
        for wish in (wishes.cluster("east"), wishes.workload("front", "east")):
            await it.create(wish)
        intent = wishes.outbound("o", "db.example.com", "front")
        with tracing.span("refused") as refused, pytest.raises(failures.NotFound):
            await it.create(intent)
        with tracing.span("taken") as taken, pytest.raises(failures.AlreadyExists):
            await it.create(wishes.cluster("east"))
        await it.create(wishes.group())
        await it.create(intent)
        await it.update(wishes.cluster("east", labels={"a": "b"}))
        await it.quiet()
        for span_name, span in (("refused", refused), ("taken", taken)):
            alike = [one.name for one in tracing.spans if one.trace_id == span.trace_id]
            assert set(alike) <= {span_name, "store"}
