from pathlib import Path

from tests.fakes import wishes
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import town
from trafficctl_server.telemetry.memory_tracing import MemoryTracing


async def test_a_wish_is_one_trace_from_its_request_to_its_delivery(
    tmp_path: Path, drivers: InProcessDrivers
) -> None:
    tracing = MemoryTracing()
    async with town(tmp_path, drivers, tracing=tracing) as it:
        for fact in (
            wishes.cluster("east"),
            wishes.cluster("west"),
            wishes.workload("cart", "west"),
            wishes.workload("web", "east"),
            wishes.group(),
        ):
            await it.create(fact)
        await it.quiet()
        with tracing.span("request") as span:
            intent = await it.create(wishes.intercluster("web-cart", "cart", "web"))
        await it.settled(intent.name)
    ours = {one.name for one in tracing.spans if one.trace_id == span.trace_id}
    assert {"request", "store", "compile", "render", "delivery"} <= ours
