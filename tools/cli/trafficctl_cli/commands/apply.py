"""``trafficctl apply``: what files say becomes so, as one revision."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from trafficctl_cli.commands.drafting import Draft, draft, finished
from trafficctl_cli.commands.options import Duration, Verb, about_the_server, files, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.commands.settling import settled
from trafficctl_cli.documents.wishes import Wishes
from trafficctl_cli.exits import Exit
from trafficctl_cli.staging.plans import (
    drop,
    dropped_on_error,
    object_changes,
    reach_changes,
)
from trafficctl_cli.views.forms import as_yaml, one_json
from trafficctl_cli.views.plan_view import picture, plan_json, summary
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

    With --wait it ends as trafficctl wait does.
    """
    with draft(session, paths) as made:
        with dropped_on_error(made.connection, made.plan.name):
            if shown or dry_run:
                _show(session, made, form)
            if dry_run:
                drop(made.connection, made.plan.name)
                return Exit.OK
            if shown and not yes and sys.stdin.isatty():
                click.confirm("apply it?", abort=True, err=True)
        made.step.say("applying")
        done = finished(made.connection, made.plan, made.wishes)
        made.step.stop()
        _tell(session, done, made.wishes, form)
        names = [it for it in _names(made.wishes) if "Intents/" in it]
        if waits and names:
            end = time.monotonic() + within
            return settled(session, made.connection, names, [made.project], end)
    return Exit.OK


def _show(session: Session, made: Draft, form: str) -> None:
    made.step.stop()
    reach = reach_changes(made.connection, made.plan.name)
    objects = object_changes(made.connection, made.plan.name)
    if form in ("json", "yaml"):
        whole = plan_json(made.plan, objects, reach)
        session.screen.write(one_json(whole) if form == "json" else "".join(as_yaml([whole])))
    elif form == "name":
        session.screen.tell(it.object for it in objects)
    else:
        session.screen.tell(picture(made.plan, reach, objects))


def _tell(session: Session, plan: Any, wishes: Wishes, form: str) -> None:
    if form == "name":
        session.screen.tell(_names(wishes))
    elif form in ("json", "yaml"):
        done = plan_json(plan, (), ()) | {"changeCount": len(wishes)}
        session.screen.write(one_json(done) if form == "json" else "".join(as_yaml([done])))
    else:
        session.screen.tell(_in_words(plan, wishes))


def _names(wishes: Wishes) -> Iterator[str]:
    for change in wishes.changes():
        yield getattr(change.apply, change.apply.WhichOneof("resource") or "").name


def _in_words(plan: Any, wishes: Wishes) -> Iterator[Line]:
    yield from list(summary(plan))[1:]
    changes = "1 change" if len(wishes) == 1 else f"{len(wishes)} changes"
    yield f"applied {changes} as revision {plan.applied_revision} (plan {plan.name})"
