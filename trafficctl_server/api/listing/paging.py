"""One page of a list.

By name, a page is read from its place on. Any other order has to look at all resources that pass
the filter, for each page again: at most 10,000, then it is refused. A page ends early, with a
token, when it becomes too large for a message or too many resources were passed over to fill it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any, Final, TypeAlias

from google.protobuf.message import Message
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.listing.fields import listed_fields
from trafficctl_server.api.listing.filter_meaning import Matches, matcher
from trafficctl_server.api.listing.filter_syntax import FilterError
from trafficctl_server.api.listing.ordering import Key, Order, OrderError, parse_order
from trafficctl_server.api.listing.page_tokens import (
    PageTokenError,
    purpose,
    read_token,
    write_token,
)
from trafficctl_server.api.resource_types import ResourceType
from trafficctl_server.api.sources import Source
from trafficctl_server.intents.failures import Violations

DEFAULT_SIZE: Final = 100
LARGEST_SIZE: Final = 1000
MOST_SORTED: Final = 10_000
_MOST_READ: Final = 5000
"""Resources that a page by name passes over to be filled."""
MOST_BYTES: Final = 3 << 20
"""Of one answer; clients take 4 MiB by default, and one resource has little more than 1 MiB."""
_BATCH: Final = 100

MessageOf: TypeAlias = Callable[[Any], Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a List asks for.

    :ivar pattern: of the names, with ``-`` for any id.
    :ivar size: at most so many.
    :ivar place: where the page before ended, as key of the order; none: from the beginning.
    """

    pattern: str
    size: int
    matches: Matches
    order: Order
    place: Key | None
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Messages, and the token of the next page; empty: this is the last."""

    messages: Sequence[Message]
    next_token: str


def query_of(request: Any, of: ResourceType, parent: str) -> tuple[Query | None, list[Violation]]:
    """Read a List request; without a query everything that is wrong with it.

    :param parent: of the resources, with ``-`` for any id; empty: they have none.
    """
    found: list[Violation] = []
    fields = listed_fields(of.message.DESCRIPTOR)
    matches: Matches | None = None
    order: Order | None = None
    try:
        matches = matcher(request.filter, fields)
    except FilterError as error:
        found.append(_violation("filter", "filter.syntax", error))
    try:
        order = parse_order(request.order_by, fields)
    except OrderError as error:
        found.append(_violation("order_by", "order_by.syntax", error))
    meant = purpose(of.name, parent, request.filter, request.order_by)
    place: Key | None = None
    if request.page_token and order is not None:
        try:
            place = _place(request.page_token, meant, order)
        except PageTokenError as error:
            found.append(_violation("page_token", "page_token.valid", error))
    if found or matches is None or order is None:
        return None, found
    return Query(
        pattern=f"{parent}/{of.collection}/-" if parent else f"{of.collection}/-",
        size=min(request.page_size or DEFAULT_SIZE, LARGEST_SIZE),
        matches=matches,
        order=order,
        place=place,
        purpose=meant,
    ), []


async def read_page(source: Source, query: Query, message_of: MessageOf) -> Page:
    """Read the page that a query asks for.

    :param message_of: makes the message of a resource.
    :raises Violations: too many resources would have to be sorted.
    """
    if query.order.by_name:
        return await _by_name(source, query, message_of)
    return await _sorted(source, query, message_of)


async def _by_name(source: Source, query: Query, message_of: MessageOf) -> Page:
    messages: list[Message] = []
    size, read = 0, 0
    last = str(query.place[-1]) if query.place else ""
    async for resource in _all(source, query, after=last):
        # What ends the page comes before the resource that it no longer holds.
        if len(messages) >= query.size or read >= _MOST_READ:
            return Page(messages=messages, next_token=write_token(query.purpose, [last]))
        read += 1
        if query.matches(resource):
            message = message_of(resource)
            size += message.ByteSize()
            if messages and size > MOST_BYTES:
                return Page(messages=messages, next_token=write_token(query.purpose, [last]))
            messages.append(message)
        last = resource.name
    return Page(messages=messages, next_token="")


async def _sorted(source: Source, query: Query, message_of: MessageOf) -> Page:
    by_place = cmp_to_key(query.order.compare)
    kept: list[tuple[Key, Any]] = []
    matched = 0
    wanted = query.size + 1
    async for resource in _all(source, query, after=""):
        if not query.matches(resource):
            continue
        matched += 1
        if matched > MOST_SORTED:
            _refuse_to_sort()
        key = query.order.key(resource)
        if query.place is None or query.order.compare(key, query.place) > 0:
            kept.append((key, resource))
        if len(kept) >= 2 * wanted:
            kept = sorted(kept, key=lambda it: by_place(it[0]))[:wanted]
    messages: list[Message] = []
    size = 0
    place: Key = []
    for key, resource in sorted(kept, key=lambda it: by_place(it[0])):
        message = message_of(resource)
        size += message.ByteSize()
        if len(messages) >= query.size or (messages and size > MOST_BYTES):
            return Page(messages=messages, next_token=write_token(query.purpose, place))
        messages.append(message)
        place = key
    return Page(messages=messages, next_token="")


async def _all(source: Source, query: Query, *, after: str) -> AsyncIterator[Any]:
    while True:
        batch = await source.page(query.pattern, after=after, limit=_BATCH)
        for resource in batch:
            yield resource
        if len(batch) < _BATCH:
            return
        after = batch[-1].name
        # A store in memory answers at once; others want their turn in a long list.
        await asyncio.sleep(0)


def _place(token: str, meant: str, order: Order) -> Key:
    place = read_token(token, meant)
    if not order.accepts(place):
        raise PageTokenError("is no page token: send next_page_token as it came")
    return place  # type: ignore[return-value] # accepted as one


def _refuse_to_sort() -> None:
    violation = Violation(
        field="order_by",
        rule="order_by.too_many",
        description=f"more than {MOST_SORTED} resources cannot be sorted: narrow the list by"
        " parent or filter, or leave order_by out",
    )
    raise Violations([violation])


def _violation(field: str, rule: str, error: ValueError) -> Violation:
    return Violation(field=field, rule=rule, description=str(error))
