"""Get, beside an echo; and while everything is rendered again."""

from tools.bench.ceilings import echo
from tools.bench.load import Burst
from tools.bench.requests import GET, gets, stored
from tools.bench.results import Result, ratio
from tools.bench.rows.beside import IN_FLIGHT, beside
from tools.bench.run import Run
from tools.bench.serving import Process

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

    async def burst(server: Process) -> Burst:
        return await run.loader.burst(
            server.address, GET, names, in_flight=1, seconds=run.scale.seconds * 3, repeat=True
        )

    server = await run.server()
    await run.quiet(server)
    idle = await burst(server)
    await run.outdate()
    server = await run.server()
    starting = await burst(server)
    await run.compared(server)
    rendering = await burst(server)
    worst = max(starting.percentile(0.99), rendering.percentile(0.99))
    return ratio(
        "Get p99 while everything is rendered again",
        "idle Get p99",
        worst / idle.percentile(0.99),
        most=3.0,
        how=(
            "One client, one request at a time; first on the idle server, then on one that was"
            " started with a driver of another version than the one that rendered what stands:"
            " right after its start, while it reads the world, and once more when all is compiled"
            " and is being rendered, written and compared. The worse of the two counts."
        ),
        details=(
            _said("idle", idle),
            _said("starting", starting),
            _said("rendering", rendering),
        ),
    )


def _said(when: str, burst: Burst) -> str:
    p50, p99 = burst.percentile(0.5), burst.percentile(0.99)
    return f"{when}: p50 {p50:.2f} ms, p99 {p99:.2f} ms ({burst.done} requests)"
