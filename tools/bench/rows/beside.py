"""Bursts in turn: the server's, a ceiling's as it comes, and the same on the server's loop."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from google.protobuf.message import Message

from tools.bench.load import Burst
from tools.bench.run import Run

IN_FLIGHT = 64


@dataclass(frozen=True, kw_only=True)
class Paired:
    """What alternating bursts came to.

    :ivar ours: requests a second, as are ``bare`` and ``same_loop``.
    :ivar ratio: the median of ours by bare, pair by pair.
    :ivar p99: milliseconds, of ours.
    """

    ours: float
    bare: float
    same_loop: float
    ratio: float
    p99: float

    def __str__(self) -> str:
        return (
            f"{self.ours:.0f}/s beside {self.bare:.0f}/s; on uvloop, as the server runs, the"
            f" ceiling answers {self.same_loop:.0f}/s: {self.ours / self.same_loop:.2f} of that"
        )


async def beside(
    run: Run,
    module: str,
    *,
    ours: tuple[str, Callable[[], Sequence[Message]]],
    theirs: tuple[str, Callable[[], Sequence[Message]]],
    repeat: bool = False,
) -> Paired:
    """Measure the server and a ceiling, each method with what to send in the next burst."""
    found: list[tuple[Burst, Burst, Burst]] = []
    async with run.ceiling(module) as bare, run.ceiling(module, "uvloop") as same_loop:
        server = await run.server()
        await run.quiet(server)

        async def burst(
            address: str, method: str, messages: Callable[[], Sequence[Message]]
        ) -> Burst:
            return await run.loader.burst(
                address,
                method,
                messages(),
                in_flight=IN_FLIGHT,
                seconds=run.scale.seconds,
                repeat=repeat,
            )

        for _ in range(run.scale.pairs):
            us = await burst(server.address, *ours)
            them = await burst(bare.address, *theirs)
            found.append((us, them, await burst(same_loop.address, *theirs)))
    return Paired(
        ours=median(it.rate for it, _, _ in found),
        bare=median(it.rate for _, it, _ in found),
        same_loop=median(it.rate for _, _, it in found),
        ratio=median(it.rate / least.rate for it, least, _ in found),
        p99=median(it.percentile(0.99) for it, _, _ in found),
    )
