"""What an intent says of its destination: all that others about the same one must know of it.

To judge one intent, or to see a destination as all describe it, takes these few values of each and
not the intents, which are bytes most of the time. Most sayings have a brief form of plain values,
which can be kept beside those bytes and read in their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from trafficctl_sdk.model.access import AnyClient
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from trafficctl_server.compile.merging import Statement
from trafficctl_server.compile.names import bundle_version_of, last_id
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.statements import TOPICS, service_ports, statements, topic_of

if TYPE_CHECKING:
    from trafficctl_server.compile.destinations import ServingIntent


class Saying(NamedTuple):  # made by the dozen for each intent that is judged, and cheaper so
    """What one intent says of its destination.

    :ivar workload: full name of the workload that it serves.
    :ivar ports: the Service ports that it speaks of, sorted.
    :ivar across: it lets other clusters call the destination, by its outer name.
    :ivar prefix: the first label of that name, where it states one.
    :ivar anyone: a caller of it need not prove who it is.
    """

    intent: str
    workload: str
    ports: tuple[int, ...]
    across: bool
    prefix: str
    anyone: bool
    statements: tuple[Statement, ...]


Brief: TypeAlias = tuple[Any, ...]
"""A saying without its intent's name, of plain values alone."""


def saying_of(intent: ServingIntent) -> Saying:
    """Give what an intent says of its destination."""
    across = isinstance(intent, InterclusterIntent)
    return Saying(
        intent=intent.name,
        workload=served_workload(intent),
        ports=service_ports(intent),
        across=across,
        prefix=intent.external_prefix if isinstance(intent, InterclusterIntent) else "",
        anyone=any(
            it.any_client is not None and it.any_client.identity is AnyClient.Identity.ANYONE
            for it in intent.callers
        ),
        statements=tuple(statements(intent)),
    )


def brief(saying: Saying) -> Brief | None:
    """Give the brief form of a saying; none: it has no such form, as it states messages."""
    stated: list[Any] = []
    for it in saying.statements:
        topic = topic_of(it.about)
        if topic is None:
            return None
        stated += (it.about, it.field, it.value.name if topic.values else it.value)  # type: ignore[attr-defined] # values of such a topic are members
    workload = last_id(saying.workload) if saying.workload else ""
    return (workload, saying.ports, saying.across, saying.prefix, saying.anyone, *stated)


def said(intent: str, form: Brief) -> Saying:
    """Give the saying of an intent, by its name, of which :func:`brief` gave the form."""
    workload, ports, across, prefix, anyone, *stated = form
    return Saying(
        intent=intent,
        workload=bundle_version_of(intent).workload(workload) if workload else "",
        ports=ports,
        across=across,
        prefix=prefix,
        anyone=anyone,
        statements=tuple(_stated(intent, *stated[at : at + 3]) for at in range(0, len(stated), 3)),
    )


def _stated(intent: str, about: str, field: str, value: Any) -> Statement:
    topic = TOPICS[about.partition("/")[0]]
    stated = topic.values[value] if topic.values else value
    return Statement(about, topic.kind, intent, field, stated, topic.way_out)
