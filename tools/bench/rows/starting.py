"""How long a start takes with the whole world in the store, and what memory it needs."""

from tools.bench.results import Result, at_most
from tools.bench.run import Run

MEBIBYTE = 1024 * 1024


async def start(run: Run) -> list[Result]:
    """Start the server on the world and wait until everything is compiled."""
    # What another release compiled is compiled anew at the first start: that is no restart.
    await run.quiet(await run.server())
    await run.stop()
    server = await run.server()
    serving = await run.first_answer(server)
    checked = await run.compared(server)
    # States are read after everything is compiled: they are a part of what stays.
    await run.quiet(server)
    resident = server.resident / MEBIBYTE
    intents = f"{run.size.intents:,} intents"
    return [
        at_most(
            f"start with {intents}: serving",
            serving,
            3,
            "s",
            how="From the start of the process until a Get is answered; page cache warm.",
        ),
        at_most(
            f"start with {intents}: every digest checked, nothing rendered",
            checked.seconds,
            15,
            "s",
            how=(
                "From the start of the process until its log says that everything is compiled. The"
                " server was at rest before it was stopped: all slices' marks are held against the"
                " drivers that would render them now, and only what has moved since the checkpoint"
                " is compiled. What was said before of intents and objects is read after that."
            ),
            details=(
                f"{checked.unmoved} scopes have not moved, {checked.compiled} were compiled",
                f"{checked.rendered} slices rendered",
            ),
        ),
        at_most(
            f"resident memory of the serving process at {intents}",
            resident,
            500,
            "MB",
            how=(
                "VmRSS of the serving process, without the drivers' processes, at rest after that"
                " start."
            ),
        ),
    ]
