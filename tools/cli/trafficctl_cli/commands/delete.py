"""``trafficctl delete``: resources go, by name or as files name them."""

from typing import Any

import click

from trafficctl_cli.commands.completing import complete_name
from trafficctl_cli.commands.drafting import draft, finished
from trafficctl_cli.commands.options import Verb, about_the_server, files
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import TYPES, WRITTEN
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.names import one_name
from trafficctl_cli.views.columns import enum_word

_DELETED = tuple(TYPES[it] for it in (*WRITTEN, "Plan"))


@click.command("delete", cls=Verb)
@click.argument("words", metavar="[NAME]...", nargs=-1, shell_complete=complete_name)
@files(required=False)
@click.option(
    "--force", is_flag=True, help="A group with its intents; a cluster that is lost for good."
)
@click.option("--orphan-records", is_flag=True, help="A DNS provider intent leaves its records.")
@click.option("--ignore-missing", is_flag=True, help="One that is not there is no error.")
@about_the_server
@click.pass_obj
def command(
    session: Session, /, *, words: tuple[str, ...], paths: tuple[str, ...], **flags: bool
) -> int:
    """Delete resources: by name, one after the other, or those that files name, as one revision.

    A deleted intent stays readable, as DELETING, until every cluster has confirmed that what only
    it wanted is gone: trafficctl wait NAME --for gone.
    """
    if bool(words) == bool(paths):
        raise click.UsageError("say names, or -f")
    if paths:
        return _by_files(session, paths, **flags)
    names = [one_name(word, session.place, _DELETED) for word in words]
    with session.connection() as connection:
        for name in names:
            gone = _delete(connection, name, **flags)
            state = enum_word(gone, "state").lower() if gone.uid else "is not there"
            session.screen.tell([f"{name} {'deleted' if state in ('', 'draft') else state}"])
    return Exit.OK


def _by_files(session: Session, paths: tuple[str, ...], **flags: bool) -> int:
    if said := [it for it, given in flags.items() if given]:
        raise click.UsageError(f"--{said[0].replace('_', '-')} goes with names, not with -f")
    with draft(session, paths, delete=True) as made:
        done = finished(made.connection, made.plan, made.wishes)
        made.step.stop()
        count = f"{len(made.wishes)} changes" if len(made.wishes) > 1 else "1 change"
        session.screen.tell([f"deleted by {count} as revision {done.applied_revision}"])
    return Exit.OK


def _delete(
    connection: Connection, name: str, *, force: bool, orphan_records: bool, ignore_missing: bool
) -> Any:
    kind = next(it for it in _DELETED if it.matches(name))
    method = kind.method("Delete")
    request = method.request(name=name, allow_missing=ignore_missing)
    for option, said in (("force", force), ("orphan_records", orphan_records)):
        if not said:
            continue
        if option not in request.DESCRIPTOR.fields_by_name:
            flag = f"--{option.replace('_', '-')}"
            raise CommandError(Exit.USAGE, [f"{flag} means nothing for {name}"])
        setattr(request, option, True)
    return connection.call(method, request)
