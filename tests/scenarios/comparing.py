"""Compares what was written and told with what a scenario expects."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from trafficctl_sdk.model.convergence import Convergence

from tests.docs.intents_page import assert_within, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_sdk.model.realization import Realization

_FINE = (Convergence.State.SETTLED, Convergence.State.NOT_APPLICABLE)


def called(body: Mapping[str, Any]) -> str:
    """Name an object ``Kind namespace/name``, or ``Kind name``; ``*`` stands for hashes."""
    about = body["metadata"]
    name, namespace = shortened(about["name"]), shortened(about.get("namespace", ""))
    return f"{body['kind']} {namespace}/{name}" if namespace else f"{body['kind']} {name}"


def assert_objects(
    expected: Mapping[str, Any], found: Mapping[str, Sequence[Mapping[str, Any]]]
) -> None:
    """Say whether exactly the expected objects are in each cluster, with the expected parts."""
    for cluster in sorted({*expected, *found}):
        left: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for body in found.get(cluster, ()):
            left[called(body)].append(body)
        for key, parts in (expected.get(cluster) or {}).items():
            for part in parts if isinstance(parts, list) else [parts]:
                _take(cluster, key, part, left)
        more = sorted(key for key, bodies in left.items() if bodies)
        assert not more, f"{cluster}: these are not expected: {more}"


def _take(
    cluster: str, key: str, part: Any, left: defaultdict[str, list[Mapping[str, Any]]]
) -> None:
    if key.startswith("* "):  # whatever there is in a namespace of ours
        taken = [it for it in left if fnmatchcase(it.partition(" ")[2], key[2:]) and left[it]]
        assert taken, f"{cluster}: nothing is {key}, but {sorted(left)}"
        for it in taken:
            left[it].clear()
        return
    candidates = left[key]
    assert candidates, f"{cluster}: no {key} among {sorted(it for it in left if left[it])}"
    for index, body in enumerate(candidates):
        try:
            assert_within(part or {}, body.get("spec", body), f"{cluster}: {key}")
        except AssertionError:
            if index + 1 == len(candidates):
                raise
        else:
            del candidates[index]
            return


def assert_told(expected: Any, found: Mapping[str, Realization], intent: str) -> None:
    """Say whether an intent became what is expected, in each cluster and nowhere else."""
    told = {cluster: _told(it) for cluster, it in found.items()}
    if expected is None:
        assert told, f"{intent} is nowhere"
        for cluster, it in found.items():
            assert it.convergence is not None
            fine = it.convergence.state in _FINE and not it.notices
            assert fine, f"{intent} in {cluster}: {told[cluster]}"
        return
    assert set(expected) == set(told), f"{intent}: {told}"
    for cluster, it in expected.items():
        part = _spelled(it) if isinstance(it, str) else {"notices": []} | it
        here = {key: told[cluster].get(key) for key in part}
        assert here == part, f"{intent} in {cluster}: {told[cluster]}"


def _spelled(text: str) -> dict[str, Any]:
    state, _, reason = text.partition(" ")
    return {"state": state, "reason": reason, "notices": []}


def _told(it: Realization) -> dict[str, Any]:
    assert it.convergence is not None
    return {
        "state": str(it.convergence.state),
        "reason": str(it.convergence.reason or ""),
        "field": it.convergence.field,
        "notices": sorted({str(notice.reason) for notice in it.notices}),
        "detail": it.convergence.detail,
    }
