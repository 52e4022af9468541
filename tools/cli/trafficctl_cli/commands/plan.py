"""``trafficctl plan``: plans that are kept, to be looked at, approved, applied."""

import sys
from typing import Any, Final

import click

from trafficctl_cli.commands.drafting import draft, finished
from trafficctl_cli.commands.options import (
    VerbGroup,
    about_the_server,
    files,
    output,
)
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import TYPES, WILDCARD, method
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.names import one_name
from trafficctl_cli.staging.plans import LONG, object_changes, reach_changes
from trafficctl_cli.views.columns import columns
from trafficctl_cli.views.forms import as_json, as_yaml, message_json, one_json
from trafficctl_cli.views.plan_view import particulars, picture, plan_json, summary
from trafficctl_cli.views.table import table

_PLAN: Final = TYPES["Plan"]
_NAME: Final = click.argument("word", metavar="PLAN")


@click.group("plan", cls=VerbGroup, invoke_without_command=True)
@files(required=False)
@click.option("--id", "plan_id", default="", help="The plan's id. Default: the server chooses.")
@click.option("--objects", is_flag=True, help="Show the objects' diff, too.")
@output("text", "json", "yaml", "name")
@about_the_server
@click.pass_context
def command(
    ctx: click.Context, *, paths: tuple[str, ...], plan_id: str, objects: bool, form: str
) -> int:
    """Make a plan of files and keep it, or (with a word behind) look at plans and act on them.

    A plan shows what would change in each cluster and who gains or loses access. It reserves its
    addresses, and applies as one revision exactly what it showed, or not at all.
    """
    if ctx.invoked_subcommand is not None:
        if paths:
            raise click.UsageError("-f makes a plan; leave it out with a word behind plan")
        return Exit.OK
    if not paths:
        raise click.UsageError("say -f to make a plan, or one of the words below", ctx)
    session = ctx.ensure_object(Session)
    with draft(session, paths, plan_id=plan_id) as made:
        made.step.stop()
        _show(session, made.connection, made.plan, form, objects=objects)
    return Exit.OK


@command.command("list")
@output("table", "wide", "json", "yaml", "name")
@about_the_server
@click.pass_obj
def list_plans(session: Session, *, form: str) -> int:
    """Show the plans of the project that --in names, or of all projects."""
    collection, _, rest = session.place.partition("/")
    project = rest.partition("/")[0] if collection == "projects" else WILDCARD
    with session.connection() as connection:
        found = connection.listed(_PLAN, f"projects/{project}")
        if form == "name":
            session.screen.tell(it.name for it in found)
        elif form in ("json", "yaml"):
            for text in (as_json if form == "json" else as_yaml)(map(message_json, found)):
                session.screen.write(text)
        else:
            chosen = columns("Plan", wide=form == "wide")
            rows = ([it.cell(each) for it in chosen] for each in found)
            session.screen.tell(table([it.head for it in chosen], rows))
    return Exit.OK


@command.command("get")
@_NAME
@click.option("--objects", is_flag=True, help="Show the objects' diff, too.")
@output("text", "json", "yaml", "name")
@about_the_server
@click.pass_obj
def get_plan(session: Session, *, word: str, objects: bool, form: str) -> int:
    """Show a plan: what it changes in each cluster, who gains and who loses access."""
    name = one_name(word, session.place, [_PLAN])
    with session.connection() as connection:
        _show(session, connection, _read(connection, name), form, objects=objects)
    return Exit.OK


@command.command("compute")
@_NAME
@about_the_server
@click.pass_obj
def compute_plan(session: Session, *, word: str) -> int:
    """Compute a plan again, such as a stale one."""
    name = one_name(word, session.place, [_PLAN])
    compute = method("ComputePlan")
    with session.connection() as connection, session.screen.progress("computing"):
        plan = connection.call(compute, compute.request(name=name), timeout=LONG)
        session.screen.tell(summary(plan))
        session.screen.tell(particulars(plan))
    return Exit.CONFLICT if plan.HasField("problems") else Exit.OK


@command.command("approve")
@_NAME
@click.option("--digest", help="Of the plan as you looked at it; plan get shows it.")
@click.option("--comment", default="", help="Why, for people.")
@about_the_server
@click.pass_obj
def approve_plan(session: Session, *, word: str, digest: str | None, comment: str) -> int:
    """Approve a plan as it was looked at; nobody approves a plan of one's own.

    Without --digest a terminal shows the plan and asks; elsewhere it is needed.
    """
    return _judge(session, "ApprovePlan", word, digest, comment)


@command.command("reject")
@_NAME
@click.option("--digest", help="Of the plan as you looked at it; plan get shows it.")
@click.option("--comment", default="", help="Why, for people.")
@about_the_server
@click.pass_obj
def reject_plan(session: Session, *, word: str, digest: str | None, comment: str) -> int:
    """Reject a plan as it was looked at; it can no longer be applied."""
    return _judge(session, "RejectPlan", word, digest, comment)


@command.command("apply")
@_NAME
@click.option("--digest", help="Apply it only if it is this one. Default: as it is.")
@about_the_server
@click.pass_obj
def apply_plan(session: Session, *, word: str, digest: str | None) -> int:
    """Apply a plan, as one revision."""
    name = one_name(word, session.place, [_PLAN])
    with session.connection() as connection, session.screen.progress("applying"):
        plan = _read(connection, name)
        plan.digest = digest or plan.digest
        done = finished(connection, plan)
        session.screen.tell([f"{name} applied as revision {done.applied_revision}"])
    return Exit.OK


@command.command("delete")
@_NAME
@about_the_server
@click.pass_obj
def delete_plan(session: Session, *, word: str) -> int:
    """Delete a plan; what it applied stays."""
    name = one_name(word, session.place, [_PLAN])
    delete = _PLAN.method("Delete")
    with session.connection() as connection:
        connection.call(delete, delete.request(name=name))
        session.screen.tell([f"{name} deleted"])
    return Exit.OK


def _read(connection: Connection, name: str) -> Any:
    get = _PLAN.method("Get")
    return connection.call(get, get.request(name=name))


def _show(session: Session, connection: Connection, plan: Any, form: str, *, objects: bool) -> None:
    reach = reach_changes(connection, plan.name)
    if form == "name":
        session.screen.tell([plan.name])
    elif form in ("json", "yaml"):
        whole = plan_json(plan, object_changes(connection, plan.name), reach)
        session.screen.write(one_json(whole) if form == "json" else "".join(as_yaml([whole])))
    else:
        shown = object_changes(connection, plan.name) if objects else ()
        session.screen.tell(picture(plan, reach, shown))
        session.screen.tell(particulars(plan))


def _judge(session: Session, verb: str, word: str, digest: str | None, comment: str) -> int:
    name = one_name(word, session.place, [_PLAN])
    judge = method(verb)
    with session.connection() as connection:
        if digest is None:
            if not sys.stdin.isatty():
                raise CommandError(Exit.USAGE, ["say --digest: what you looked at (plan get)"])
            plan = _read(connection, name)
            _show(session, connection, plan, "text", objects=True)
            click.confirm(f"{verb.removesuffix('Plan').lower()} it?", abort=True, err=True)
            digest = plan.digest
        request = judge.request(name=name, digest=digest, comment=comment)
        judged = connection.call(judge, request)
        session.screen.tell(list(summary(judged))[:1])
    return Exit.OK
