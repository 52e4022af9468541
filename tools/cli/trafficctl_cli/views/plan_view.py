"""A plan for people: objects per cluster, who gains and who loses access, field by field."""

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from typing import Any, Final

from google.protobuf.json_format import MessageToDict
from rich.text import Text

from trafficctl_cli.views.access import rule_text
from trafficctl_cli.views.columns import enum_word, last, short
from trafficctl_cli.views.screen import Line
from trafficctl_cli.views.table import styled, table

_DIFF: Final = {"+": "green", "-": "red", "@": "cyan"}
_DENIED: Final = "who is not admitted is refused from now on (default deny)"
_MOVED: Final = "a workload or a cluster changes"
_CAUSES: Final = {
    ("DEFAULT_DENY", "CLOSED"): _DENIED,
    ("DEFAULT_DENY", "NARROWED"): _DENIED,
    ("INVENTORY", "OPENED"): _MOVED,
    ("INVENTORY", "CLOSED"): _MOVED,
    ("INVENTORY", "NARROWED"): _MOVED,
    ("INVENTORY", "WIDENED"): _MOVED,
}
_EFFECTS: Final = {
    "OPENED": "gains access",
    "CLOSED": "loses access",
    "NARROWED": "may do less",
    "WIDENED": "may do more",
}


def summary(plan: Any) -> Iterator[Line]:
    """Give a plan in numbers."""
    line = Text(f"plan {plan.name}: ")
    line.append_text(styled(enum_word(plan, "state")))
    yield line
    rows = (
        (
            last(it.cluster),
            f"+{it.created}",
            f"~{it.changed}",
            f"-{it.removed}",
            "the safety brake will hold it" if it.brake_trips else "",
        )
        for it in plan.summary.clusters
    )
    if plan.summary.clusters:
        yield from table(("CLUSTER", "CREATED", "CHANGED", "REMOVED", ""), rows)
    else:
        yield "no object changes in any cluster"
    yield f"calls: {plan.summary.calls_opened} opened, {plan.summary.calls_closed} closed"


def picture(plan: Any, reach: Iterable[Any], objects: Iterable[Any] = ()) -> Iterator[Line]:
    """Give all that people want to see of a plan."""
    yield from summary(plan)
    yield from reach_lines(reach)
    yield from object_diff(objects)


def particulars(plan: Any) -> Iterator[Line]:
    """Give what else there is to know of a plan."""
    yield f"digest   {plan.digest or '-'}"
    if plan.creator:
        yield f"author   {plan.creator}"
    if plan.HasField("expire_time"):
        yield f"expires  {plan.expire_time.ToJsonString()}"
    for word, given in (("approved", plan.approvals), ("rejected", [plan.rejection])):
        for it in given:
            if it.digest or it.principal:
                why = f": {it.comment}" if it.comment else ""
                yield f"{word} by {it.principal or 'somebody'}{why}"
    if plan.applied_revision:
        yield f"applied  as revision {plan.applied_revision}"
    for it in plan.problems.bad_request.field_violations:
        yield Text(f"problem  {it.field}: {it.description}", style="red")


def reach_lines(changes: Iterable[Any]) -> Iterator[Line]:
    """Give who gains and who loses access, one line each."""
    for it in changes:
        effect = enum_word(it, "effect")
        line = Text("  ")
        line.append_text(styled(effect))
        line.append(f" {_end(it.caller)} -> {_end(it.destination)}", style="bold")
        line.append(f" port {', '.join(map(str, it.ports))}" if it.ports else "")
        line.append(f": {_EFFECTS.get(effect, '')}")
        if it.operations:
            line.append(f" ({'; '.join(map(rule_text, it.operations))})")
        yield line
        cause = _CAUSES.get((enum_word(it.cause, "kind"), effect), "")
        intents = ", ".join(short(name) for name in it.cause.intents)
        because = ", ".join(part for part in (cause, intents) if part)
        if because:
            yield Text(f"      because of {because}", style="dim")


def object_diff(changes: Iterable[Any]) -> Iterator[Line]:
    """Give what changes in objects, as a diff of their YAML."""
    for it in changes:
        what = f"{last(it.cluster) or 'dns'} {it.kind} {it.key}"
        yield ""
        head = styled(enum_word(it, "action"))
        head.append(f" {what}", style="bold")
        yield head
        for line in unified_diff(
            it.before.splitlines(), it.after.splitlines(), "before", "after", n=3, lineterm=""
        ):
            if not line.startswith(("---", "+++")):
                yield Text(line, style=_DIFF.get(line[:1], ""))


def plan_json(plan: Any, objects: Iterable[Any], reach: Iterable[Any]) -> dict[str, Any]:
    """Give a plan with all that it does, for programs."""
    return {
        **MessageToDict(plan),
        "objectChanges": [MessageToDict(it) for it in objects],
        "reachChanges": [MessageToDict(it) for it in reach],
    }


def _end(node: Any) -> str:
    if node.text:
        return str(node.text)
    return last(node.workload) or node.host or node.id
