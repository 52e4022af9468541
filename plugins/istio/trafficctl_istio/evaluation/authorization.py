"""What the AuthorizationPolicies of a workload or gateway say of a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from trafficctl_istio.evaluation.authorization_rules import rule
from trafficctl_istio.evaluation.fields import entries, inner, labels, text
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_istio.evaluation.authorization_rules import Rule
    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.requests import Seen, TrustDomain


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One AuthorizationPolicy.

    :ivar idle: no proxy beside pods acts on it: it is only tried out, or names its targets by
        reference.
    :ivar asks_address: a rule of it looks at the caller's address.
    """

    head: Head
    action: str
    selector: Mapping[str, str]
    rules: tuple[Rule, ...]
    idle: bool
    asks_address: bool


class Judgement(NamedTuple):
    """What policies say.

    :ivar admitted: none: it hangs on something that is not known, which ``text`` names.
    :ivar heads: of those that decide.
    """

    admitted: bool | None
    heads: tuple[Head, ...] = ()
    text: str = ""


def policy(head: Head, body: Json, own: TrustDomain) -> Policy:
    """Read an AuthorizationPolicy."""
    rules = tuple(rule(it, own) for it in entries(body, "spec", "rules"))
    return Policy(
        head=head,
        action=text(body, "spec", "action") or "ALLOW",
        selector=labels(body, "spec", "selector", "matchLabels"),
        rules=rules,
        asks_address=any(it.address for one in rules for it in one.groups),
        idle=text(body, "metadata", "annotations", "istio.io/dry-run") == "true"
        or bool(entries(body, "spec", "targetRefs") or inner(body, "spec", "targetRef")),
    )


def applied(
    policies: Mapping[str, tuple[Policy, ...]], pods: Pods, root_namespace: str
) -> tuple[Policy, ...]:
    """Give the policies that hold for some pods; those of the root namespace hold everywhere.

    :param policies: by namespace.
    """
    return tuple(
        it
        for namespace in dict.fromkeys((root_namespace, pods.namespace))
        for it in policies.get(namespace, ())
        if not it.idle and selects(it.selector, pods.labels)
    )


def judge(policies: tuple[Policy, ...], seen: Seen) -> Judgement:
    """Judge a call: any DENY that matches refuses; where there is an ALLOW, one must match.

    Where the caller's address is not known and policies ask for it, both cases are looked at.
    """
    found = _judge(policies, seen)
    known = bool(seen.address and seen.original_address)
    if known or not any(it.asks_address for it in policies):
        return found
    other = _judge(policies, seen._replace(named=True))
    if other.admitted == found.admitted:
        return found
    return Judgement(
        admitted=None,
        heads=tuple(dict.fromkeys((*found.heads, *other.heads))),
        text="policies ask for the caller's address, which is not known",
    )


def _judge(policies: tuple[Policy, ...], seen: Seen) -> Judgement:
    denying = [it for it in policies if it.action == "DENY" and _matches(it, seen)]
    if denying:
        return Judgement(
            admitted=False,
            heads=tuple(it.head for it in denying),
            text=f"{denying[0].head.namespace}/{denying[0].head.name} denies it",
        )
    allowing = [it for it in policies if it.action == "ALLOW"]
    matching = [it for it in allowing if _matches(it, seen)]
    if allowing and not matching:
        return Judgement(
            admitted=False, heads=tuple(it.head for it in allowing), text="no policy allows it"
        )
    custom = [it for it in policies if it.action == "CUSTOM" and _matches(it, seen)]
    if custom:
        return Judgement(
            admitted=None,
            heads=tuple(it.head for it in custom),
            text="an outside authorizer is asked, whose answer is not known",
        )
    if not allowing:
        return Judgement(admitted=True, text="no policy restricts callers")
    return Judgement(
        admitted=True,
        heads=tuple(it.head for it in matching),
        text=f"{matching[0].head.namespace}/{matching[0].head.name} allows it",
    )


def _matches(policy: Policy, seen: Seen) -> bool:
    return any(
        it.matches(seen)
        for it in policy.rules
        if seen.http or policy.action != "ALLOW" or not it.needs_http
    )
