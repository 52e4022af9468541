"""Finds the line of a field again, from the path by which the server names it."""

import re
from dataclasses import dataclass
from typing import Any, Final

from yaml.nodes import MappingNode, ScalarNode, SequenceNode

_SEGMENT: Final = re.compile(r'([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]')


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document.

    :ivar line: from 0, in the document.
    :ivar path: of the field, in the words of the document as far as they go.
    """

    line: int
    column: int
    path: str


def spot(node: Any, path: str) -> Spot:
    """Find the value at a path; of what is not there, the nearest thing around it.

    :param node: the document's.
    :param path: such as ``listeners[0].service_port`` or ``labels["tier"]``.
    """
    written = ""
    found = True
    for name, index, key in _SEGMENT.findall(path):
        below = _step(node, name, index, key) if found else None
        if below is None:
            found = False
            word = _camel(name) if name else f"[{index}]" if index else f'["{key}"]'
        else:
            node, word = below
        written += f".{word}" if name and written else word
    mark = node.start_mark
    return Spot(mark.line, mark.column, written)


def _step(node: Any, name: str, index: str, key: str) -> tuple[Any, str] | None:
    if index and isinstance(node, SequenceNode) and int(index) < len(node.value):
        return node.value[int(index)], f"[{index}]"
    if not isinstance(node, MappingNode):
        return None
    wanted = {name, _camel(name)} if name else {key, index}
    for word, value in node.value:
        if isinstance(word, ScalarNode) and word.value in wanted:
            return value, word.value if name else f'["{word.value}"]'
    return None


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(it[:1].upper() + it[1:] for it in rest)
