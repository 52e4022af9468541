"""THE table: what is raised, and the ``google.rpc.Status`` that the client gets.

Every answer carries ErrorInfo with a reason of ``ErrorReason``. A status travels in trailing
metadata, and clients refuse more than 8 KiB of that by default, so it is cut to fit: the last
violations are left out, and ``omitted`` in the metadata counts them.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2 as details_pb2
from google.rpc.status_pb2 import Status
from trafficctl.v2 import error_reason_pb2

from trafficctl_server.intents import failures
from trafficctl_server.intents.failures import Failure

DOMAIN: Final = "trafficctl.dev"
_BUDGET: Final = 5000  # bytes of a status; base64 on the wire makes it a third more
_LONGEST_TEXT: Final = 300  # bytes of one text; the worst single conflict then still fits
_LONGEST_MESSAGE: Final = 600  # bytes of the message as it is escaped in grpc-message
_MOST_SUBJECTS: Final = 3  # the conflicts themselves name all of them
_SOON: Final = timedelta(seconds=1)
_LATER: Final = timedelta(minutes=1)

Details = Sequence[Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One failure's answer.

    :ivar reason: a value's name of ``ErrorReason``.
    :ivar details: makes the messages that follow ErrorInfo; each may hold many items.
    """

    code: grpc.StatusCode
    reason: str
    details: Callable[[Any, str], Details]


def _nothing(_: Failure, __: str) -> Details:
    return ()


def _bad_request(failure: failures.Violations, _: str) -> Details:
    found = (
        details_pb2.BadRequest.FieldViolation(
            field=_cut(violation.field),
            description=_cut(violation.description),
            reason=_cut(violation.rule),
        )
        for violation in failure.violations
    )
    return (details_pb2.BadRequest(field_violations=found),)


def _resource(failure: Any, _: str) -> Details:
    info = details_pb2.ResourceInfo(
        resource_type=f"{DOMAIN}/{failure.kind}",
        resource_name=_cut(failure.name),
        description=_cut(str(failure)),
    )
    return (info,)


def _conflicts(failure: failures.Conflict, reason: str) -> Details:
    infos = [
        error_reason_pb2.ConflictInfo(
            kind=conflict.kind,
            field=_cut(conflict.field),
            other_intent=_cut(conflict.other_intent),
            other_field=_cut(conflict.other_field),
            ours=_cut(conflict.ours),
            theirs=_cut(conflict.theirs),
            way_out=_cut(conflict.way_out),
        )
        for conflict in failure.conflicts
    ]
    subjects = dict.fromkeys(info.other_intent for info in infos)
    failed = (
        details_pb2.PreconditionFailure.Violation(
            type=reason, subject=subject, description="change one of the two"
        )
        for subject in islice(subjects, _MOST_SUBJECTS)
    )
    return (details_pb2.PreconditionFailure(violations=failed), *infos)


def _precondition(failure: failures.WrongState, reason: str) -> Details:
    failed = details_pb2.PreconditionFailure.Violation(
        type=reason, subject=_cut(failure.subject), description=_cut(failure.what)
    )
    return (details_pb2.PreconditionFailure(violations=[failed]),)


def _policy(failure: failures.WrongState, reason: str) -> Details:
    link = details_pb2.Help.Link(description="what to do", url=f"docs/errors.md#{reason.lower()}")
    return (*_precondition(failure, reason), details_pb2.Help(links=[link]))


def _retry(after: timedelta) -> Callable[[Failure, str], Details]:
    def details(_: Failure, __: str) -> Details:
        info = details_pb2.RetryInfo()
        info.retry_delay.FromTimedelta(after)
        return (info,)

    return details


def _quota(after: timedelta) -> Callable[[Any, str], Details]:
    def details(failure: Any, reason: str) -> Details:
        over = details_pb2.QuotaFailure.Violation(
            subject=_cut(failure.subject), description=_cut(str(failure))
        )
        return (*_retry(after)(failure, reason), details_pb2.QuotaFailure(violations=[over]))

    return details


def _table() -> Mapping[type[Failure], Row]:
    f, c = failures, grpc.StatusCode
    rows: dict[type[Failure], tuple[grpc.StatusCode, str, Callable[[Any, str], Details]]] = {
        f.Violations: (c.INVALID_ARGUMENT, "VIOLATIONS", _bad_request),
        f.FieldNotSupported: (c.INVALID_ARGUMENT, "FIELD_NOT_SUPPORTED", _bad_request),
        f.ProtocolMismatch: (c.INVALID_ARGUMENT, "PROTOCOL_MISMATCH", _bad_request),
        f.AddressingMismatch: (c.INVALID_ARGUMENT, "ADDRESSING_MISMATCH", _bad_request),
        f.IdentityNeedsMutualTls: (c.INVALID_ARGUMENT, "IDENTITY_NEEDS_MUTUAL_TLS", _bad_request),
        f.ServerFirstNeedsStrict: (c.INVALID_ARGUMENT, "SERVER_FIRST_NEEDS_STRICT", _bad_request),
        f.RequestIdReused: (c.INVALID_ARGUMENT, "REQUEST_ID_REUSED", _nothing),
        f.FutureRevision: (c.INVALID_ARGUMENT, "FUTURE_REVISION", _nothing),
        f.NotFound: (c.NOT_FOUND, "NOT_FOUND", _resource),
        f.AlreadyExists: (c.ALREADY_EXISTS, "ALREADY_EXISTS", _resource),
        f.EtagMismatch: (c.ABORTED, "ETAG_MISMATCH", _nothing),
        f.PlanDigestMismatch: (c.ABORTED, "PLAN_DIGEST", _nothing),
        f.HeldChangeDiffers: (c.ABORTED, "HELD_CHANGE_DIFFERS", _nothing),
        f.Conflict: (c.FAILED_PRECONDITION, "INTENT_CONFLICT", _conflicts),
        f.HostClaimed: (c.FAILED_PRECONDITION, "HOST_CLAIMED", _conflicts),
        f.GroupNotEmpty: (c.FAILED_PRECONDITION, "GROUP_NOT_EMPTY", _precondition),
        f.WorkloadInUse: (c.FAILED_PRECONDITION, "WORKLOAD_IN_USE", _precondition),
        f.ClusterNotDrained: (c.FAILED_PRECONDITION, "CLUSTER_NOT_DRAINED", _precondition),
        f.ClusterState: (c.FAILED_PRECONDITION, "CLUSTER_STATE", _precondition),
        f.PlanState: (c.FAILED_PRECONDITION, "PLAN_STATE", _precondition),
        f.PlanStale: (c.FAILED_PRECONDITION, "PLAN_STALE", _precondition),
        f.NotForeign: (c.FAILED_PRECONDITION, "NOT_FOREIGN", _precondition),
        f.PlanRequired: (c.FAILED_PRECONDITION, "PLAN_REQUIRED", _policy),
        f.ApprovalRequired: (c.FAILED_PRECONDITION, "APPROVAL_REQUIRED", _policy),
        f.PlanOwnApproval: (c.FAILED_PRECONDITION, "PLAN_OWN_APPROVAL", _policy),
        f.HistoryCompacted: (c.OUT_OF_RANGE, "HISTORY_COMPACTED", _nothing),
        f.Unauthenticated: (c.UNAUTHENTICATED, "UNAUTHENTICATED", _nothing),
        f.Forbidden: (c.PERMISSION_DENIED, "FORBIDDEN", _nothing),
        f.NamespaceNotYours: (c.PERMISSION_DENIED, "NAMESPACE_NOT_YOURS", _nothing),
        f.Overloaded: (c.RESOURCE_EXHAUSTED, "OVERLOADED", _quota(_SOON)),
        f.SlowConsumer: (c.RESOURCE_EXHAUSTED, "SLOW_CONSUMER", _quota(_SOON)),
        f.PoolExhausted: (c.RESOURCE_EXHAUSTED, "POOL_EXHAUSTED", _quota(_LATER)),
        f.StoreUnavailable: (c.UNAVAILABLE, "STORE_UNAVAILABLE", _retry(_SOON)),
        f.Draining: (c.UNAVAILABLE, "SERVER_DRAINING", _retry(_SOON)),
        f.DeadlineExpired: (c.DEADLINE_EXCEEDED, "DEADLINE", _retry(_SOON)),
        f.NotServed: (c.UNIMPLEMENTED, "UNIMPLEMENTED", _nothing),
    }
    return MappingProxyType(
        {
            kind: Row(code=code, reason=reason, details=details)
            for kind, (code, reason, details) in rows.items()
        }
    )


TABLE: Final = _table()
_INTERNAL: Final = Row(code=grpc.StatusCode.INTERNAL, reason="INTERNAL", details=_nothing)
_WITH_TRACE: Final = frozenset({grpc.StatusCode.INTERNAL, grpc.StatusCode.UNIMPLEMENTED})


def code_of(error: BaseException) -> grpc.StatusCode:
    """Give the code that a raised error is answered with."""
    return _row(error).code


def status_of(error: BaseException, trace_id: str) -> Status:
    """Make the answer to a raised error; of an unknown one nothing but the trace id is told."""
    row = _row(error)
    text = "the server failed: report the request id" if row is _INTERNAL else str(error)
    metadata = dict(error.metadata) if isinstance(error, Failure) else {}
    details = list(row.details(error, row.reason))
    if row.code in _WITH_TRACE:
        details.append(details_pb2.RequestInfo(request_id=trace_id))

    def status(kept: int) -> Status:
        omitted = {} if kept == items else {"omitted": str(items - kept)}
        info = details_pb2.ErrorInfo(
            reason=row.reason,
            domain=DOMAIN,
            metadata={key: _cut(value) for key, value in (metadata | omitted).items()},
        )
        made = Status(code=row.code.value[0], message=_message(text))
        for detail in (info, *_first(details, kept)):
            made.details.add().Pack(detail)
        return made

    items = sum(_items(detail) for detail in details)
    whole = status(items)
    if whole.ByteSize() <= _BUDGET:
        return whole
    fitting = bisect_right(range(1, items), _BUDGET, key=lambda kept: status(kept).ByteSize())
    return status(max(fitting, 1))


def _row(error: BaseException) -> Row:
    for kind in type(error).__mro__:
        if kind in TABLE:
            return TABLE[kind]
    return _INTERNAL


def _items(detail: Message) -> int:
    """Count what may be left out of a detail: violations one by one, a ConflictInfo as a whole."""
    if isinstance(detail, details_pb2.BadRequest):
        return len(detail.field_violations)
    return 1 if isinstance(detail, error_reason_pb2.ConflictInfo) else 0


def _first(details: Details, kept: int) -> list[Message]:
    """Keep the first items of the details, and every detail that has none."""
    result: list[Message] = []
    for detail in details:
        own = _items(detail)
        if isinstance(detail, details_pb2.BadRequest):
            result.append(details_pb2.BadRequest(field_violations=detail.field_violations[:kept]))
        elif own <= max(kept, 0):
            result.append(detail)
        kept -= own
    return result


def _cut(text: str) -> str:
    clean = text.encode("utf-8", "replace")
    if len(clean) <= _LONGEST_TEXT:
        return clean.decode()
    return clean[: _LONGEST_TEXT - 3].decode("utf-8", "ignore") + "…"


def _message(text: str) -> str:
    text = _cut(text)
    while len(quote(text)) > _LONGEST_MESSAGE:
        text = text[: len(text) * 3 // 4]
    return text
