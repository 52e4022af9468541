"""From files to a computed plan; ``apply``, ``plan``, ``diff`` and ``delete -f`` begin alike."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from trafficctl_cli.commands.session import Session
from trafficctl_cli.documents.sources import sources
from trafficctl_cli.documents.wishes import Wishes, read_wishes
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.staging.plans import applied, drafted, drop, project_of
from trafficctl_cli.views.screen import Step


@dataclass(frozen=True, slots=True)
class Draft:
    """A computed plan, and what it is made of."""

    connection: Connection
    wishes: Wishes
    project: str
    plan: Any
    step: Step


@contextmanager
def draft(
    session: Session, paths: Sequence[str], *, plan_id: str = "", delete: bool = False
) -> Iterator[Draft]:
    """Read files and make their plan, which the block may show, apply or drop.

    :raises CommandError: with everything that is wrong, at its place.
    """
    with session.screen.progress("reading") as step:
        found = sources(paths)
        wishes = read_wishes(
            found, delete=delete, tell=lambda count: step.say(f"reading: {count} documents")
        )
        project = project_of(wishes, session.place)
        with session.connection() as connection:
            plan = drafted(connection, project, wishes, plan_id, step.say)
            yield Draft(connection, wishes, project, plan, step)


def finished(connection: Connection, plan: Any, wishes: Wishes | None = None) -> Any:
    """Apply a plan, or say who has to approve it first, or how to find out what became of it.

    :param wishes: what it was made of just now; it is dropped where it is refused.
    :raises CommandError: it waits for approval, or nobody knows whether it was applied.
    :raises Failure: it is refused.
    """
    try:
        return applied(connection, plan, wishes)
    except KeyboardInterrupt:
        raise _unknown(plan, Exit.INTERRUPTED, ["interrupted"]) from None
    except Failure as failure:
        if failure.away or failure.late:
            raise _unknown(plan, failure.exit, failure.lines()) from None
        if failure.exit is Exit.APPROVAL:
            raise _waiting(plan, failure) from None
        if wishes is not None:
            drop(connection, plan.name)
        raise


def _unknown(plan: Any, exit_code: Exit, lines: Sequence[str]) -> CommandError:
    ask = f"  whether it was applied, trafficctl plan get {plan.name} says"
    return CommandError(exit_code, [*lines, ask])


def _waiting(plan: Any, failure: Failure) -> CommandError:
    return CommandError(
        failure.exit,
        [
            *failure.lines(),
            f"  the plan waits as {plan.name}; somebody else looks at it and approves it:",
            f"    trafficctl plan get {plan.name} --objects",
            f"    trafficctl plan approve {plan.name} --digest {plan.digest}",
            f"  then: trafficctl plan apply {plan.name}",
        ],
    )
