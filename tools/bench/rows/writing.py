"""Create, beside a handler that commits one row."""

from itertools import islice

from tools.bench.ceilings import commit
from tools.bench.requests import CREATE, creates
from tools.bench.results import Result, ratio
from tools.bench.rows.beside import IN_FLIGHT, beside
from tools.bench.run import Run


async def create(run: Run) -> Result:
    """Measure Create with 64 in flight, alternating with the bare commit."""
    wanted = creates(run.size, "new")
    bare = creates(run.size, "bare")
    found = await beside(
        run,
        "commit",
        ours=(CREATE, lambda: list(islice(wanted, run.scale.burst_size))),
        theirs=(commit.METHOD, lambda: list(islice(bare, run.scale.burst_size * 4))),
    )
    return ratio(
        "durable Create, 64 in flight",
        "bare grpc.aio handler that group-commits one row",
        found.ratio,
        least=0.6,
        how=(
            f"{run.scale.pairs} times {run.scale.seconds:g} s bursts in turn, from a client process"
            f" with {IN_FLIGHT} requests in flight; every request creates another intercluster"
            " intent, spread over all namespaces; what they cause is compiled, rendered and"
            " delivered meanwhile. The ceiling decodes the same request and commits one row with"
            " SQLite, WAL and `synchronous = FULL`, all that wait in one transaction."
        ),
        details=(f"{found}; p99 {found.p99:.0f} ms",),
    )
