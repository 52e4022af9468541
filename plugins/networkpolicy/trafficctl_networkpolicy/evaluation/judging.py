"""Whether the policies at one end of a call let it through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_networkpolicy.evaluation.answers import Answer, every, negated, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_networkpolicy.evaluation.parties import Door, Pods
    from trafficctl_networkpolicy.evaluation.policies import Party, Policy, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one end says.

    :ivar passes: yes, no, or what is not known.
    :ivar isolated: some policy applies there, or may.
    :ivar deciding: those that let the call through; where none does, all that may apply.
    """

    passes: Answer
    isolated: bool
    deciding: tuple[Policy, ...]


def leaving(policies: Sequence[Policy], caller: Pods, server: Party, door: Door) -> Judgement:
    """Judge a call where it begins."""
    return _judge([(it, it.egress) for it in policies], caller, server, door)


def arriving(policies: Sequence[Policy], server: Pods, caller: Party, door: Door) -> Judgement:
    """Judge a call where it ends."""
    return _judge([(it, it.ingress) for it in policies], server, caller, door)


def _judge(
    policies: Sequence[tuple[Policy, tuple[Rule, ...] | None]],
    here: Pods,
    there: Party,
    door: Door,
) -> Judgement:
    applying = [
        (policy, rules, applies)
        for policy, rules in policies
        if rules is not None and (applies := policy.pods.selects(here.own_labels)) is not False
    ]
    lets = [
        (policy, every((applies, some(it.lets(there, door, here.cluster) for it in rules))))
        for policy, rules, applies in applying
    ]
    isolated = some(applies for _, _, applies in applying)
    passes = some((negated(isolated), *(answer for _, answer in lets)))
    letting = tuple(policy for policy, answer in lets if answer is True)
    return Judgement(
        passes=passes,
        isolated=bool(applying),
        deciding=letting or tuple(policy for policy, _, _ in applying),
    )
