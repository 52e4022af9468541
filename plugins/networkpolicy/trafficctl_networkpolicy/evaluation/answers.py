"""Yes, no, or unknown for want of facts: logic that never guesses."""

from collections.abc import Iterable
from typing import TypeAlias

from trafficctl_sdk.explain import MissingFact

Answer: TypeAlias = bool | frozenset[MissingFact]
"""Unknown names the facts that would tell."""


def unknown(kind: str, cluster: str, text: str) -> Answer:
    """Give an answer that hangs on one fact."""
    return frozenset({MissingFact(kind=kind, cluster=cluster, text=text)})


def negated(answer: Answer) -> Answer:
    """Give the opposite."""
    return not answer if isinstance(answer, bool) else answer


def every(answers: Iterable[Answer]) -> Answer:
    """Say whether all hold; no fact is missing once one does not."""
    return negated(some(negated(it) for it in answers))


def some(answers: Iterable[Answer]) -> Answer:
    """Say whether any holds; no fact is missing once one does."""
    missing: frozenset[MissingFact] = frozenset()
    for answer in answers:
        if answer is True:
            return True
        if answer is not False:
            missing |= answer
    return missing or False
