"""Whether everything that an intent says is enforced wherever it would go.

Judged before any driver code runs and from declarations alone, so that a driver that never heard
of a field cannot make an intent silently weaker.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from trafficctl_sdk.codec import Leaf, leaves, patterns
from trafficctl_sdk.core_fields import served_by_core
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import Intent

from trafficctl_server.drivers.roster import DriverStatus

RULE: Final = "FIELD_NOT_SUPPORTED"
_NAMED: Final = 3
"""Clusters that a description names before it says how many more."""


def asked_of_drivers(kind: str, intent: Intent) -> frozenset[str]:
    """Give the paths of everything in an intent that only a driver can enforce.

    :param kind: the word for the intent's kind, as in ``INTENT_KINDS``.
    """
    found = patterns(intent)
    return frozenset(f"{kind}.{it}" for it in found if not served_by_core(kind, it))


def unsupported(
    kind: str, intent: Intent, applicable: Mapping[str, Sequence[DriverStatus]]
) -> tuple[Violation, ...]:
    """Find what no driver enforces in some cluster; one violation for each leaf, in their order.

    :param kind: the word for the intent's kind, as in ``INTENT_KINDS``.
    :param applicable: for each cluster concerned, by id, the drivers that serve it. Every leaf
        that the core does not serve itself must be declared by one of them; a cluster without
        any driver supports nothing.
    """
    declared = {
        cluster: frozenset().union(*(driver.enforced for driver in drivers))
        for cluster, drivers in applicable.items()
    }
    strangers = frozenset(
        cluster
        for cluster, drivers in applicable.items()
        if drivers and not any(it.startswith(f"{kind}.") for it in declared[cluster])
    )
    violations = []
    for leaf in leaves(intent):
        if served_by_core(kind, leaf.pattern):
            continue
        path = f"{kind}.{leaf.pattern}"
        lacking = [cluster for cluster in sorted(applicable) if path not in declared[cluster]]
        if lacking:
            way_out = (
                f"no {kind} intent is enforced there: name in service_mesh the mesh that is meant"
                if strangers.issuperset(lacking)
                else "leave it out"
            )
            violations.append(_violation(leaf, lacking, applicable, way_out))
    return tuple(violations)


def _violation(
    leaf: Leaf,
    lacking: Sequence[str],
    applicable: Mapping[str, Sequence[DriverStatus]],
    way_out: str,
) -> Violation:
    by_drivers: dict[str, list[str]] = {}
    for cluster in lacking:
        names = ", ".join(sorted(driver.name for driver in applicable[cluster]))
        by_drivers.setdefault(names, []).append(cluster)
    reasons = [
        f"{_subject(names)} in {_clusters(clusters)}" for names, clusters in by_drivers.items()
    ]
    value = leaf.pattern.rpartition(".")[2]
    what = leaf.path if leaf.path.endswith(value) else f"{leaf.path} {value}"
    return Violation(
        field=leaf.path,
        rule=RULE,
        description=f"{what} is not enforced by {' nor by '.join(reasons)}; {way_out}",
    )


def _subject(names: str) -> str:
    if not names:
        return "any driver, as there is none,"
    return f"drivers {names}" if "," in names else f"driver {names}"


def _clusters(clusters: Sequence[str]) -> str:
    shown = ", ".join(clusters[:_NAMED])
    more = len(clusters) - _NAMED
    word = "cluster" if len(clusters) == 1 else "clusters"
    return f"{word} {shown} and {more} more" if more > 0 else f"{word} {shown}"
