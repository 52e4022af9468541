"""The ``match`` of a route: what proxies settle once, and what they look at in each request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs

from trafficctl_istio.evaluation.fields import entries, inner, labels, number, text, texts
from trafficctl_istio.evaluation.patterns import selects, within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.streams import Payload

    Test = Callable[[Payload], bool]


class Listener(NamedTuple):
    """Where a route is asked for.

    :ivar gateway: ``mesh``, or ``<namespace>/<name>`` of a Gateway.
    :ivar port: as the caller dials it in the mesh, as the Gateway writes it at a gateway.
    :ivar addresses: virtual ones, of what is called.
    """

    gateway: str
    port: int
    namespace: str
    labels: Mapping[str, str]
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One match; all that is stated must hold.

    :ivar line: tests of method and path; ``tests``: of all else.
    :ivar prefix: of the path that is matched, if it is by prefix.
    """

    port: int = 0
    gateways: tuple[str, ...] = ()
    source_namespace: str = ""
    source_labels: Mapping[str, str]
    sni_hosts: tuple[str, ...] = ()
    subnets: tuple[str, ...] = ()
    line: tuple[Test, ...] = ()
    tests: tuple[Test, ...] = ()
    prefix: str = ""

    def is_for(self, listener: Listener) -> bool:
        """Say whether a proxy has this match at all, whatever is asked of it."""
        return (
            self.port in {0, listener.port}
            and (not self.gateways or listener.gateway in self.gateways)
            and self.source_namespace in {"", listener.namespace}
            and selects(self.source_labels, listener.labels)
            and (not self.subnets or any(within(it, self.subnets) for it in listener.addresses))
        )

    def holds(self, payload: Payload) -> bool:
        """Say whether a request matches."""
        return self.takes_line(payload) and all(it(payload) for it in self.tests)

    def takes_line(self, payload: Payload) -> bool:
        """Say whether it takes the method and the path."""
        return all(it(payload) for it in self.line)


def conditions(route: Json, namespace: str) -> tuple[Condition, ...]:
    """Read the matches of a route; a route without any has one that always holds.

    :param namespace: of the VirtualService.
    """
    found = tuple(_condition(it, namespace) for it in entries(route, "match"))
    return found or (Condition(source_labels={}),)


def gateway_name(written: str, namespace: str) -> str:
    """Give the whole name of a Gateway as a VirtualService writes it."""
    return written if written == "mesh" or "/" in written else f"{namespace}/{written}"


def _condition(match: Json, namespace: str) -> Condition:
    return Condition(
        port=number(match, "port"),
        gateways=tuple(gateway_name(it, namespace) for it in texts(match, "gateways")),
        source_namespace=text(match, "sourceNamespace"),
        source_labels=labels(match, "sourceLabels"),
        sni_hosts=tuple(it.lower() for it in texts(match, "sniHosts")),
        subnets=texts(match, "destinationSubnets"),
        line=tuple(_line_tests(match)),
        tests=tuple(_tests(match)),
        prefix=text(match, "uri", "prefix"),
    )


def _line_tests(match: Json) -> list[Test]:
    found: list[Test] = []
    if "uri" in match:
        found.append(_uri(inner(match, "uri"), ignore_case=match.get("ignoreUriCase") is True))
    if "method" in match:
        method = _string(inner(match, "method"))
        found.append(lambda it: method(it.method))
    found += [
        _query(name, inner(match, "queryParams", name)) for name in inner(match, "queryParams")
    ]
    return found


def _tests(match: Json) -> list[Test]:
    found: list[Test] = []
    if "authority" in match:
        authority = _string(inner(match, "authority"))
        found.append(lambda it: authority(it.authority))
    found += [
        _header(name.lower(), inner(match, "headers", name)) for name in inner(match, "headers")
    ]
    found += [
        _not(_header(name.lower(), inner(match, "withoutHeaders", name)))
        for name in inner(match, "withoutHeaders")
    ]
    return found


def _uri(stated: Json, *, ignore_case: bool) -> Test:
    if ignore_case and "regex" not in stated:
        wanted = _string({key: str(it).lower() for key, it in stated.items()})
        return lambda it: wanted(it.path.partition("?")[0].lower())
    as_written = _string(stated)
    return lambda it: as_written(it.path.partition("?")[0])


def _header(name: str, stated: Json) -> Test:
    wanted = _string(stated)
    return lambda it: name in it.headers and wanted(it.headers[name])


def _query(name: str, stated: Json) -> Test:
    wanted = _string(stated)

    def holds(payload: Payload) -> bool:
        values = parse_qs(payload.path.partition("?")[2], keep_blank_values=True).get(name)
        return values is not None and wanted(values[0])

    return holds


def _not(test: Test) -> Test:
    return lambda it: not test(it)


def _string(stated: Json) -> Callable[[str], bool]:
    """Read a match of one string; an empty one takes any."""
    if "exact" in stated:
        exact = text(stated, "exact")
        return lambda value: value == exact
    if "prefix" in stated:
        prefix = text(stated, "prefix")
        return lambda value: value.startswith(prefix)
    if "regex" in stated:
        pattern = _compiled(text(stated, "regex"))
        return lambda value: pattern is not None and pattern.fullmatch(value) is not None
    return lambda _: True


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:
        return None
