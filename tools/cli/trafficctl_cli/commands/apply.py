"""``trafficctl apply``: what files say becomes so, as one revision."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from trafficctl_cli.commands.options import Duration, Verb, about_the_server, files, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.commands.settling import settled
from trafficctl_cli.documents.sources import sources
from trafficctl_cli.documents.wishes import Wishes, read_wishes
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.staging.plans import (
    applied,
    drafted,
    drop,
    dropped_on_error,
    object_changes,
    project_of,
    reach_changes,
)
from trafficctl_cli.views.forms import as_yaml, one_json
from trafficctl_cli.views.plan_view import object_diff, plan_json, reach_lines, summary
from trafficctl_cli.views.screen import Line


@click.command("apply", cls=Verb)
@files()
@click.option("--plan", "shown", is_flag=True, help="Show what it does, ask, then apply it.")
@click.option("--dry-run", is_flag=True, help="Show what it would do, and leave nothing behind.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--wait", "waits", is_flag=True, help="Then wait until the intents are settled.")
@click.option(
    "--within", type=Duration(), default="5m", show_default=True, help="How long to wait at most."
)
@output("text", "json", "yaml", "name")
@about_the_server
@click.pass_obj
def command(
    session: Session,
    *,
    paths: tuple[str, ...],
    shown: bool,
    dry_run: bool,
    yes: bool,
    waits: bool,
    within: float,
    form: str,
) -> int:
    """Make what files say so: create what is not there, replace what is.

    Order does not matter, neither of documents nor of files: all of them become one plan, checked
    as a whole, and one revision. If anything is wrong, nothing changes, and every mistake is told
    at its file, line and column. Where a group wants approval, the plan is left for it, and the
    command ends with 8.

      trafficctl apply -f intents/ --plan
      trafficctl get intents -o yaml --writable | sed ... | trafficctl apply -f -
    """
    wishes = read_wishes(sources(paths))
    with session.connection() as connection, session.screen.progress("reading") as step:
        project = project_of(wishes, session.place)
        plan = drafted(connection, project, wishes, "", step.say)
        with dropped_on_error(connection, plan.name):
            if shown or dry_run:
                step.stop()
                session.screen.tell(picture(connection, plan, objects=True))
            if dry_run:
                drop(connection, plan.name)
                return Exit.OK
            if shown and not yes and sys.stdin.isatty():
                click.confirm("apply it?", abort=True, err=True)
        step.say("applying")
        done = finished(connection, plan, wishes, keep=False)
        step.stop()
        _tell(session, done, wishes, form)
        if waits:
            names = [it for it in names_of(wishes) if "Intents/" in it]
            return settled(session, connection, names, [project], time.monotonic() + within)
    return Exit.OK


def finished(connection: Connection, plan: Any, wishes: Wishes | None, *, keep: bool) -> Any:
    """Apply a plan, or say who has to approve it first.

    :param keep: the plan stays where it cannot be applied; one that waits for approval always does.
    :raises CommandError: it waits for approval, or it is refused.
    """
    try:
        return applied(connection, plan, wishes)
    except Failure as failure:
        if failure.exit is not Exit.APPROVAL:
            if not keep:
                drop(connection, plan.name)
            raise
        raise CommandError(
            Exit.APPROVAL,
            [
                *failure.lines(),
                f"  the plan waits as {plan.name}; somebody else looks at it and approves it:",
                f"    trafficctl plan get {plan.name} --objects",
                f"    trafficctl plan approve {plan.name} --digest {plan.digest}",
                f"  then: trafficctl plan apply {plan.name}",
            ],
        ) from None


def picture(connection: Connection, plan: Any, *, objects: bool) -> Iterator[Line]:
    """Give all that people want to see of a plan."""
    yield from summary(plan)
    try:
        yield from reach_lines(reach_changes(connection, plan.name))
    except Failure as failure:
        if failure.reason != "UNIMPLEMENTED":
            raise
        yield "who gains and who loses access: this server cannot say"
    if objects:
        yield from object_diff(object_changes(connection, plan.name))


def names_of(wishes: Wishes) -> Iterator[str]:
    """Give the names that wishes are about."""
    for change in wishes.changes():
        if change.delete:
            yield change.delete
        else:
            yield getattr(change.apply, change.apply.WhichOneof("resource") or "").name


def _tell(session: Session, plan: Any, wishes: Wishes, form: str) -> None:
    if form == "name":
        session.screen.tell(names_of(wishes))
    elif form in ("json", "yaml"):
        done = plan_json(plan, (), ()) | {"changeCount": len(wishes)}
        session.screen.write(one_json(done) if form == "json" else "".join(as_yaml([done])))
    else:
        session.screen.tell(_in_words(plan, wishes))


def _in_words(plan: Any, wishes: Wishes) -> Iterator[Line]:
    yield from list(summary(plan))[1:]
    changes = "1 change" if len(wishes) == 1 else f"{len(wishes)} changes"
    yield f"applied {changes} as revision {plan.applied_revision} (plan {plan.name})"
