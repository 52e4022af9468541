"""What a run found, as JSON and as lines for people."""

import importlib.metadata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from trafficctl_sdk.admission.refusal import NotAdmittedError
from trafficctl_sdk.conformance.findings import Finding, State
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.markers import HOOK_API


def as_json(trial: Trial, findings: Sequence[Finding]) -> dict[str, Any]:
    """Give a report as JSON types; equal runs give equal reports."""
    try:
        subject = trial.subject
        name, version = subject.name or subject.info.name, subject.version
        distribution = subject.distribution
    except NotAdmittedError:
        name, version, distribution = trial.driver, "", ""
    counts = Counter(it.state for it in findings)
    return {
        "driver": name,
        "distribution": distribution,
        "version": version,
        "sdk": importlib.metadata.version("trafficctl-sdk"),
        "hook_api": ".".join(map(str, HOOK_API)),
        "summary": {state.value: counts[state] for state in State},
        "checks": [
            {"id": it.check, "state": it.state.value, **({"text": it.text} if it.text else {})}
            for it in findings
        ],
    }


def as_lines(report: dict[str, Any]) -> Iterator[str]:
    """Give a report for people: what failed, what is known, what was skipped, and the sum."""
    for state in (State.SKIPPED, State.KNOWN, State.FAILED):
        for it in report["checks"]:
            if it["state"] == state:
                first, *rest = it.get("text", "").splitlines()
                yield f"{state:7}  {it['id']}: {first}"
                yield from (f"         {line}" for line in rest)
    summary = report["summary"]
    counted = ", ".join(f"{summary[state]} {state.lower()}" for state in State if summary[state])
    of = f" {report['version']}" if report["version"] else ""
    yield f"{report['driver']}{of} with trafficctl-sdk {report['sdk']}: {counted}"
