"""Walks through a message and all messages in it, with their paths."""

import json
from collections.abc import Iterator
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message


def walk(message: Message, path: str = "") -> Iterator[tuple[str, Message]]:
    """Give a message and everything in it, outer ones first.

    Paths are as clients write them: ``ports[0]``, ``weights["a"]``; empty for the message itself.
    """
    yield path, message
    dot = "." if path else ""
    for field, value in message.ListFields():
        if field.message_type is not None:
            for item_path, item in _items(field, value, f"{path}{dot}{field.name}"):
                yield from walk(item, item_path)


def _items(field: FieldDescriptor, value: Any, path: str) -> list[tuple[str, Message]]:
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        if entry.fields_by_name["value"].message_type is None:
            return []
        return [(f"{path}[{json.dumps(key)}]", item) for key, item in value.items()]
    if field.is_repeated:
        return [(f"{path}[{index}]", item) for index, item in enumerate(value)]
    return [(path, value)]
