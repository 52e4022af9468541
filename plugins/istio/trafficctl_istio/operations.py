"""Access rules as AuthorizationPolicy operations."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from trafficctl_sdk.model.access import AccessRule, HttpOperation, PathMatch
from trafficctl_sdk.model.common import Protocol

from trafficctl_istio.protocols import HTTP_FAMILY
from trafficctl_istio.refusals import refuse

_LITERAL_BREAKERS: Final = re.compile(r"[*{}?#]")
_TEMPLATE: Final = re.compile(r"(?:/(?:\{\*\}|[-\w.~%!$&'()+,;:@=]+))*(?:/\{\*\*\})?", re.ASCII)


class Operation(NamedTuple):
    """What is asked of an HTTP request; empty: any, and nothing HTTP is written."""

    methods: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


ANY_REQUEST: Final = Operation()


def operation_of(rule: AccessRule, protocol: Protocol.Value) -> Operation:
    """Give the operation of one rule on a port of this protocol.

    Headers and claims are conditions (:mod:`trafficctl_istio.conditions`).

    :raises Refused: the rule says what a policy on such a port cannot; on a TCP port a rule with
        HTTP fields would match nothing as ALLOW and everything as DENY.
    """
    of_requests = rule.all_requests is None or rule.headers or rule.claims
    if of_requests and protocol not in HTTP_FAMILY:
        raise refuse(
            "callers.access",
            "access.l7_needs_http_ports",
            f"port speaks {protocol.value}: put it into an intent of its own with all_requests",
        )
    if rule.all_requests is not None:
        return ANY_REQUEST
    if rule.http is not None:
        return _http(rule.http)
    if rule.grpc is not None:
        return Operation(
            methods=("POST",), paths=tuple(sorted({f"/{method}" for method in rule.grpc.methods}))
        )
    raise refuse("callers.access", "access.operation", "say which requests the rule is about")


def path_problem(path: PathMatch) -> str:
    """Say why a path cannot be written literally into a policy; empty: it can."""
    if path.template is not None:
        plain = _TEMPLATE.fullmatch(path.template)
        return "" if plain else "write each segment in characters of URLs, as {*}, or last as {**}"
    text = path.exact or path.prefix or path.suffix or ""
    found = _LITERAL_BREAKERS.search(text)
    return f"{found[0]} has a meaning of its own in an Istio policy; leave it out" if found else ""


def _http(http: HttpOperation) -> Operation:
    methods = () if "*" in http.methods else tuple(sorted(set(http.methods)))
    patterns = {pattern for path in http.paths for pattern in _patterns(path)}
    return Operation(
        methods=methods, paths=("/*",) if "/*" in patterns else tuple(sorted(patterns))
    )


def _patterns(path: PathMatch) -> Iterable[str]:
    problem = path_problem(path)
    if problem:
        raise refuse("callers.access.http.paths", "istio.path", problem)
    if path.exact is not None:
        return (path.exact,)
    if path.suffix is not None:
        return (f"*{path.suffix}",)
    if path.template is not None:
        return (path.template,)
    if path.prefix is not None:
        below = path.prefix.rstrip("/")
        return (below, f"{below}/*") if below else ("/*",)
    raise refuse("callers.access.http.paths", "path_match", "say how the path is matched")
