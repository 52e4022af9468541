"""One page of what a plan is made of, or would do: read part by part from the store."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.message import Message
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.listing.fields import FieldKind, ListedField
from trafficctl_server.api.listing.filter_meaning import Matches, matcher
from trafficctl_server.api.listing.filter_syntax import FilterError
from trafficctl_server.api.listing.page_tokens import (
    PageTokenError,
    purpose,
    read_token,
    write_token,
)
from trafficctl_server.api.listing.paging import DEFAULT_SIZE, LARGEST_SIZE, MOST_BYTES, Page
from trafficctl_server.compile.names import cluster_name
from trafficctl_server.intents.failures import Violations
from trafficctl_server.plans.object_changes import Action
from trafficctl_server.plans.pacing import Pace
from trafficctl_server.plans.parts import Section, place_of
from trafficctl_server.plans.plan import Plan
from trafficctl_server.reachability.effects import Effect
from trafficctl_server.store.store import Store

_MOST_READ: Final = 20_000
"""Items that a page passes over to be filled."""


def _text(path: str, read: Callable[[Any], Any]) -> ListedField:
    return ListedField(path=path, kind=FieldKind.TEXT, read=read)


CHANGE_FIELDS: Final = {
    "delete": _text("delete", lambda it: it.name if it.wish is None else None),
    "etag": _text("etag", lambda it: it.etag or None),
}
OBJECT_FIELDS: Final = {
    "cluster": _text("cluster", lambda it: cluster_name(it.cluster)),
    "object": _text("object", lambda it: it.object),
    "kind": _text("kind", lambda it: it.kind),
    "key": _text("key", lambda it: it.key),
    "action": ListedField(
        path="action",
        kind=FieldKind.CHOICE,
        read=lambda it: it.action,
        choices=tuple(Action),
    ),
}
REACH_FIELDS: Final = {
    "caller.id": _text("caller.id", lambda it: it.caller.id),
    "destination.id": _text("destination.id", lambda it: it.destination.id),
    "effect": ListedField(
        path="effect",
        kind=FieldKind.CHOICE,
        read=lambda it: it.effect,
        choices=tuple(Effect),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One section of a plan as it is listed.

    :ivar item: makes the model's object of a stored item.
    :ivar message: makes the message of that.
    :ivar fields: that a filter may name.
    """

    section: Section
    item: Callable[[Any], Any]
    message: Callable[[Any], Message]
    fields: Mapping[str, ListedField]


async def read_parts(request: Any, plan: Plan, sort: Sort, store: Store) -> Page:
    """Read the page that a request asks for.

    :raises Violations: what is wrong with filter or token.
    """
    place, count = place_of(plan, sort.section)
    meant = purpose(plan.uid, sort.section, place.run, request.filter)
    matches, start, offset = _query(request, sort, meant)
    size = min(request.page_size or DEFAULT_SIZE, LARGEST_SIZE)
    messages: list[Message] = []
    bytes_, read, pace = 0, 0, Pace()
    for index in range(start, count):
        items = await place.read(index, store)
        for number, stored in enumerate(items[offset:], offset):
            if len(messages) >= size or read >= _MOST_READ:
                return _page(messages, meant, index, number)
            read += 1
            await pace.step()
            item = sort.item(stored)
            if not matches(item):
                continue
            message = sort.message(item)
            bytes_ += message.ByteSize()
            if messages and bytes_ > MOST_BYTES:
                return _page(messages, meant, index, number)
            messages.append(message)
        offset = 0
    return Page(messages=messages, next_token="")


def _page(messages: Sequence[Message], meant: str, index: int, number: int) -> Page:
    return Page(messages=messages, next_token=write_token(meant, [index, number]))


def _query(request: Any, sort: Sort, meant: str) -> tuple[Matches, int, int]:
    wrong: list[Violation] = []
    matches: Matches = bool
    place: list[object] = [0, 0]
    try:
        matches = matcher(request.filter, sort.fields)
    except FilterError as error:
        wrong.append(Violation(field="filter", rule="filter.syntax", description=str(error)))
    if request.page_token:
        try:
            place = read_token(request.page_token, meant)
        except PageTokenError as error:
            text = str(error)
            wrong.append(Violation(field="page_token", rule="page_token.valid", description=text))
    match place:
        case [int(index), int(number)] if index >= 0 and number >= 0 and not wrong:
            return matches, index, number
        case _ if not wrong:
            text = "is no page token: send next_page_token as it came"
            wrong.append(Violation(field="page_token", rule="page_token.valid", description=text))
    raise Violations(wrong)
