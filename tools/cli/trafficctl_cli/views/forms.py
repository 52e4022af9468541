"""Resources in the form of documents, as JSON or YAML: what ``apply`` reads."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

import yaml
from google.api import field_behavior_pb2
from google.protobuf.json_format import MessageToDict

from trafficctl_cli.documents.scalars import not_text

_OUTPUT: Final = field_behavior_pb2.OUTPUT_ONLY
_WIDTH: Final = 100


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # whichever is there
    """Writes what every reader of YAML takes for the same: the library alone thinks of YAML 1.1."""


def _text(dumper: Any, text: str) -> Any:
    style = "'" if not_text(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def document(message: Any, *, writable: bool = False) -> dict[str, Any]:
    """Give a resource as a document: its kind, then its fields.

    :param writable: without what only the server writes, and without its mark of the version.
    """
    if writable:
        kept = type(message)()
        kept.CopyFrom(message)
        for field, _ in message.ListFields():
            if field.name == "etag" or _OUTPUT in behaviors(field):
                kept.ClearField(field.name)
        message = kept
    return {"kind": message.DESCRIPTOR.name, **MessageToDict(message)}


def message_json(message: Any) -> dict[str, Any]:
    """Give an answer that is no resource in its JSON form."""
    found: dict[str, Any] = MessageToDict(message)
    return found


def behaviors(field: Any) -> Any:
    """Give what the interface says about who may set a field."""
    return field.GetOptions().Extensions[field_behavior_pb2.field_behavior]


def as_yaml(documents: Iterable[Any]) -> Iterator[str]:
    """Give one YAML document after another."""
    for index, each in enumerate(documents):
        text: str = yaml.dump(
            each, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH
        )
        yield f"---\n{text}" if index else text


def as_json(documents: Iterable[Any]) -> Iterator[str]:
    """Give a JSON array, item by item."""
    opened = False
    for each in documents:
        yield ",\n" if opened else "[\n"
        opened = True
        yield json.dumps(each, indent=2, ensure_ascii=False)
    yield "\n]\n" if opened else "[]\n"


def one_json(value: Any) -> str:
    """Give one JSON value."""
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n"
