"""Takes an error answer apart: its reason, every field that is wrong, every contradiction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import grpc
from google.protobuf.message import DecodeError
from google.rpc import error_details_pb2 as details_pb2
from google.rpc.status_pb2 import Status
from trafficctl.v2.error_reason_pb2 import ConflictInfo

from trafficctl_cli.exits import CommandError, Exit

_STATUS: Final = "grpc-status-details-bin"
_NEXT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "PLAN_STALE": "something it was computed from has changed: plan again",
        "PLAN_DIGEST": "somebody changed the plan meanwhile: look at it again",
        "ETAG_MISMATCH": "somebody changed it since it was read: read it again",
        "PLAN_REQUIRED": "its group takes changes by plan only: use trafficctl apply or plan",
        "GROUP_NOT_EMPTY": "--force deletes the group with its intents",
        "UNAUTHENTICATED": "say who you are: --token-file, or --cert and --key",
        "UNIMPLEMENTED": "this server does not serve it: its version is another one",
    }
)
"""What people can do, where the server's text cannot know our options."""


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A field that is wrong.

    :ivar path: in the request, such as ``changes[3].apply.workload.ports[0].port``.
    """

    path: str
    text: str


@dataclass(eq=False)  # not frozen: Python writes the traceback into it
class Failure(Exception):  # noqa: N818 - an answer of the server
    """An RPC answered with an error.

    :ivar reason: of ``ErrorReason``; empty where something between us and the server answered.
    :ivar retry_after: seconds; None: it will not get better by itself.
    """

    code: grpc.StatusCode
    text: str
    reason: str = ""
    fields: Sequence[FieldProblem] = ()
    conflicts: Sequence[ConflictInfo] = ()
    omitted: int = 0
    retry_after: float | None = None

    @property
    def exit(self) -> Exit:
        """How a command ends that meets it."""
        return _exit(self.code, self.reason)

    @property
    def away(self) -> bool:
        """Whether the connection broke, so that nobody knows what became of the call."""
        return self.code is grpc.StatusCode.UNAVAILABLE and not self.reason

    @property
    def late(self) -> bool:
        """Whether our own time was over."""
        return self.code is grpc.StatusCode.DEADLINE_EXCEEDED and not self.reason

    def lines(self) -> list[str]:
        """Tell it, one thing a line."""
        head = "the server refuses it" if self.fields else self.text or self.code.name
        told = [f"{head} [{self.reason}]" if self.reason else head]
        told += [f"  {it.path}: {it.text}" if it.path else f"  {it.text}" for it in self.fields]
        told += [f"  {line}" for it in self.conflicts for line in conflict_lines(it)]
        if self.omitted:
            told.append(f"  and {self.omitted} more that did not fit into the answer")
        if self.reason in _NEXT:
            told.append(f"  {_NEXT[self.reason]}")
        return told

    def as_error(self) -> CommandError:
        """Give the error that ends a command with it."""
        return CommandError(self.exit, self.lines())


def conflict_lines(conflict: ConflictInfo) -> list[str]:
    """Tell one contradiction: the field, what each side says, and the way out."""
    other = conflict.other_intent or "another intent"
    at = f" ({conflict.other_field})" if conflict.other_field else ""
    said = f": {conflict.ours} here, {conflict.theirs} there" if conflict.ours else ""
    lines = [f"{conflict.field or 'the intent'} contradicts {other}{at}{said}"]
    return [*lines, f"  {conflict.way_out}"] if conflict.way_out else lines


def failure_of(error: Any, endpoint: str) -> Failure:
    """Read an error that grpc raised.

    :param endpoint: whom we asked, for errors that did not come from there.
    """
    code, text = error.code(), error.details() or ""
    trailing = dict(error.trailing_metadata() or ())
    status = Status()
    try:
        status.ParseFromString(trailing.get(_STATUS, b""))
    except DecodeError:
        status.Clear()
    if not status.details:
        return Failure(code, _without_server(code, text, endpoint))
    info = _details(status, details_pb2.ErrorInfo)
    retries = _details(status, details_pb2.RetryInfo)
    return Failure(
        code=code,
        text=status.message or text,
        reason=info[0].reason if info else "",
        fields=[
            FieldProblem(it.field, it.description)
            for found in _details(status, details_pb2.BadRequest)
            for it in found.field_violations
        ],
        conflicts=_details(status, ConflictInfo),
        omitted=int(info[0].metadata.get("omitted", "0")) if info else 0,
        retry_after=retries[0].retry_delay.ToTimedelta().total_seconds() if retries else None,
    )


def _without_server(code: grpc.StatusCode, text: str, endpoint: str) -> str:
    if code is grpc.StatusCode.UNAVAILABLE:
        return (
            f"nobody answers as a trafficctl server at {endpoint}: {_short(text)};"
            " start it, or name another with --server"
        )
    if code is grpc.StatusCode.DEADLINE_EXCEEDED:
        return f"{endpoint} did not answer in time: give it longer with --timeout"
    return f"{endpoint} answers {code.name}: {text}"


def _short(text: str) -> str:
    """Cut grpc's chain of causes to the last one."""
    last = text.rpartition("; last error: ")[2] or text
    return last.rpartition(": ")[2].partition(" (")[0].strip().lower() or "no connection"


def _details(status: Status, kind: type[Any]) -> list[Any]:
    found = []
    for packed in status.details:
        detail = kind()
        if packed.Is(kind.DESCRIPTOR) and packed.Unpack(detail):
            found.append(detail)
    return found


def _exit(code: grpc.StatusCode, reason: str) -> Exit:
    if reason in {"APPROVAL_REQUIRED", "PLAN_OWN_APPROVAL"}:
        return Exit.APPROVAL
    codes = grpc.StatusCode
    return {
        codes.INVALID_ARGUMENT: Exit.INVALID,
        codes.NOT_FOUND: Exit.NOT_FOUND,
        codes.ALREADY_EXISTS: Exit.CONFLICT,
        codes.ABORTED: Exit.CONFLICT,
        codes.FAILED_PRECONDITION: Exit.CONFLICT,
        codes.OUT_OF_RANGE: Exit.CONFLICT,
        codes.UNAVAILABLE: Exit.UNREACHABLE,
        codes.RESOURCE_EXHAUSTED: Exit.UNREACHABLE,
        codes.DEADLINE_EXCEEDED: Exit.TIMEOUT,
        codes.UNAUTHENTICATED: Exit.FORBIDDEN,
        codes.PERMISSION_DENIED: Exit.FORBIDDEN,
    }.get(code, Exit.FAILED)
