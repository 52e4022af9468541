"""Finds fields that a client sent and this server does not know."""

from google.protobuf.message import Message
from google.protobuf.unknown_fields import UnknownFieldSet

from trafficctl_server.api.message_walk import walk


def unknown_fields(message: Message) -> list[str]:
    """Give the paths of all unknown fields, the field's number as last segment.

    An empty list means that nothing was sent that this server would not look at.
    """
    known = type(message)()
    known.CopyFrom(message)
    known.DiscardUnknownFields()
    if known.ByteSize() == message.ByteSize():
        return []  # the usual case, without looking into every message
    found = []
    for path, item in walk(message):
        fields = UnknownFieldSet(item)
        dot = "." if path else ""
        numbers = (fields[index].field_number for index in range(len(fields)))
        found += [f"{path}{dot}{number}" for number in numbers]
    return found
