"""Who has to prove what to a workload: PeerAuthentication and RequestAuthentication."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from trafficctl_istio.evaluation.fields import entries, inner, labels, text, texts
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_sdk.explain import Claim

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.pods import Pods


class MutualTls(StrEnum):
    """What a workload port takes."""

    STRICT = "STRICT"
    PERMISSIVE = "PERMISSIVE"
    DISABLE = "DISABLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerRule:
    """One PeerAuthentication; modes that are not set are left out."""

    head: Head
    selector: Mapping[str, str]
    mode: MutualTls | None
    by_port: Mapping[int, MutualTls]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRule:
    """One RequestAuthentication: the issuers whose tokens it takes, with their audiences.

    :ivar forwarded: issuers whose tokens go on to what is behind.
    """

    head: Head
    selector: Mapping[str, str]
    audiences: Mapping[str, tuple[str, ...]]
    forwarded: frozenset[str]


def peer_rule(head: Head, body: Json) -> PeerRule:
    """Read a PeerAuthentication."""
    stated = inner(body, "spec", "portLevelMtls")
    ports = {int(port): _mode(text(stated, port, "mode")) for port in stated if port.isdecimal()}
    return PeerRule(
        head=head,
        selector=labels(body, "spec", "selector", "matchLabels"),
        mode=_mode(text(body, "spec", "mtls", "mode")),
        by_port={port: mode for port, mode in ports.items() if mode is not None},
    )


def token_rule(head: Head, body: Json) -> TokenRule:
    """Read a RequestAuthentication."""
    return TokenRule(
        head=head,
        selector=labels(body, "spec", "selector", "matchLabels"),
        audiences={
            text(it, "issuer"): texts(it, "audiences") for it in entries(body, "spec", "jwtRules")
        },
        forwarded=frozenset(
            text(it, "issuer")
            for it in entries(body, "spec", "jwtRules")
            if it.get("forwardOriginalToken") is True
        ),
    )


def mutual_tls(
    rules: Mapping[str, tuple[PeerRule, ...]], pods: Pods, port: int, root_namespace: str
) -> tuple[MutualTls, tuple[Head, ...]]:
    """Say what a workload port takes and which objects say so.

    The narrowest wins, among equals the oldest. One with a selector in the root namespace holds
    nowhere but there, port-level modes hold only with a selector.

    :param rules: by namespace, the oldest first.
    """
    own = rules.get(pods.namespace, ())
    levels = (
        [it for it in own if it.selector and selects(it.selector, pods.labels)],
        [it for it in own if not it.selector],
        [it for it in rules.get(root_namespace, ()) if not it.selector],
    )
    for level in levels:
        if not level:
            continue
        mode = level[0].by_port.get(port) if level[0].selector else None
        mode = mode or level[0].mode
        if mode is not None:
            return mode, (level[0].head,)
    return MutualTls.PERMISSIVE, ()


class Tokens(NamedTuple):
    """What a workload or gateway makes of the tokens of a request.

    :ivar refusal: why it answers 401; empty: it does not.
    :ivar claims: that its policies may rest on.
    :ivar left: of the tokens that go on with the request.
    """

    refusal: str = ""
    claims: tuple[Claim, ...] = ()
    left: tuple[Claim, ...] = ()
    heads: tuple[Head, ...] = ()


def rules_at(
    rules: Mapping[str, tuple[TokenRule, ...]], pods: Pods, root_namespace: str
) -> tuple[TokenRule, ...]:
    """Give the rules about tokens that hold for some pods.

    :param rules: by namespace.
    """
    return tuple(
        it
        for namespace in dict.fromkeys((root_namespace, pods.namespace))
        for it in rules.get(namespace, ())
        if selects(it.selector, pods.labels)
    )


def accept_tokens(applied: Sequence[TokenRule], claims: tuple[Claim, ...]) -> Tokens:
    """Check the tokens of a request; claims count only for issuers that are named there.

    :param applied: rules that hold where the request is.
    """
    if not applied or not claims:
        return Tokens(left=claims)
    heads = tuple(it.head for it in applied)
    wanted: dict[str, set[str]] = {}
    for rule in applied:
        for issuer, audiences in rule.audiences.items():
            wanted.setdefault(issuer, set()).update(audiences)
    for issuer in sorted({it.issuer for it in claims}):
        if issuer not in wanted:
            return Tokens(refusal=f"tokens of {issuer} are not taken here (401)", heads=heads)
        stated = {
            value
            for it in claims
            if it.issuer == issuer and it.path == ("aud",)
            for value in it.values
        }
        if stated and wanted[issuer] and not stated & wanted[issuer]:
            return Tokens(
                refusal=f"the token of {issuer} is for another audience (401)", heads=heads
            )
    forwarded = frozenset[str]().union(*(it.forwarded for it in applied))
    left = tuple(it for it in claims if it.issuer in forwarded)
    return Tokens(claims=claims, left=left, heads=heads)


def _mode(stated: str) -> MutualTls | None:
    return MutualTls(stated) if stated in MutualTls.__members__ else None
