"""Get, beside an echo; and while everything is rendered again."""

from tools.bench.ceilings import echo
from tools.bench.requests import GET, gets, stored
from tools.bench.results import Result, ratio
from tools.bench.rows.beside import IN_FLIGHT, beside
from tools.bench.run import Run

NAMES = 2000


async def get(run: Run) -> Result:
    """Measure Get with 64 in flight, alternating with the bare echo."""
    names, messages = gets(run.size, NAMES), stored(run.size, NAMES)
    found = await beside(
        run,
        "echo",
        ours=(GET, lambda: names),
        theirs=(echo.METHOD, lambda: messages),
        repeat=True,
    )
    return ratio(
        "Get, 64 in flight",
        "bare grpc.aio echo of the same message",
        found.ratio,
        least=0.8,
        how=(
            f"{run.scale.pairs} times {run.scale.seconds:g} s bursts in turn, from a client process"
            f" with {IN_FLIGHT} requests in flight, over {NAMES} intents spread over the world,"
            " read again and again: from the second time on a record is in memory, and its answer"
            " is bytes. The ceiling decodes the intent and answers it."
        ),
        details=(str(found),),
    )


async def while_rendering(run: Run) -> Result:
    """Measure the 99th percentile of Get while a new driver version renders everything."""
    names = gets(run.size, NAMES)
    server = await run.server()
    await run.quiet(server)
    idle = await run.loader.burst(
        server.address, GET, names, in_flight=1, seconds=run.scale.seconds * 2, repeat=True
    )
    await run.outdate()
    server = await run.server()
    busy = await run.loader.burst(
        server.address, GET, names, in_flight=1, seconds=run.scale.seconds * 4, repeat=True
    )
    return ratio(
        "Get p99 while everything is rendered again",
        "idle Get p99",
        busy.percentile(0.99) / idle.percentile(0.99),
        most=3.0,
        how=(
            "One client, one request at a time; first on the idle server, then on one that was"
            " started with a driver of another version than the one that rendered what stands, so"
            " that it compiles, renders and compares everything while it answers."
        ),
        details=(
            (
                f"idle p50 {idle.percentile(0.5):.2f} ms, p99 {idle.percentile(0.99):.2f} ms"
                f" ({idle.done} requests)"
            ),
            (
                f"busy p50 {busy.percentile(0.5):.2f} ms, p99 {busy.percentile(0.99):.2f} ms"
                f" ({busy.done} requests)"
            ),
        ),
    )
