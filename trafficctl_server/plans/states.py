"""What may be done with a plan in which state; pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trafficctl_server.intents import failures
from trafficctl_server.plans.plan import OPEN, Approval, Parts, PlanState, Problems, Summary

if TYPE_CHECKING:
    from trafficctl_server.plans.computing import Computed
    from trafficctl_server.plans.plan import Plan

_WHY: Final = {
    PlanState.DRAFT: "compute it first",
    PlanState.APPLYING: "it is being applied",
    PlanState.APPLIED: "it is done; make a new plan",
    PlanState.STALE: "compute it again",
    PlanState.REJECTED: "somebody rejected it; make a new plan",
    PlanState.EXPIRED: "its time is over; make a new plan",
}
_JUDGED: Final = frozenset({PlanState.READY, PlanState.APPROVED})


def need_open(plan: Plan) -> None:
    """Need that a plan can still be changed or computed. :raises failures.PlanState: it cannot."""
    if plan.state not in OPEN:
        raise _wrong(plan)


def need_seen(plan: Plan, digest: str, states: frozenset[PlanState] = _JUDGED) -> None:
    """Need that a plan is computed, and is as somebody looked at it.

    :raises failures.PlanState: it is in another state.
    :raises failures.PlanDigestMismatch: it is another by now.
    """
    if plan.state not in states:
        raise _wrong(plan)
    if plan.digest != digest:
        raise failures.PlanDigestMismatch(plan.name, plan.digest)


def need_fresh(plan: Plan) -> None:
    """Need that a plan is computed. :raises failures.Failure: it is not, or no longer."""
    if plan.state is PlanState.STALE:
        raise failures.PlanStale(plan.name)
    if plan.state not in _JUDGED:
        raise _wrong(plan)


def need_applicable(plan: Plan, digest: str) -> None:
    """Need that a plan can be applied.

    :raises failures.Failure: why not.
    """
    need_fresh(plan)
    need_seen(plan, digest)
    if plan.needs_approval and not plan.approved:
        raise failures.ApprovalRequired(plan.name)


def drafted(plan: Plan) -> Plan:
    """Give a plan whose changes are others now, so that nothing that was worked out counts."""
    return replace(
        plan,
        state=PlanState.DRAFT,
        digest="",
        base_revision=0,
        summary=Summary(),
        problems=Problems(),
        needs_approval=False,
        drivers={},
        addresses=False,
        parts=Parts(changes=plan.parts.changes),
    )


def computed(plan: Plan, result: Computed, parts: Parts) -> Plan:
    """Give a plan as it was worked out; who approved the very same still does."""
    if result.problems:
        return replace(drafted(plan), problems=result.problems, base_revision=result.revision)
    ready = replace(
        drafted(plan),
        state=PlanState.READY,
        digest=result.digest,
        base_revision=result.revision,
        summary=result.summary,
        needs_approval=result.needs_approval,
        drivers=result.drivers,
        addresses=bool(result.addresses),
        parts=parts,
    )
    return replace(ready, state=PlanState.APPROVED) if ready.approved else ready


def approved(plan: Plan, word: Approval) -> Plan:
    """Give a plan that somebody approved; a second word of the same person replaces the first.

    :raises failures.PlanOwnApproval: it is their own.
    """
    if word.principal in (plan.creator, *plan.authors):
        raise failures.PlanOwnApproval(plan.name)
    others = tuple(
        it for it in plan.approvals if (it.principal, it.digest) != (word.principal, word.digest)
    )
    return replace(plan, state=PlanState.APPROVED, approvals=(*others, word)[-_MOST:])


def ended(plan: Plan, state: PlanState, rejection: Approval | None = None) -> Plan:
    """Give a plan that can no longer be applied, and holds nothing any more."""
    return replace(plan, state=state, addresses=False, rejection=rejection or plan.rejection)


_MOST: Final = 100
"""Approvals that a plan keeps, the last ones."""


def _wrong(plan: Plan) -> failures.PlanState:
    return failures.PlanState(plan.name, plan.state, _WHY.get(plan.state, "it is computed already"))
