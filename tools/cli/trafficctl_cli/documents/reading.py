"""One piece of text into resources: its syntax, its kind, its name, its fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final

import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from trafficctl_cli.documents.nodes import Fault, Filling
from trafficctl_cli.server.catalog import TYPES, WILDCARD, WRITTEN, ResourceType

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HEAD: Final = frozenset({"kind"})
WHOLE: Final = -1
"""The item of a text that is one document, not a list of them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A resource that somebody wrote.

    :ivar item: which of the list that the text is; ``WHOLE``: it is no list.
    :ivar faults: what is wrong; with any, the message is not to be used.
    """

    item: int
    type: ResourceType | None
    message: Any
    faults: tuple[Fault, ...]
    line: int
    column: int


def node_of(text: bytes) -> Any:
    """Read the YAML of one piece; None: it says nothing.

    :raises yaml.YAMLError: it is none.
    :raises UnicodeDecodeError: it is no UTF-8.
    """
    return yaml.compose(text.decode("utf-8"), Loader=_LOADER)


def item_of(node: Any, item: int) -> Any:
    """Give the node of one document within a piece."""
    return node if item == WHOLE else node.value[item]


def documents(text: bytes, *, names_only: bool = False) -> Iterator[Document]:
    """Give the documents of one piece: one, or those of a list.

    :param names_only: look at kind and name alone.
    """
    try:
        node = node_of(text)
    except yaml.YAMLError as error:
        yield _broken(*_syntax(error))
        return
    except UnicodeDecodeError:
        yield _broken(0, 0, "is not UTF-8 text")
        return
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield _document(item, index, names_only=names_only)
    elif node is not None:
        yield _document(node, WHOLE, names_only=names_only)


def _document(node: Any, item: int, *, names_only: bool) -> Document:
    filling = Filling()
    kind = _kind(node, filling)
    message: Any = kind.message() if kind else None
    if kind is not None:
        if names_only:
            message.name = _name_written(node)
        else:
            filling.fill(message, node, "", skip=_HEAD)
        _check_name(kind, message.name, node, filling)
    mark = node.start_mark
    return Document(item, kind, message, tuple(filling.faults), mark.line, mark.column)


def _kind(node: Any, filling: Filling) -> ResourceType | None:
    if not isinstance(node, MappingNode):
        filling.fault(node, "", "must be a mapping with kind, name and fields")
        return None
    said = next((it for key, it in node.value if _is(key, "kind")), None)
    if said is None:
        filling.fault(node, "kind", f"is needed: one of {', '.join(WRITTEN)}")
        return None
    word = said.value if isinstance(said, ScalarNode) else ""
    if word not in WRITTEN:
        near = get_close_matches(word, WRITTEN, n=1)
        read_only = "is written by the server alone" if word in TYPES else "is no kind"
        hint = f"; {near[0]} perhaps" if near else f": one of {', '.join(WRITTEN)}"
        filling.fault(said, "kind", f"{read_only}{hint}")
        return None
    return TYPES[word]


def _name_written(node: MappingNode) -> str:
    said = next((it for key, it in node.value if _is(key, "name")), None)
    return str(said.value) if isinstance(said, ScalarNode) else ""


def _check_name(kind: ResourceType, name: str, node: Any, filling: Filling) -> None:
    if any(it.path == "name" for it in filling.faults):
        return
    patterns = " or ".join(kind.patterns)
    if not name:
        filling.fault(node, "name", f"is needed: {patterns}")
    elif not kind.matches(name) or WILDCARD in name.split("/"):
        said = next(it for key, it in node.value if _is(key, "name"))
        filling.fault(said, "name", f"is not of the form {patterns}")


def _is(key: Any, word: str) -> bool:
    return isinstance(key, ScalarNode) and key.value == word


def _broken(line: int, column: int, text: str) -> Document:
    return Document(WHOLE, None, None, (Fault(line, column, "", text),), line, column)


def _syntax(error: yaml.YAMLError) -> tuple[int, int, str]:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not YAML"
    context = getattr(error, "context", None)
    text = f"is not YAML: {problem}{f' {context}' if context else ''}"
    return (mark.line, mark.column, text) if mark else (0, 0, text)
