"""What is wrong with a traffic policy on Istio, whichever port and scope it is for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from trafficctl_sdk.codec import leaves
from trafficctl_sdk.model.access import HeaderMatch
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import Route, TrafficPolicy

from trafficctl_istio.protocols import HTTP_FAMILY
from trafficctl_istio.rendering.traffic.durations import MILLISECOND, SECOND
from trafficctl_istio.rendering.traffic.parts import named_parts


class Problem(NamedTuple):
    """One thing that cannot be said.

    :ivar field: path below the policy, with indexes.
    """

    field: str
    description: str


_DURATIONS: Final = (
    "load_balancing.warmup",
    "connection_limits.connect_timeout",
    "connection_limits.idle_timeout",
    "connection_limits.max_age",
    "outlier_detection.interval",
    "outlier_detection.base_ejection",
    "timeout",
    "retries.per_try_timeout",
    "retries.backoff",
    "fault.delay.duration",
)
_KEEPALIVE: Final = "connection_limits.keepalive."
_NEVER_HEADERS: Final = frozenset({"authority", "method", "scheme", "uri"})
"""Names of headers that Istio's matches leave out of account."""
_HALF: Final = "two conditions on one name cannot be matched; keep one"
_OF_REQUESTS: Final = (
    "timeout",
    "retries",
    "fault",
    "mirrors",
    "routes",
    "load_balancing.consistent_hash.header",
    "load_balancing.consistent_hash.cookie",
    "load_balancing.consistent_hash.query_parameter",
    "connection_limits.max_pending",
    "connection_limits.max_requests",
    "connection_limits.max_per_connection",
    "connection_limits.max_retries",
)
"""What has a meaning on ports of the HTTP family only."""


def problems(policy: TrafficPolicy) -> Iterator[Problem]:
    """Give everything that Istio would refuse, or leave out of account in silence."""
    yield from _durations(policy)
    if policy.load_balancing is not None:
        yield from _balancing(policy.load_balancing)
        if policy.load_balancing.passthrough is not None and (
            policy.locality is not None or any(it.kind == "subset" for it in named_parts(policy))
        ):
            yield Problem(
                "load_balancing.passthrough",
                "the address that was dialled decides alone: leave locality and subsets out",
            )
    for index, route in enumerate(policy.routes):
        for it in _route(route):
            yield Problem(f"routes[{index}].{it.field}", it.description)


def problems_on(policy: TrafficPolicy, protocol: Protocol.Value) -> Iterator[Problem]:
    """Give what has no meaning on a port of this protocol, by the shortest path."""
    if protocol in HTTP_FAMILY:
        return
    patterns = {leaf.pattern for leaf in leaves(policy)}
    for field in _OF_REQUESTS:
        if any(it == field or it.startswith(f"{field}.") for it in patterns):
            yield Problem(
                field,
                f"it speaks of requests, and the port speaks {protocol.value}: put the port into"
                " an intent of its own without it",
            )


def _durations(policy: TrafficPolicy) -> Iterator[Problem]:
    for leaf in leaves(policy):
        within = leaf.pattern.removeprefix("routes.")
        if not isinstance(leaf.value, int):
            continue
        if within.startswith(_KEEPALIVE) and not within.endswith("probes"):
            if leaf.value % SECOND:
                yield Problem(leaf.path, "Istio counts it in whole seconds; round it")
        elif within in _DURATIONS and (leaf.value % MILLISECOND or not leaf.value):
            yield Problem(leaf.path, "Istio counts it in milliseconds, from 1 ms on; round it")


def _balancing(stated: TrafficPolicy.LoadBalancing) -> Iterator[Problem]:
    grows = stated.round_robin is not None or stated.least_request is not None
    if stated.warmup is not None and not grows:
        yield Problem("load_balancing.warmup", "it needs round_robin or least_request")
    if stated.warmup_aggression and stated.warmup is None:
        yield Problem("load_balancing.warmup_aggression", "it needs a warmup")
    maglev = stated.consistent_hash.maglev if stated.consistent_hash else None
    if maglev is not None and maglev.table_size and not _is_prime(maglev.table_size):
        yield Problem(
            "load_balancing.consistent_hash.maglev.table_size",
            "it must be a prime number, such as 65537",
        )


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % it for it in range(2, int(number**0.5) + 1))


def _route(route: Route) -> Iterator[Problem]:
    for index, match in enumerate(route.matches):
        yield from _names(match.headers, f"matches[{index}].headers", plain=False)
        yield from _names(match.query_parameters, f"matches[{index}].query_parameters", plain=True)
    if route.redirect is not None or route.respond is not None:
        action = "redirect" if route.redirect is not None else "respond"
        for name in ("rewrite", "timeout", "retries", "fault", "mirrors", "request_headers"):
            if getattr(route, name) not in (None, ()):
                yield Problem(name, f"requests of a {action} go nowhere; leave it out")
    redirect = route.redirect
    if redirect is not None and not (redirect.scheme or redirect.host or redirect.path):
        yield Problem("redirect", "say where to: give scheme, host or path")
    if route.rewrite is not None and route.rewrite.prefix is not None:
        for index, match in enumerate(route.matches):
            if match.path is None or match.path.prefix is None:
                yield Problem(
                    f"matches[{index}].path", "rewrite.prefix replaces a prefix: match one"
                )


def _names(stated: Sequence[HeaderMatch], field: str, *, plain: bool) -> Iterable[Problem]:
    names = [it.name if plain else it.name.lower() for it in stated]
    often = {name for name, count in Counter(names).items() if count > 1}
    for index, name in enumerate(names):
        if name in often:
            yield Problem(f"{field}[{index}].name", _HALF)
        elif not plain and name in _NEVER_HEADERS:
            yield Problem(f"{field}[{index}].name", "Istio matches no header of that name")
