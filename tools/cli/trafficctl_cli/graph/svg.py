"""A picture as SVG: boxes in layers, curves between them, with what is behind as tooltips."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

from rich.cells import cell_len

from trafficctl_cli.graph.layers import Bend, Item, Layers, layers
from trafficctl_cli.graph.picture import Edge, Node, Picture

_LETTER: Final = 7.3  # pixels of one letter at 12 pixels, monospaced
_HEIGHT: Final = 40
_ROW: Final = 62
_GAP: Final = 130  # between layers, for the labels of edges
_PAD: Final = 24
_LABEL_X, _LABEL_Y = 0.424, 0.352  # on the curve, two fifths of its way: apart where two cross
_FILLS: Final = {
    "workload": "#e8f0fe",
    "account": "#eee8fd",
    "namespace": "#e6f4ea",
    "anybody": "#fce8e6",
    "outside": "#fef7e0",
    "host": "#f1f3f4",
}
_STROKES: Final = {
    "SETTLED": "#1e8e3e",
    "NOT_APPLICABLE": "#9aa0a6",
    "PROGRESSING": "#1a73e8",
    "DELETING": "#9334e6",
    "WAITING": "#e37400",
    "RETRYING": "#e37400",
}
_TROUBLE: Final = "#d93025"
_UNKNOWN: Final = "#5f6368"
_STYLE: Final = (
    "text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#202124}"
    ".place{font-size:10px;fill:#5f6368}.port{font-size:11px;fill:#3c4043;text-anchor:middle;"
    "paint-order:stroke;stroke:#fff;stroke-width:4px}.box{stroke:#5f6368}"
    ".way{fill:none;stroke-width:1.5px}"
)


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float

    @property
    def middle(self) -> float:
        return self.y + _HEIGHT / 2


def svg(picture: Picture) -> str:
    """Give the whole document."""
    laid = layers([it.id for it in picture.nodes], [(it.caller, it.called) for it in picture.edges])
    nodes = {it.id: it for it in picture.nodes}
    boxes, width, height = _boxes(laid, nodes)
    root = ET.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        width=_n(width),
        height=_n(height),
        viewBox=f"0 0 {_n(width)} {_n(height)}",
        role="img",
    )
    ET.SubElement(root, "title").text = "who may call whom"
    ET.SubElement(root, "style").text = _STYLE
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#fff")
    _arrows(root, picture)
    for index, edge in enumerate(picture.edges):
        _draw_edge(root, edge, [boxes[it] for it in laid.paths[index]], index in laid.turned)
    for node in picture.nodes:
        _draw_node(root, node, boxes[node.id])
    ET.indent(root)
    return f"{ET.tostring(root, encoding='unicode')}\n"


def _boxes(laid: Layers, nodes: dict[str, Node]) -> tuple[dict[Item, _Box], float, float]:
    """Give every item its place, and the size of all."""
    tallest = max((len(it) for it in laid.columns), default=0)
    boxes: dict[Item, _Box] = {}
    x = float(_PAD)
    for column in laid.columns:
        widest = max(_width(nodes, it) for it in column)
        top = _PAD + (tallest - len(column)) * _ROW / 2
        for row, item in enumerate(column):
            width = widest if isinstance(item, Bend) else _width(nodes, item)
            boxes[item] = _Box(x + (widest - width) / 2, top + row * _ROW, width)
        x += widest + _GAP
    size = max(x - _GAP, _PAD) + _PAD + (_PAD if laid.columns else 0)
    return boxes, size, tallest * _ROW - (_ROW - _HEIGHT) * bool(tallest) + 2 * _PAD


def _width(nodes: dict[str, Node], item: Item) -> float:
    if isinstance(item, Bend):
        return 0.0
    node = nodes[item]
    return max(cell_len(node.text), cell_len(_place(node))) * _LETTER + 20


def _draw_node(root: ET.Element, node: Node, box: _Box) -> None:
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = f"{node.kind} {node.text}"
    ET.SubElement(
        group,
        "rect",
        {"class": "box", "fill": _FILLS[node.kind]},
        x=_n(box.x),
        y=_n(box.y),
        width=_n(box.width),
        height=_n(_HEIGHT),
        rx="16" if node.kind in ("outside", "anybody", "host") else "4",
    )
    ET.SubElement(group, "text", x=_n(box.x + 10), y=_n(box.y + 17)).text = node.text
    where = ET.SubElement(group, "text", {"class": "place"}, x=_n(box.x + 10), y=_n(box.y + 32))
    where.text = _place(node)


def _draw_edge(root: ET.Element, edge: Edge, way: list[_Box], turned: bool) -> None:  # noqa: FBT001 - private
    colour = _colour(edge.state)
    group = ET.SubElement(root, "g")
    ET.SubElement(group, "title").text = f"{edge.note}\n{edge.state}".strip()
    end = "marker-start" if turned else "marker-end"
    ET.SubElement(
        group,
        "path",
        {"class": "way", "stroke": colour, end: f"url(#to-{colour[1:]})"},
        d=_loop(way[0]) if len(way) == 2 and way[0] is way[1] else _curve(way),  # noqa: PLR2004 - its two ends
    )
    if edge.label:
        first, second = way[0], way[1]
        start = first.x + first.width
        x, y = start + (second.x - start) * _LABEL_X, first.middle
        y += (second.middle - first.middle) * _LABEL_Y
        if first is second:
            x, y = first.x + first.width + 30, first.y - 6
        ET.SubElement(group, "text", {"class": "port"}, x=_n(x), y=_n(y - 4)).text = edge.label


def _curve(way: list[_Box]) -> str:
    start = way[0]
    parts = [f"M{_at(start.x + start.width, start.middle)}"]
    for one, other in pairwise(way):
        half = (one.x + one.width + other.x) / 2
        bows = _at(half, one.middle), _at(half, other.middle), _at(other.x, other.middle)
        parts.append(f"C{' '.join(bows)}")
        if other is not way[-1]:
            parts.append(f"H{_n(other.x + other.width)}")
    return "".join(parts)


def _loop(box: _Box) -> str:
    x = box.x + box.width
    bows = _at(x + 40, box.middle), _at(x + 40, box.y - 20), _at(x - 10, box.y)
    return f"M{_at(x, box.middle)}C{' '.join(bows)}"


def _arrows(root: ET.Element, picture: Picture) -> None:
    """Define an arrow head of each colour in use."""
    defs = ET.SubElement(root, "defs")
    for colour in sorted({_colour(it.state) for it in picture.edges}):
        marker = ET.SubElement(
            defs,
            "marker",
            id=f"to-{colour[1:]}",
            viewBox="0 0 10 10",
            refX="9",
            refY="5",
            markerWidth="7",
            markerHeight="7",
            orient="auto-start-reverse",
        )
        ET.SubElement(marker, "path", d="M0 0L10 5L0 10z", fill=colour)


def _colour(state: str) -> str:
    if not state:
        return _UNKNOWN
    return _STROKES.get(state, _TROUBLE)


def _place(node: Node) -> str:
    return ", ".join(node.clusters) or "outside"


def _at(x: float, y: float) -> str:
    return f"{_n(x)} {_n(y)}"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
