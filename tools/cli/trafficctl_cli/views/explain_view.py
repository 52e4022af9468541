"""One explanation as text: the verdict, every station of the way, and what decides there."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from rich.text import Text

from trafficctl_cli.views.columns import enum_word, last, short
from trafficctl_cli.views.screen import Line
from trafficctl_cli.views.table import styled

_MARKS: Final = {"PASSES": "✓", "REFUSES": "✗", "NOT_DECIDED": "?"}
_STYLES: Final = {"PASSES": "green", "REFUSES": "red", "NOT_DECIDED": "yellow"}
_TLS: Final = {
    "PLAINTEXT": "plaintext",
    "SIMPLE": "TLS",
    "MUTUAL": "mutual TLS",
    "PASSED_THROUGH": "TLS passed on",
}


def explained(explanation: Any, keys: Mapping[str, str]) -> Iterator[Line]:
    """Give the lines of one explanation.

    :param keys: what people call objects, by their names.
    """
    verdict = enum_word(explanation, "verdict")
    head = styled(verdict)
    head.stylize("bold")
    where = last(explanation.caller_cluster)
    basis = enum_word(explanation.basis, "value").lower() or "desired"
    of = f" from {where}" if where else " from outside"
    head.append(f"{of}, as {basis} at revision {explanation.revision}", style="dim")
    yield head
    for number, hop in enumerate(explanation.hops, 1):
        yield from _hop(number, hop, keys)
    if explanation.destinations:
        yield Text("  ends at " + ", ".join(_share(it) for it in explanation.destinations))
    for fact in explanation.missing:
        at = f" of {last(fact.cluster)}" if fact.cluster else ""
        yield Text(f"  missing: {fact.kind}{at}: {fact.text}", style="yellow")
    for line in explanation.text.splitlines():
        yield Text(f"  {line}")


def _hop(number: int, hop: Any, keys: Mapping[str, str]) -> Iterator[Line]:
    decision = enum_word(hop, "decision")
    line = Text(f"  {number} ")
    line.append(f"{_MARKS.get(decision, ' ')} ", style=_STYLES.get(decision, ""))
    kind = enum_word(hop, "kind").lower().replace("_", " ").replace("east west", "east-west")
    line.append(f"{kind} {last(hop.party)}".strip(), style="bold")
    if hop.cluster:
        line.append(f" in {last(hop.cluster)}")
    if hop.address:
        line.append(f" at {hop.address}")
    tls = enum_word(hop, "tls")
    if tls:
        line.append(f", {_TLS.get(tls, tls)}")
    yield line
    if hop.identity:
        yield Text(f"      sees {hop.identity}", style="dim")
    for name in hop.objects:
        yield Text(f"      by {keys.get(name, name)}", style="dim")
    if hop.intents:
        yield Text(f"      of {', '.join(short(it) for it in hop.intents)}", style="dim")


def _share(destination: Any) -> str:
    where = last(destination.cluster) or "outside"
    subset = f" {destination.subset}" if destination.subset else ""
    return f"{where}{subset} ({destination.weight} %)"
