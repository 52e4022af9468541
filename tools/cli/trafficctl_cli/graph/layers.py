"""Places nodes in layers from left to right, callers before whom they call.

A small layered layout: cycles are cut, each node stands right of its callers, an edge over several
layers bends at a point in each, and a few sweeps move everything next to what it is joined with.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_SWEEPS: Final = 8


@dataclass(frozen=True, slots=True)
class Bend:
    """Where an edge crosses a layer that is neither its first nor its last."""

    edge: int
    layer: int


Item = str | Bend


@dataclass(frozen=True, slots=True)
class Layers:
    """The layout.

    :ivar columns: what stands in each layer, from top to bottom.
    :ivar paths: for each edge, the items it passes from left to right.
    :ivar turned: edges that point from right to left, as they close a cycle.
    """

    columns: tuple[tuple[Item, ...], ...]
    paths: tuple[tuple[Item, ...], ...]
    turned: frozenset[int]


def layers(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> Layers:
    """Lay out a graph.

    :param nodes: in the order that decides where nothing else does.
    :param edges: caller and called.
    """
    turned = _closing(nodes, edges)
    forward = [
        (called, caller) if index in turned else (caller, called)
        for index, (caller, called) in enumerate(edges)
    ]
    layer = _longest_ways(nodes, forward)
    columns: list[list[Item]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node in nodes:
        columns[layer[node]].append(node)
    paths: list[tuple[Item, ...]] = []
    for index, (left, right) in enumerate(forward):
        bends = [Bend(index, it) for it in range(layer[left] + 1, layer[right])]
        for bend in bends:
            columns[bend.layer].append(bend)
        paths.append((left, *bends, right))
    return Layers(_ordered(columns, paths), tuple(paths), turned)


def _closing(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> frozenset[int]:
    """Find edges without which there is no cycle: those that lead back on a walk in depth.

    It starts where most edges leave and fewest arrive. Of a graph without cycles none is found.
    """
    leaving: dict[str, list[tuple[int, str]]] = {it: [] for it in nodes}
    entered = dict.fromkeys(nodes, 0)
    for index, (caller, called) in enumerate(edges):
        if caller != called:
            leaving[caller].append((index, called))
            entered[called] += 1
    found = set()
    done: set[str] = set()
    open_: set[str] = set()
    for start in sorted(nodes, key=lambda it: entered[it] - len(leaving[it])):
        if start in done:
            continue
        stack = [(start, iter(leaving[start]))]
        open_.add(start)
        while stack:
            node, left = stack[-1]
            for index, called in left:
                if called in open_:
                    found.add(index)
                elif called not in done:
                    open_.add(called)
                    stack.append((called, iter(leaving[called])))
                    break
            else:
                stack.pop()
                open_.discard(node)
                done.add(node)
    return frozenset(found)


def _longest_ways(nodes: Sequence[str], edges: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Give each node the layer behind all its callers."""
    after: dict[str, list[str]] = {it: [] for it in nodes}
    before = dict.fromkeys(nodes, 0)
    for caller, called in edges:
        if caller != called:
            after[caller].append(called)
            before[called] += 1
    layer = dict.fromkeys(nodes, 0)
    ready = [it for it in nodes if not before[it]]
    for node in ready:
        for called in after[node]:
            layer[called] = max(layer[called], layer[node] + 1)
            before[called] -= 1
            if not before[called]:
                ready.append(called)
    return layer


def _ordered(
    columns: Sequence[Sequence[Item]], paths: Iterable[Sequence[Item]]
) -> tuple[tuple[Item, ...], ...]:
    """Move items next to their neighbours, there and back."""
    left: dict[Item, list[Item]] = {}
    right: dict[Item, list[Item]] = {}
    for path in paths:
        for one, other in pairwise(path):
            right.setdefault(one, []).append(other)
            left.setdefault(other, []).append(one)
    found = [list(it) for it in columns]
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        order = range(1, len(found)) if forth else range(len(found) - 2, -1, -1)
        for index in order:
            beside = found[index - 1 if forth else index + 1]
            found[index] = _sorted(found[index], beside, left if forth else right)
    return tuple(map(tuple, found))


def _sorted(
    column: Sequence[Item], beside: Sequence[Item], joined: Mapping[Item, Sequence[Item]]
) -> list[Item]:
    place = {it: index for index, it in enumerate(beside)}

    def middle(numbered: tuple[int, Item]) -> float:
        index, item = numbered
        near = [place[it] for it in joined.get(item, ()) if it in place]
        return sum(near) / len(near) if near else float(index)

    return [item for _, item in sorted(enumerate(column), key=middle)]
