"""One rule of an AuthorizationPolicy, read into tests of what is seen of a call.

A test is a plain function. What needs HTTP stands apart: on a port that is not HTTP such a test
drops the whole rule of an ALLOW and is left out of a DENY, which widens it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_istio.evaluation.authorization_conditions import condition
from trafficctl_istio.evaluation.fields import entries, inner, texts
from trafficctl_istio.evaluation.patterns import matches_any, matches_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.requests import Seen, TrustDomain

    Test = Callable[[Seen], bool]
    TestOf = Callable[[tuple[str, ...], TrustDomain], Test]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Tests that must all hold: one source, one operation or one condition.

    :ivar http: those that need HTTP, but for ``line``, which alone look at method and path.
    :ivar address: some look at the caller's address.
    """

    always: tuple[Test, ...] = ()
    http: tuple[Test, ...] = ()
    line: tuple[Test, ...] = ()
    address: bool = False

    @property
    def needs_http(self) -> bool:
        """Say whether any part of it can be asked on HTTP ports only."""
        return bool(self.http or self.line)

    def holds(self, seen: Seen) -> bool:
        """Say whether all hold that can be asked here."""
        return all(it(seen) for it in self.always) and (
            not seen.http or (self.takes_line(seen) and all(it(seen) for it in self.http))
        )

    def takes_line(self, seen: Seen) -> bool:
        """Say whether it takes the method and the path."""
        return all(it(seen) for it in self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: any source, any operation, all conditions."""

    sources: tuple[Group, ...]
    operations: tuple[Group, ...]
    conditions: tuple[Group, ...]

    @property
    def needs_http(self) -> bool:
        """Say whether any part of it can be asked on HTTP ports only."""
        return any(it.needs_http for it in self.groups)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Give every part of it."""
        return (*self.sources, *self.operations, *self.conditions)

    def matches(self, seen: Seen) -> bool:
        """Say whether the call falls under the rule."""
        return (
            (not self.operations or any(it.holds(seen) for it in self.operations))
            and (not self.sources or any(it.holds(seen) for it in self.sources))
            and all(it.holds(seen) for it in self.conditions)
        )


def rule(body: Json, own: TrustDomain) -> Rule:
    """Read a rule.

    :param own: trust domain of the cluster that the policy is in.
    """
    return Rule(
        sources=tuple(_group(inner(it, "source"), own) for it in entries(body, "from")),
        operations=tuple(_group(inner(it, "operation"), own) for it in entries(body, "to")),
        conditions=tuple(
            Group(http=(test,)) if needs_http else Group(always=(test,), address=address)
            for test, needs_http, address in (condition(it, own) for it in entries(body, "when"))
        ),
    )


def _group(body: Json, own: TrustDomain) -> Group:
    found: dict[str, list[Test]] = {"always": [], "http": [], "line": []}
    address = False
    for field in body:
        plain = field if field in _FIELDS else field[3:4].lower() + field[4:]
        if plain not in _FIELDS:
            continue
        make, kind = _FIELDS[plain]
        address |= plain in _ADDRESSES
        test = make(texts(body, field), own)
        found[kind].append(test if plain == field else _opposite(test))
    return Group(**{kind: tuple(tests) for kind, tests in found.items()}, address=address)


def _opposite(test: Test) -> Test:
    return lambda seen: not test(seen)


def _principals(values: tuple[str, ...], own: TrustDomain) -> Test:
    wanted = own.expanded(values)
    exact = frozenset(it for it in wanted if "*" not in it)
    wild = tuple(it for it in wanted if "*" in it)
    return lambda seen: seen.principal in exact or matches_any(wild, seen.principal)


def _namespaces(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: matches_any(values, seen.namespace)


def _accounts(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: (
        bool(seen.account)
        and any(
            seen.account == it or ("/" not in it and seen.account.endswith(f"/{it}"))
            for it in values
        )
    )


def _blocks(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: seen.comes_from(values)


def _remote_blocks(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: seen.comes_from(values, original=True)


def _request_principals(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: any(matches_any(values, it) for it in seen.request_principals)


def _ports(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: str(seen.port) in values


def _hosts(values: tuple[str, ...], _: TrustDomain) -> Test:
    lower = tuple(it.lower() for it in values)
    return lambda seen: matches_any(lower, seen.authority.lower())


def _methods(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: matches_any(values, seen.method)


def _paths(values: tuple[str, ...], _: TrustDomain) -> Test:
    return lambda seen: any(matches_path(it, seen.path) for it in values)


_FIELDS: Final[dict[str, tuple[TestOf, str]]] = {
    "principals": (_principals, "always"),
    "namespaces": (_namespaces, "always"),
    "serviceAccounts": (_accounts, "always"),
    "ipBlocks": (_blocks, "always"),
    "remoteIpBlocks": (_remote_blocks, "always"),
    "requestPrincipals": (_request_principals, "http"),
    "ports": (_ports, "always"),
    "hosts": (_hosts, "http"),
    "methods": (_methods, "line"),
    "paths": (_paths, "line"),
}
"""What each field tests, and to which tests of a ``Group`` that belongs."""
_ADDRESSES: Final = frozenset({"ipBlocks", "remoteIpBlocks"})
