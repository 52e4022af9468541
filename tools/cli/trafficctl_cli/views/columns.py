"""What each type of resource shows in a table."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from google.protobuf.timestamp_pb2 import Timestamp

_UNITS: Final = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    :ivar wide: shown only when asked for.
    """

    head: str
    cell: Callable[[Any], str]
    wide: bool = False


def columns(type_name: str, *, wide: bool) -> Sequence[Column]:
    """Give the columns of a type."""
    return [it for it in _COLUMNS.get(type_name, _FEW) if wide or not it.wide]


def enum_word(message: Any, field: str) -> str:
    """Give the word of an enum's value; empty where it says nothing."""
    descriptor = message.DESCRIPTOR.fields_by_name[field].enum_type
    number = getattr(message, field)
    value = descriptor.values_by_number.get(number)
    if value is None:
        return str(number)  # a newer server's
    return "" if number == 0 else value.name


def short(name: str) -> str:
    """Give the end of a name that tells it from others of its place: collection and id."""
    return "/".join(name.split("/")[-2:])


def last(name: str) -> str:
    """Give the id of a name."""
    return name.rpartition("/")[2]


def age(stamp: Timestamp, now: float | None = None) -> str:
    """Say how long ago a time was, in its largest unit."""
    seconds = max(int((time.time() if now is None else now) - stamp.seconds), 0)
    for size, unit in _UNITS:
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return "0s"


def called(endpoint: Any) -> str:
    """Say what an intent is about: the workload, or the hosts."""
    if "hosts" in endpoint.DESCRIPTOR.fields_by_name:
        hosts = [it.host for it in endpoint.hosts]
        return hosts[0] + (f" +{len(hosts) - 1}" if len(hosts) > 1 else "") if hosts else ""
    return str(endpoint.destination.workload)


def settled_of(message: Any) -> str:
    """Say of how many clusters an intent has settled in."""
    counts = message.counts
    return f"{counts.settled}/{counts.total - counts.not_applicable}"


def why(convergence: Any) -> str:
    """Say why a state is what it is: the reason's word, the field, the particulars."""
    parts = (
        enum_word(convergence, "reason"),
        convergence.field,
        convergence.detail or convergence.error.message,
    )
    return ": ".join(it for it in parts if it)


def object_kind(message: Any) -> str:
    """Give the kind of a managed object."""
    return message.kubernetes.kind if message.HasField("kubernetes") else ""


def object_key(message: Any) -> str:
    """Say where a managed object is, as its technology names it."""
    where = message.WhichOneof("key")
    if where == "kubernetes":
        it = message.kubernetes
        return "/".join(part for part in (it.namespace, it.name) if part)
    if where == "file":
        return str(message.file.path)
    return str(message.rest.key)


def plan_counts(plan: Any) -> str:
    """Say how many objects a plan would create, change and remove."""
    of = plan.summary.clusters
    created, changed, removed = (
        sum(getattr(it, word) for it in of) for word in ("created", "changed", "removed")
    )
    return f"+{created} ~{changed} -{removed}"


def _revision(message: Any) -> str:
    return str(message.revision)


_NAME: Final = Column("NAME", lambda it: it.name)
_AGE: Final = Column("AGE", lambda it: age(it.create_time))
_STATE: Final = Column("STATE", lambda it: enum_word(it, "state"))
_FEW: Final = (_NAME,)
_OWNED: Final = (
    Column("GENERATION", lambda it: str(it.generation), wide=True),
    Column("REVISION", _revision, wide=True),
    Column("EDITOR", lambda it: it.last_editor or it.creator, wide=True),
)
_INTENT: Final = (
    _NAME,
    _STATE,
    Column("SETTLED", settled_of),
    Column("CALLED", called),
    Column("CALLERS", lambda it: str(len(it.callers))),
    _AGE,
    *_OWNED,
)
_COLUMNS: Final[Mapping[str, Sequence[Column]]] = MappingProxyType(
    {
        "TrafficIntentGroup": (
            _NAME,
            _STATE,
            Column("SETTLED", settled_of),
            Column("POLICY", lambda it: enum_word(it, "change_policy") or "DIRECT"),
            _AGE,
            *_OWNED,
        ),
        "InterclusterIntent": _INTENT,
        "IntraclusterIntent": _INTENT,
        "OutboundIntent": _INTENT,
        "InboundIntent": _INTENT,
        "DnsProviderIntent": (_NAME, _STATE, Column("SETTLED", settled_of), _AGE, *_OWNED),
        "Workload": (
            _NAME,
            _STATE,
            Column("SERVICE", lambda it: f"{it.namespace}/{it.service or last(it.name)}"),
            Column("PORTS", lambda it: ",".join(str(port.port) for port in it.ports)),
            Column("CLUSTERS", lambda it: ",".join(last(at.cluster) for at in it.placements)),
            _AGE,
            *_OWNED,
        ),
        "Cluster": (
            _NAME,
            _STATE,
            Column("MESH", lambda it: it.service_mesh),
            Column("TARGET", lambda it: it.WhichOneof("target") or ""),
            Column("GOVERNED", lambda it: ",".join(at.namespace for at in it.governed_namespaces)),
            _AGE,
            *_OWNED,
        ),
        "Realization": (
            _NAME,
            Column("STATE", lambda it: enum_word(it.convergence, "state")),
            Column("STAGE", lambda it: enum_word(it.convergence, "stage")),
            Column("OBJECTS", lambda it: str(it.object_count)),
            Column("WHY", lambda it: why(it.convergence)),
            Column("REVISION", _revision, wide=True),
        ),
        "ManagedObject": (
            _NAME,
            Column("STATE", lambda it: enum_word(it.convergence, "state")),
            Column("STAGE", lambda it: enum_word(it.convergence, "stage")),
            Column("KIND", object_kind),
            Column("OBJECT", object_key),
            Column("INTENTS", lambda it: ",".join(short(o.intent) for o in it.origins), wide=True),
        ),
        "Driver": (
            _NAME,
            _STATE,
            Column("WHEEL", lambda it: f"{it.distribution} {it.version}".strip()),
            Column("FOR", lambda it: ",".join(it.kinds)),
            Column("FIELDS", lambda it: str(len(it.capabilities))),
            Column("WHY", lambda it: it.refusal.message or it.health.detail),
            Column("HOOK API", lambda it: it.hook_api, wide=True),
        ),
        "Plan": (
            _NAME,
            _STATE,
            Column("OBJECTS", plan_counts),
            Column("CALLS", lambda it: f"+{it.summary.calls_opened} -{it.summary.calls_closed}"),
            Column("EXPIRES", lambda it: it.expire_time.ToJsonString()),
            _AGE,
            Column("DIGEST", lambda it: it.digest, wide=True),
            Column("CREATOR", lambda it: it.creator, wide=True),
        ),
    }
)
