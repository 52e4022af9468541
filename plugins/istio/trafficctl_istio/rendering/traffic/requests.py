"""The settings of one HTTP route: how long, how often, with which faults and headers."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.model.common import Toggle
from trafficctl_sdk.model.traffic_policy import Route, TrafficPolicy

from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.rendering.traffic.durations import MILLISECOND, duration

Condition = TrafficPolicy.Retries.Condition

DEFAULT_BACKOFF: Final = 25 * MILLISECOND
_NEVER_ARRIVED: Final = (Condition.CONNECT_FAILURE, Condition.REFUSED_STREAM)
_NAMES: Final[Mapping[Condition, str]] = MappingProxyType(
    {
        Condition.CONNECT_FAILURE: "connect-failure",
        Condition.REFUSED_STREAM: "refused-stream",
        Condition.RESET: "reset",
        Condition.GATEWAY_ERROR: "gateway-error",
        Condition.SERVER_ERROR: "5xx",
        Condition.UNAVAILABLE: "unavailable",
        Condition.CANCELLED: "cancelled",
        Condition.DEADLINE_EXCEEDED: "deadline-exceeded",
        Condition.RESOURCE_EXHAUSTED: "resource-exhausted",
    }
)
_GRPC_STATUSES: Final = (
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
)
"""By number: Istio takes names only."""


def request_settings(
    timeout: int | None,
    retries: TrafficPolicy.Retries | None,
    fault: TrafficPolicy.Fault | None,
) -> Json:
    """Give timeout, retries and fault of a route that goes somewhere."""
    found: Json = {} if timeout is None else {"timeout": duration(timeout)}
    found["retries"] = retry_settings(retries)
    if fault is not None:
        found |= present(fault=_fault(fault))
    return found


def retry_settings(stated: TrafficPolicy.Retries | None = None) -> Json:
    """Give the retries of a route; where none are stated, only what never reached the server.

    Left out, the mesh would also repeat requests that the server may have begun to work on.
    """
    if stated is None:
        return {"attempts": 2, "retryOn": _RETRY_ON_BY_DEFAULT}
    if not stated.attempts:
        return {"attempts": 0}
    return present(
        attempts=stated.attempts,
        perTryTimeout=duration(stated.per_try_timeout),
        retryOn=_retry_on(stated),
        backoff=duration(stated.backoff) if stated.backoff != DEFAULT_BACKOFF else None,
        retryRemoteLocalities=(True if stated.other_localities is Toggle.Value.ENABLED else None),
    )


def _retry_on(stated: TrafficPolicy.Retries) -> str:
    conditions = set(stated.conditions or _NEVER_ARRIVED)
    names = [name for condition, name in _NAMES.items() if condition in conditions]
    return ",".join([*names, *map(str, sorted(stated.statuses))])


_RETRY_ON_BY_DEFAULT: Final = _retry_on(TrafficPolicy.Retries())


def _fault(stated: TrafficPolicy.Fault | None) -> Json:
    if stated is None:
        return {}
    delay, abort = stated.delay, stated.abort
    return present(
        delay=(
            {"fixedDelay": duration(delay.duration), "percentage": {"value": delay.percent}}
            if delay
            else None
        ),
        abort=(
            present(
                httpStatus=abort.http_status,
                grpcStatus=_GRPC_STATUSES[abort.grpc_status] if abort.grpc_status else None,
                percentage={"value": abort.percent},
            )
            if abort
            else None
        ),
    )


def header_settings(request: Route.HeaderEdit | None, response: Route.HeaderEdit | None) -> Json:
    """Give the changes to the headers of a route; empty: none."""
    return present(request=_edit(request), response=_edit(response))


def _edit(stated: Route.HeaderEdit | None) -> Json:
    if stated is None:
        return {}
    return present(
        set=dict(sorted(stated.set.items())),
        add=dict(sorted(stated.add.items())),
        remove=sorted(stated.remove),
    )
