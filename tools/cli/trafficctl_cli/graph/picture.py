"""What is drawn: ends of calls, and edges between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from trafficctl_cli.views.access import rule_text
from trafficctl_cli.views.columns import enum_word, last, short
from trafficctl_cli.views.screen import plain

_KINDS: Final = {
    "workload": "workload",
    "service_account": "account",
    "namespace": "namespace",
    "any_client": "anybody",
    "external": "outside",
    "host": "host",
}


@dataclass(frozen=True, slots=True)
class Node:
    """An end of calls.

    :ivar kind: ``workload``, ``account``, ``namespace``, ``anybody``, ``outside`` or ``host``.
    :ivar clusters: their ids; none: it is outside of all.
    """

    id: str
    text: str
    kind: str
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """One node may call another.

    :ivar label: the ports.
    :ivar state: of the intents behind it, such as ``SETTLED``.
    :ivar note: what is allowed, and by which intents.
    """

    caller: str
    called: str
    label: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it, in a stable order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def picture_of(pages: Iterable[Any]) -> Picture:
    """Put the pages of the server's answer together."""
    nodes: dict[str, Node] = {}
    edges: list[Edge] = []
    for page in pages:
        nodes |= {it.id: _node(it) for it in page.nodes}
        edges += map(_edge, page.edges)
    known = sorted(nodes.values(), key=lambda it: (it.text, it.id))
    return Picture(
        tuple(known),
        tuple(sorted(edges, key=lambda it: (it.caller, it.called, it.label, it.note))),
    )


def _node(message: Any) -> Node:
    kind = message.WhichOneof("kind") or ""
    named = last(message.workload) or message.host or message.id
    clusters = tuple(sorted(last(it) for it in message.clusters))
    return Node(message.id, plain(message.text or named), _KINDS.get(kind, "workload"), clusters)


def _edge(message: Any) -> Edge:
    rules = [rule_text(it) for it in message.operations]
    intents = [short(it) for it in message.intents]
    return Edge(
        message.caller,
        message.destination,
        ", ".join(map(str, message.ports)),
        enum_word(message, "state"),
        plain("\n".join((*rules, *(f"by {it}" for it in intents)))),
    )
