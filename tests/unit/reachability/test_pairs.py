"""Calls on two sides are asked together where they can be, and told as each side tells them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from trafficctl_sdk.explain import ExplainRequest, MissingFact, Verdict, VerdictKind
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.calls import Concern
from trafficctl_server.compile.world import World
from trafficctl_server.drivers.comparison import Side
from trafficctl_server.reachability.asking import Asked
from trafficctl_server.reachability.judging import Judge
from trafficctl_server.reachability.pairs import PairJudge
from trafficctl_server.reachability.views import Unseen, View
from trafficctl_server.reconcile.entry import Entry

HIDDEN = Scope(kind=ScopeKind.WORKLOAD, key="shop/hidden")
CALL = Asked(
    caller_cluster="east",
    concern=Concern(scopes=(), clusters=("east",), workloads=()),
    request=ExplainRequest(
        cluster="east", namespace="a", service_account="b", in_mesh=True, host="h", port=80
    ),
)


class Drivers:
    """Says which question was asked."""

    async def explain(self, _name: str, request: ExplainRequest, *_: object) -> Verdict:
        return Verdict(kind=VerdictKind.DENIED, text=f"{request.host} alone")

    async def explain_calls(
        self, _name: str, requests: Sequence[ExplainRequest], *_: object
    ) -> list[Verdict]:
        return [Verdict(kind=VerdictKind.DENIED, text=it.host) for it in requests]

    async def compare_calls(
        self, _name: str, requests: Sequence[ExplainRequest], *sides: Side
    ) -> list[tuple[Verdict, Verdict]]:
        assert [it.objects for it in sides] == [[], []]
        was, now = (Verdict(kind=VerdictKind.ALLOWED, text=it) for it in ("before", "after"))
        return [(was, now) for _ in requests]


class Admission:
    def serving(self, cluster: Cluster) -> Any:
        return SimpleNamespace(name=cluster.service_mesh) if cluster.service_mesh else None


class Shown(View):
    """A world of one cluster; of one scope nothing can be seen."""

    def __init__(self, mesh: str = "istio") -> None:
        world = World()
        world.put_cluster(Cluster(name="clusters/east", service_mesh=mesh))
        super().__init__(world, 1)

    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> list[tuple[Entry, bytes]]:
        assert clusters == ("east",)
        if HIDDEN in scopes:
            raise Unseen(MissingFact(kind="hidden"))
        return []


async def _texts(
    pairs: Sequence[tuple[Asked | None, Asked | None]],
    before: View | None = None,
    after: View | None = None,
) -> list[list[str | None]]:
    drivers: Any = Drivers()
    admission: Any = Admission()
    judge = PairJudge(Judge(drivers, admission))
    found = await judge.judge(before or Shown(), after or Shown(), pairs)
    return [[it.verdict.text if it is not None else None for it in pair] for pair in found]


async def test_the_same_call_is_asked_on_both_sides_at_once() -> None:
    assert await _texts([(CALL, CALL), (None, None)]) == [["before", "after"], [None, None]]


async def test_what_is_put_otherwise_or_by_one_driver_alone_is_asked_on_each_side() -> None:
    assert CALL.request is not None
    other = replace(CALL, request=replace(CALL.request, in_mesh=False))
    mixed = [(CALL, other), (CALL, None), (CALL, CALL), (None, CALL)]
    assert await _texts(mixed) == [["h", "h"], ["h", None], ["before", "after"], [None, "h"]]
    assert await _texts([(CALL, CALL)], after=Shown("other")) == [["h alone", "h alone"]]
    nobody = "no driver serves the clusters concerned, so nobody can say"
    assert await _texts([(CALL, CALL)], Shown(""), Shown("")) == [[nobody, nobody]]


async def test_what_cannot_be_seen_leaves_the_other_calls_as_they_are() -> None:
    hidden = replace(CALL, concern=replace(CALL.concern, scopes=(HIDDEN,)))
    assert await _texts([(hidden, hidden), (CALL, CALL)]) == [["", ""], ["h alone", "h alone"]]
