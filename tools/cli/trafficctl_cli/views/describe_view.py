"""One resource as a page for people: what it says, what became of it, what it stands on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from rich.text import Text

from trafficctl_cli.views.columns import age, enum_word, last, object_key, short, why
from trafficctl_cli.views.forms import as_yaml, document
from trafficctl_cli.views.screen import Line
from trafficctl_cli.views.table import styled, table

_MOST_OBJECTS: Final = 20


def heading(message: Any) -> Iterator[Line]:
    """Give what every resource has: type and name, state, age, who wrote it."""
    yield Text(f"{message.DESCRIPTOR.name} {message.name}", style="bold")
    fields = message.DESCRIPTOR.fields_by_name
    if "state" in fields:
        yield Text("  state      ").append_text(styled(enum_word(message, "state")))
    if "create_time" in fields:
        yield f"  created    {age(message.create_time)} ago{_by(message.creator)}"
        if message.update_time != message.create_time:
            yield f"  changed    {age(message.update_time)} ago{_by(message.last_editor)}"
    if "generation" in fields:
        yield f"  generation {message.generation}, revision {message.revision}"


def said(message: Any) -> Iterator[Line]:
    """Give what clients wrote, as a document."""
    yield ""
    yield Text("what it says", style="bold")
    for text in as_yaml([document(message, writable=True)]):
        yield from (f"  {line}" for line in text.splitlines())


def realized(realizations: Sequence[Any]) -> Iterator[Line]:
    """Give what became of an intent in each cluster, with its notices and objects."""
    yield ""
    if not realizations:
        yield Text("it concerns no cluster yet", style="yellow")
    for it in realizations:
        convergence = it.convergence
        line = Text(f"in {last(it.cluster) or 'no cluster'}: ", style="bold")
        line.append_text(styled(enum_word(convergence, "state")))
        stage = enum_word(convergence, "stage").lower()
        line.append(f" {stage}, {it.object_count} objects", style="")
        yield line
        if reason := why(convergence):
            yield Text(f"  why: {reason}", style="yellow")
        if it.last_good_generation not in (0, it.generation):
            yield f"  still in force: generation {it.last_good_generation}"
        for notice in it.notices:
            at = f" at {notice.field}" if notice.field else ""
            yield Text(f"  note: {enum_word(notice, 'reason')}{at}: {notice.text}")
        yield from _objects(it)


def checked(checks: Iterable[Any]) -> Iterator[Line]:
    """Give what the server found when it looked at a cluster."""
    rows = ((it.id, enum_word(it, "result"), it.detail) for it in checks)
    yield ""
    yield Text("checks", style="bold")
    yield from table(("CHECK", "RESULT", "DETAIL"), rows)


def owned(message: Any) -> Iterator[Line]:
    """Give what is known of a managed object."""
    yield f"  object     {object_key(message)}"
    convergence = message.convergence
    yield Text("  state      ").append_text(styled(enum_word(convergence, "state")))
    yield f"  stage      {enum_word(convergence, 'stage').lower()}"
    if reason := why(convergence):
        yield Text(f"  why        {reason}", style="yellow")
    for it in message.origins:
        at = f": {', '.join(it.fields)}" if it.fields else ""
        yield f"  because of {short(it.intent) + at}"
    for it in message.foreign_managers:
        yield f"  also owned {it.field_manager}: {', '.join(it.fields)}"


def _objects(realization: Any) -> Iterator[Line]:
    shown = realization.objects[:_MOST_OBJECTS]
    rows = (
        (f"  {it.kind}", enum_word(it, "state"), last(it.object), enum_word(it, "reason"))
        for it in shown
    )
    yield from table(("  KIND", "STATE", "OBJECT", "WHY"), rows)
    more = realization.object_count - len(shown)
    if more > 0:
        yield Text(f"  and {more} more: trafficctl get objects", style="dim")


def _by(principal: str) -> str:
    return f" by {principal}" if principal else ""
