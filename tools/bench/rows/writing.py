"""Create, beside a handler that commits one row."""

from itertools import islice
from statistics import median

from tools.bench.ceilings import commit
from tools.bench.requests import CREATE, creates
from tools.bench.results import Result, ratio
from tools.bench.run import Run

IN_FLIGHT = 64


async def create(run: Run) -> Result:
    """Measure Create with 64 in flight, alternating with the bare commit."""
    wanted = creates(run.size, "new")
    bare = creates(run.size, "bare")
    ratios, rates, p99s = [], [], []
    async with run.ceiling("commit") as ceiling:
        server = await run.server()
        await run.quiet(server)
        for _ in range(run.scale.pairs):
            ours = await run.loader.burst(
                server.address,
                CREATE,
                list(islice(wanted, run.scale.burst_size)),
                in_flight=IN_FLIGHT,
                seconds=run.scale.seconds,
            )
            least = await run.loader.burst(
                ceiling.address,
                commit.METHOD,
                list(islice(bare, run.scale.burst_size * 4)),
                in_flight=IN_FLIGHT,
                seconds=run.scale.seconds,
            )
            ratios.append(ours.rate / least.rate)
            rates.append((ours.rate, least.rate))
            p99s.append(ours.percentile(0.99))
    return ratio(
        "durable Create, 64 in flight",
        "bare grpc.aio handler that group-commits one row",
        median(ratios),
        least=0.6,
        how=(
            f"{run.scale.pairs} pairs of {run.scale.seconds:g} s bursts in turn, from a client"
            " process with 64"
            " requests in flight; every request creates another intercluster intent, spread over"
            " all namespaces; what they cause is compiled, rendered and delivered meanwhile. The"
            " ceiling decodes the same request and commits one row with SQLite, WAL and"
            " `synchronous = FULL`, all that wait in one transaction."
        ),
        details=(
            (
                f"{median(it for it, _ in rates):.0f}/s beside"
                f" {median(it for _, it in rates):.0f}/s; p99 {median(p99s):.0f} ms"
            ),
        ),
    )
