"""The order in which objects arrive, and what they do to access."""

from collections.abc import Iterator
from typing import Any

from trafficctl_sdk.conformance.checks.telling import place
from trafficctl_sdk.conformance.findings import BrokenError
from trafficctl_sdk.conformance.subject import Rendered
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.conformance.wishes.bases import completed
from trafficctl_sdk.manifests import Effect, Manifest
from trafficctl_sdk.slices import TrafficSlice


def waves(trial: Trial) -> None:
    """Check that a Namespace arrives before what stands in it, and that openings say so."""
    for it in trial.stock:
        answer = trial.subject.answer(it)
        if isinstance(answer, Rendered):
            _check_namespaces(answer.rendering.manifests, it)
            for manifest in answer.rendering.manifests:
                if not isinstance(manifest.effect, Effect):
                    raise BrokenError(
                        f"effect {manifest.effect!r} is none of Effect's members", place(it)
                    )
    for it in trial.namespaces:
        _check_closing(trial, it)
    for kind in trial.kinds:
        if kind in ("intercluster", "intracluster"):
            _check_opening(trial, kind)


def _check_namespaces(manifests: tuple[Manifest, ...], it: TrafficSlice) -> None:
    waves: dict[str, int] = {
        _metadata(one)["name"]: one.wave for one in manifests if one.body["kind"] == "Namespace"
    }
    for one in manifests:
        namespace = _metadata(one).get("namespace", "")
        if namespace in waves and waves[namespace] >= one.wave:
            raise BrokenError(
                f"{one.body['kind']} {_metadata(one)['name']} arrives in wave {one.wave}, "
                f"its Namespace in wave {waves[namespace]}; give the Namespace a lower one",
                place(it),
            )


def _metadata(manifest: Manifest) -> dict[str, Any]:
    metadata = manifest.body["metadata"]
    assert isinstance(metadata, dict)  # noqa: S101 - what is no object was refused before
    return metadata


def _check_closing(trial: Trial, it: TrafficSlice) -> None:
    """Check that what refuses whoever is not admitted says that it closes."""
    answer = trial.subject.answer(it)
    if it.namespace is None or not it.namespace.deny_all or not isinstance(answer, Rendered):
        return
    manifests = answer.rendering.manifests
    if manifests and all(one.effect is not Effect.CLOSES for one in manifests):
        raise BrokenError(
            f"{manifests[0].body['kind']} is deny-all, and no effect is CLOSES; say so", place(it)
        )


def _check_opening(trial: Trial, kind: str) -> None:
    """Check that what lets a second caller in does not say that it closes."""
    callers = [{"workload": {"workload": it}} for it in ("page", "audit")]
    one, both = (
        trial.slices_of(completed(kind, {"callers": callers[:count]}, "", trial.declared))
        for count in (1, 2)
    )
    for before, after in zip(one, both, strict=True):
        changed = list(_changed(trial, before, after))
        if changed and all(it.effect is Effect.CLOSES for it in changed):
            raise BrokenError(
                f"{changed[0].body['kind']} lets a caller in, and its effect is CLOSES; say OPENS",
                place(after),
            )


def _changed(trial: Trial, before: TrafficSlice, after: TrafficSlice) -> Iterator[Manifest]:
    one, other = trial.subject.answer(before), trial.subject.answer(after)
    if isinstance(one, Rendered) and isinstance(other, Rendered):
        known = [it.body for it in one.rendering.manifests]
        yield from (it for it in other.rendering.manifests if it.body not in known)
