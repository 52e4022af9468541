"""Protobuf's own messages that are plain values in the model: times, durations, statuses."""

from typing import Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status
from trafficctl_sdk.rpc_status import RpcStatus

DOMAIN: Final = "trafficctl.dev"
_SECOND: Final = 1_000_000_000


def duration_to_model(duration: Duration) -> int:
    """Give a duration in nanoseconds."""
    return duration.seconds * _SECOND + duration.nanos


def fill_duration(duration: Duration, nanoseconds: int) -> None:
    """Set a duration; seconds and nanos have the same sign."""
    seconds, nanos = divmod(abs(nanoseconds), _SECOND)
    sign = -1 if nanoseconds < 0 else 1
    duration.seconds = sign * seconds
    duration.nanos = sign * nanos
    duration.SetInParent()


def timestamp_to_model(timestamp: Timestamp) -> int:
    """Give a point in time in nanoseconds since the Unix epoch."""
    return timestamp.seconds * _SECOND + timestamp.nanos


def fill_timestamp(timestamp: Timestamp, nanoseconds: int) -> None:
    """Set a point in time; nanos count forward, also before the epoch."""
    timestamp.seconds, timestamp.nanos = divmod(nanoseconds, _SECOND)
    timestamp.SetInParent()


def status_to_model(status: Status) -> RpcStatus:
    """Give a status with the reason of its ErrorInfo; other details are dropped."""
    info = ErrorInfo()
    found = any(
        detail.Is(ErrorInfo.DESCRIPTOR) and detail.Unpack(info) for detail in status.details
    )
    reason = info.reason if found else ""
    return RpcStatus(code=status.code, message=status.message, reason=reason)


def fill_status(status: Status, value: RpcStatus) -> None:
    """Set a status, with an ErrorInfo of our domain where there is a reason."""
    status.code, status.message = value.code, value.message
    status.SetInParent()
    if value.reason:
        status.details.add().Pack(ErrorInfo(reason=value.reason, domain=DOMAIN))
