"""Answers questions about single calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_server.reachability.asking import calls_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_sdk.explain import Verdict

    from trafficctl_server.reachability.bases import Bases
    from trafficctl_server.reachability.judging import Judge
    from trafficctl_server.reachability.questions import Basis, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One call, explained.

    :ivar caller_cluster: id; empty for a caller outside.
    :ivar names: resource names of managed objects, by the names that the verdict gives them.
    :ivar revision: of the store; all that was accepted up to it is in the verdict.
    """

    caller_cluster: str
    verdict: Verdict
    names: Mapping[str, str]
    revision: int
    basis: Basis


class Explainer:
    """Turns questions into calls and has them judged; holds nothing."""

    def __init__(self, bases: Bases, judge: Judge) -> None:
        self._bases = bases
        self._judge = judge

    async def explain(self, question: Question) -> tuple[Explained, ...]:
        """Answer a question: one explanation for each cluster that the caller calls from.

        What was accepted before is waited for until it is rendered.

        :raises Failure: an end of the call is not known, or the basis is not there.
        :raises StoreUnavailable: the objects cannot be read.
        """
        view = await self._bases.view(question.basis)
        calls = calls_of(question, view.world)
        return tuple(
            [
                Explained(
                    caller_cluster=call.caller_cluster,
                    verdict=judged.verdict,
                    names=judged.names,
                    revision=view.revision,
                    basis=question.basis,
                )
                for call in calls
                for judged in await self._judge.judge(view, [call])
            ]
        )
