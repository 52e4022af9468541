"""Holds what the evaluator says of rendered objects against what intents say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from trafficctl_istio import evaluation
from trafficctl_sdk.explain import (
    Decision,
    ExplainRequest,
    Inventory,
    PlacedObject,
    Verdict,
    VerdictKind,
)

from tests.property.attacks import Attack, attacks
from tests.property.calls import calls
from tests.property.oracle import Oracle, Place, Word
from tests.property.worlds import Stage

CALLS = 250
"""As many calls are asked about in one world at most."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One world, calls in it, and what intents say of each."""

    stage: Stage

    @cached_property
    def oracle(self) -> Oracle:
        it = self.stage.wishes
        return Oracle(it.clusters, it.workloads, it.intents)

    @cached_property
    def asked(self) -> Sequence[tuple[ExplainRequest, Word]]:
        found = calls(self.stage.wishes, self.oracle, CALLS)
        return [(it, self.oracle.says(it)) for it in found]

    @cached_property
    def attacks(self) -> Sequence[Attack]:
        return list(attacks(self.stage, self.oracle, self.asked))

    @property
    def probes(self) -> int:
        return len(self.asked) + sum(len(it.asked) for it in self.attacks)

    def disagreements(self, objects: Sequence[PlacedObject]) -> Iterator[str]:
        """Give, one by one, where the evaluator says of objects what intents do not."""
        yield from _differences(objects, self.stage.inventory, self.asked)
        for it in self.attacks:
            found = _differences((*objects, *it.objects), it.inventory, it.asked)
            yield from (f"{it.what}: {one}" for one in found)


def _differences(
    objects: Sequence[PlacedObject],
    inventory: Inventory,
    asked: Sequence[tuple[ExplainRequest, Word]],
) -> Iterator[str]:
    mesh = evaluation.index(objects, inventory)
    for call, word in asked:
        verdict = evaluation.explain(mesh, call)
        if not _agree(word, verdict):
            yield f"{call}\nintents: {_said(word)}\nIstio: {verdict}"


def _agree(word: Word, verdict: Verdict) -> bool:
    if not word.certain:
        return True
    if verdict.kind is VerdictKind.UNKNOWN:
        return False
    found = {
        Place(it.cluster, it.host, it.port): it.decision is Decision.PASSES
        for it in verdict.landings
    }
    if verdict.kind is VerdictKind.ALLOWED:
        return bool(found) and found.items() <= word.places.items() and all(found.values())
    return not word.allowed and all(
        word.places.get(place) is passes for place, passes in found.items()
    )


def _said(word: Word) -> str:
    return ", ".join(f"{it}: {'yes' if may else 'no'}" for it, may in word.places.items()) or "no"
