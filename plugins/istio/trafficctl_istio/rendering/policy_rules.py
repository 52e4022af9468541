"""Who may do what, as rules of AuthorizationPolicies.

Operations with HTTP fields and operations on ports that know none never share a rule: on a TCP
port a rule with HTTP fields vanishes whole. Every operation names its ports: a DENY without them
would cut TCP ports off as well.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.slices import Grant, SparedCaller

from trafficctl_istio.objects.security import operation
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.operations import ANY_REQUEST, Operation, operation_of
from trafficctl_istio.protocols import HTTP_FAMILY


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Permission:
    """One caller, one operation, one port of the pods.

    :ivar principal: empty: anybody at all.
    :ivar http: the port is of the HTTP family.
    """

    principal: str
    port: int
    http: bool
    operation: Operation = ANY_REQUEST


_Operations = tuple[tuple[Operation, tuple[int, ...]], ...]


def permissions(grants: Iterable[Grant], action: AccessRule.Action) -> set[Permission]:
    """Give all permissions of one action.

    :raises Refused: an access rule cannot be said on its port.
    """
    return {
        Permission(
            principal=principal,
            port=grant.port,
            http=grant.protocol in HTTP_FAMILY,
            operation=operation_of(rule, grant.protocol),
        )
        for grant in grants
        for rule in grant.access
        if rule.action is action
        for principal in grant.principals or ("",)
    }


def spared_permissions(spared: Iterable[SparedCaller]) -> set[Permission]:
    """Give what spared callers may do; paths make a port one of the HTTP family."""
    return {
        Permission(
            principal=caller.principal,
            port=port,
            http=bool(caller.paths),
            operation=Operation(paths=tuple(sorted(set(caller.paths)))),
        )
        for caller in spared
        for port in caller.ports
    }


def rules_of(granted: Iterable[Permission]) -> list[Json]:
    """Give the fewest rules that grant exactly this, in one order whatever the order given."""
    ports: dict[tuple[str, bool], dict[Operation, set[int]]] = defaultdict(lambda: defaultdict(set))
    for one in granted:
        ports[one.principal, one.http][one.operation].add(one.port)
    callers: dict[tuple[bool, _Operations], set[str]] = defaultdict(set)
    for (principal, http), by_operation in ports.items():
        operations = tuple(
            sorted((asked, tuple(sorted(numbers))) for asked, numbers in by_operation.items())
        )
        callers[http, operations].add(principal)
    return [_rule(callers[http, operations], operations) for http, operations in sorted(callers)]


def _rule(principals: set[str], operations: _Operations) -> Json:
    rule: Json = {}
    if "" not in principals:
        named = ["*"] if "*" in principals else sorted(principals)
        rule["from"] = [{"source": {"principals": named}}]
    rule["to"] = [
        operation(ports=ports, methods=asked.methods, paths=asked.paths)
        for asked, ports in operations
    ]
    return rule
