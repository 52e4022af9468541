"""Capability honesty: what is declared is rendered, or refused with its path."""

from typing import Final

from trafficctl_sdk.codec import leaves
from trafficctl_sdk.conformance.findings import BrokenError, UndeclaredError
from trafficctl_sdk.conformance.probes import Probe
from trafficctl_sdk.conformance.subject import Rendered, Turned
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.driver_info import Support
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent

_ADVISORY: Final = "ADVISORY_ONLY"


def honoured(trial: Trial, path: str) -> str:
    """Look at one declared field; give a remark.

    In every way that callers can take, its value must change the rendering, or be refused with
    its path, or stand in a notice as not enforced; in one of them it must be rendered, unless the
    capability is PARTIAL.
    """
    probes = trial.probes.by_leaf.get(path)
    if not probes:
        raise UndeclaredError(trial.probes.why_not(path))
    refusals: list[Violation] = []
    rendered = False
    for probe in probes:
        refusal = _refusal(trial, probe.intent, probe.leaf)
        if refusal is not None:
            _check_path(probe, refusal)
            refusals.append(refusal)
            continue
        rendered = True
        _check_effect(trial, probe)
    if rendered:
        return f"refused where {refusals[0].description}" if refusals else ""
    return _refused(trial, path, refusals[0])


def _check_path(probe: Probe, refusal: Violation) -> None:
    """Check that a refusal names something that the intent says; a slice knows no overrides."""
    said = {it.pattern.removeprefix("overrides.") for it in leaves(probe.intent)}
    field = refusal.field.removeprefix("overrides.")
    if not field or not any(_is_about(field, it) for it in said):
        named = f"{refusal.field!r}, which the intent does not say" if field else "no field"
        raise BrokenError(
            f"{probe.kind}.{probe.leaf} is refused, and the violation names {named}",
            f"{refusal.description}; {_where(probe)}",
        )


def _refused(trial: Trial, path: str, refusal: Violation) -> str:
    supports = {it.path: it.support for it in trial.subject.info.capabilities}
    if supports.get(path) is Support.PARTIAL:
        return f"refused by a PARTIAL capability: {refusal.description}"
    raise BrokenError(
        f"{path} is declared and always refused: {refusal.field}: {refusal.description}",
        "take it out of the capabilities, render it, or declare it PARTIAL with a note",
    )


def _refusal(trial: Trial, intent: ConnectivityIntent, leaf: str) -> Violation | None:
    """Give the violation by which validation or rendering refuses an intent; none: none does.

    If several are found, the one that is about the leaf.
    """
    outcome = trial.outcome(intent)
    found = list(outcome.violations)
    for _, answer in outcome.answers:
        if isinstance(answer, Turned):
            found += answer.violations
    if not found:
        return None
    return next((it for it in found if _is_about(it.field, leaf)), found[0])


def _is_about(field: str, leaf: str) -> bool:
    plain = "".join(part.partition("]")[2] if "]" in part else part for part in field.split("["))
    return leaf == plain or leaf.startswith(f"{plain}.") or plain.startswith(f"{leaf}.")


def _check_effect(trial: Trial, probe: Probe) -> None:
    ours = _content(trial, probe.intent)
    if not any(ours):
        raise BrokenError(
            f"{probe.kind}.{probe.leaf} is declared, and nothing is rendered for it",
            _where(probe),
        )
    for said, other in probe.others.items():
        if _refusal(trial, other, probe.leaf) is not None:
            continue
        if _content(trial, other) == ours and not _advised(trial, probe):
            raise BrokenError(
                f"{probe.kind}.{probe.leaf} is declared and ignored: {said} renders the same",
                _where(probe),
            )


def _where(probe: Probe) -> str:
    return (
        f"an {probe.kind} intent, way out {probe.way}; render it, refuse it, or do not declare it"
    )


def _content(trial: Trial, intent: ConnectivityIntent) -> list[bytes]:
    return [
        answer.data
        for _, answer in trial.outcome(intent).answers
        if isinstance(answer, Rendered) and (answer.rendering.manifests or answer.rendering.records)
    ]


def _advised(trial: Trial, probe: Probe) -> bool:
    """Say whether a notice tells the intent's author that the field holds nobody back."""
    return any(
        notice.reason == _ADVISORY and _shares(notice.field, probe.leaf)
        for _, answer in trial.outcome(probe.intent).answers
        if isinstance(answer, Rendered)
        for notice in answer.rendering.notices
    )


def _shares(field: str, leaf: str) -> bool:
    return field.partition(".")[0].partition("[")[0] == leaf.partition(".")[0]
