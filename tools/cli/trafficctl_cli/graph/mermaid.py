"""A picture as the text of a Mermaid flowchart, which GitHub, GitLab and many editors draw."""

import re
from collections.abc import Iterator
from typing import Final

from trafficctl_cli.graph.picture import Node, Picture

_SHAPES: Final = {
    "workload": ('["', '"]'),
    "account": ('(["', '"])'),
    "namespace": ('[["', '"]]'),
    "anybody": ('(("', '"))'),
    "outside": ('{{"', '"}}'),
    "host": ('[("', '")]'),
}
_SPECIAL: Final = re.compile(r"[^\w .,:;+*/@()\[\]{}=-]")
_TROUBLED: Final = frozenset({"REFUSED", "HELD", "DRIFTED", "RETRYING", "WAITING"})


def mermaid(picture: Picture) -> Iterator[str]:
    """Give the lines."""
    ids = {it.id: f"n{index}" for index, it in enumerate(picture.nodes)}
    yield "flowchart LR"
    places: dict[tuple[str, ...], list[Node]] = {}
    for node in picture.nodes:
        places.setdefault(node.clusters, []).append(node)
    for number, (clusters, nodes) in enumerate(sorted(places.items())):
        inside = "  "
        if clusters:
            yield f'  subgraph c{number}["{_text(", ".join(clusters))}"]'
            inside = "    "
        for node in nodes:
            opening, closing = _SHAPES[node.kind]
            yield f"{inside}{ids[node.id]}{opening}{_text(node.text)}{closing}"
        if clusters:
            yield "  end"
    troubled = []
    for index, edge in enumerate(picture.edges):
        label = f"{edge.label} {edge.state}" if edge.state in _TROUBLED else edge.label
        arrow = f' -->|"{_text(label)}"| ' if label else " --> "
        yield f"  {ids[edge.caller]}{arrow}{ids[edge.called]}"
        if edge.state in _TROUBLED:
            troubled.append(str(index))
    if troubled:
        yield f"  linkStyle {','.join(troubled)} stroke:#c0392b,stroke-dasharray:5"


def _text(text: str) -> str:
    return _SPECIAL.sub(lambda it: f"#{ord(it[0])};", text)
