"""Who may do what, as rules of AuthorizationPolicies.

Operations with HTTP fields and operations on ports that know none never share a rule: on a TCP
port a rule with HTTP fields vanishes whole. Every operation names its ports: a DENY without them
would cut TCP ports off as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from trafficctl_sdk.model.access import AccessRule, JwtProvider
from trafficctl_sdk.slices import Grant, SparedCaller

from trafficctl_istio.conditions import (
    Condition,
    condition_json,
    conditions_of,
    is_ambiguous,
    issued_by,
    provider_of,
    token_holder,
)
from trafficctl_istio.objects.security import operation, source
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.operations import ANY_REQUEST, Operation, operation_of
from trafficctl_istio.protocols import HTTP_FAMILY
from trafficctl_istio.refusals import refuse


class Proof(NamedTuple):
    """What a request shows besides the identity of the mesh, all of it.

    :ivar ranges: CIDRs, of one of which the client outside is; empty: of any.
    :ivar token: the request principal that its token gives it; empty: none is asked for.
    """

    ranges: tuple[str, ...] = ()
    token: str = ""
    conditions: tuple[Condition, ...] = ()


_NO_PROOF: Final = Proof()


class Permission(NamedTuple):
    """Callers that are alike, one operation, one port of the pods.

    :ivar principals: an empty one means anybody at all.
    :ivar http: the port is of the HTTP family.
    """

    principals: tuple[str, ...]
    port: int
    http: bool
    operation: Operation = ANY_REQUEST
    proof: Proof = _NO_PROOF


_Asked: TypeAlias = tuple[Operation, int]
_Operations: TypeAlias = tuple[tuple[Operation, tuple[int, ...]], ...]
_Providers: TypeAlias = Mapping[str, JwtProvider]


def permissions(
    grants: Iterable[Grant], action: AccessRule.Action, providers: _Providers
) -> list[Permission]:
    """Give all permissions of one action.

    :param providers: by id.
    :raises Refused: an access rule cannot be said on its port.
    """
    return [
        Permission(
            principals=grant.principals or ("",),
            port=grant.port,
            http=grant.protocol in HTTP_FAMILY,
            operation=operation_of(rule, grant.protocol),
            proof=_proof(grant, rule, providers),
        )
        for grant in grants
        for rule in grant.access
        if rule.action is action
    ]


def spared_permissions(spared: Iterable[SparedCaller]) -> list[Permission]:
    """Give what spared callers may do; paths make a port one of the HTTP family."""
    return [
        Permission(
            principals=(caller.principal,),
            port=port,
            http=bool(caller.paths),
            operation=Operation(paths=tuple(sorted(set(caller.paths)))),
        )
        for caller in spared
        for port in caller.ports
    ]


def rules_of(granted: Iterable[Permission], entrances: Sequence[str] = ()) -> list[Json]:
    """Give the fewest rules that grant exactly this, in one order whatever the order given.

    :param entrances: principals of gateways that speak for callers without an identity; "whoever
        has one" does not mean them.
    """
    asked: dict[tuple[bool, Proof], dict[tuple[str, ...], set[_Asked]]] = {}
    for one in granted:
        together = asked.setdefault((one.http, one.proof), {})
        together.setdefault(one.principals, set()).add((one.operation, one.port))
    rules = {
        (http, _operations(of_each), proof): principals
        for (http, proof), together in asked.items()
        for of_each, principals in _alike(together).items()
    }
    gateways = sorted(entrances)
    return [_rule(rules[key], key[1], key[2], gateways) for key in sorted(rules)]


def _alike(
    together: Mapping[tuple[str, ...], Iterable[_Asked]],
) -> Mapping[frozenset[_Asked], set[str]]:
    """Give the callers that may do the same.

    :param together: what callers may do that were named together; one may be among several.
    """
    found: dict[frozenset[_Asked], set[str]] = defaultdict(set)
    if len(together) == 1 or len(set().union(*together)) == sum(map(len, together)):
        for principals, asked in together.items():  # each is named once
            found[frozenset(asked)].update(principals)
        return found
    callers: dict[str, set[_Asked]] = defaultdict(set)
    for principals, asked in together.items():
        for principal in principals:
            callers[principal].update(asked)
    for principal, asked in callers.items():
        found[frozenset(asked)].add(principal)
    return found


def _operations(asked: Iterable[_Asked]) -> _Operations:
    """Give each operation once, with its ports."""
    ports: dict[Operation, list[int]] = {}
    for wanted, port in sorted(asked):
        ports.setdefault(wanted, []).append(port)
    return tuple((wanted, tuple(numbers)) for wanted, numbers in ports.items())


def _proof(grant: Grant, rule: AccessRule, providers: _Providers) -> Proof:
    """Give what a request must show.

    A DENY asks for the issuer alone: a token without a subject gives no request principal, and
    would dodge it.

    :raises Refused: it cannot be seen on the grant's port, or names a provider that is not there.
    """
    wanted = provider_of(rule, grant.jwt_provider)
    if not (wanted or grant.source_ranges or rule.headers or rule.claims):
        return _NO_PROOF
    if (grant.source_ranges or wanted) and grant.protocol not in HTTP_FAMILY:
        raise refuse(
            "callers.external",
            "istio.opaque_listener",
            f"port speaks {grant.protocol.value}, on which no policy sees addresses or tokens",
        )
    conditions = conditions_of(rule)
    token = ""
    if wanted:
        if wanted not in providers:
            raise refuse("jwt_providers", "access.no_jwt_provider", f"add the provider {wanted!r}")
        provider = providers[wanted]
        denies = rule.action is AccessRule.Action.DENY
        if denies or is_ambiguous(provider, providers.values()):
            conditions = tuple(sorted({*conditions, issued_by(provider)}))
        token = "" if denies else token_holder(provider)
    ranges = tuple(sorted(set(grant.source_ranges))) if grant.source_ranges else ()
    return Proof(ranges=ranges, token=token, conditions=conditions)


def _rule(
    principals: set[str], operations: _Operations, proof: Proof, entrances: list[str]
) -> Json:
    rule: Json = {}
    tokens = [proof.token] if proof.token else []
    if "" in principals:
        if proof.ranges or tokens:
            rule["from"] = [source(principals=[], ranges=proof.ranges, tokens=tokens)]
    else:
        whose: list[tuple[list[str], list[str]]] = [(sorted(principals), [])]
        if "*" in principals:
            whose = [(["*"], entrances), (sorted(principals.intersection(entrances)), [])]
        rule["from"] = [
            source(principals=names, not_principals=but, ranges=proof.ranges, tokens=tokens)
            for names, but in whose
            if names
        ]
    rule["to"] = [
        operation(ports=ports, methods=asked.methods, paths=asked.paths)
        for asked, ports in operations
    ]
    if proof.conditions:
        rule["when"] = [condition_json(one) for one in proof.conditions]
    return rule
