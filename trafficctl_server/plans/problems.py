"""What speaks against a plan, collected as paths of its changes."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trafficctl_sdk.errors import Violation

from trafficctl_server.intents import failures
from trafficctl_server.plans.changes import path_of
from trafficctl_server.plans.plan import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_server.plans.changes import Change

MOST: Final = 500
"""Violations, and conflicts, that a plan names; more are counted."""

_RULES: Final[dict[type[failures.Failure], str]] = {
    failures.NotFound: "NOT_FOUND",
    failures.EtagMismatch: "ETAG_MISMATCH",
    failures.GroupNotEmpty: "GROUP_NOT_EMPTY",
    failures.WorkloadInUse: "WORKLOAD_IN_USE",
    failures.ClusterNotDrained: "CLUSTER_NOT_DRAINED",
    failures.NamespaceNotYours: "NAMESPACE_NOT_YOURS",
}
"""Failures of a single change that have no fields of their own, by their reason."""


class Found:
    """Collects problems."""

    def __init__(self) -> None:
        self._violations: list[tuple[int, Violation]] = []
        self._conflicts: list[tuple[int, failures.ConflictInfo]] = []
        self._left_out = 0

    @contextmanager
    def at(self, index: int, change: Change) -> Iterator[None]:
        """Take what a change would be refused for if it were made alone."""
        try:
            yield
        except failures.Violations as error:
            for it in error.violations:
                self._add(index, replace(it, field=path_of(index, change, it.field)))
        except failures.Conflict as error:
            room = max(MOST - len(self._conflicts), 0)
            self._left_out += max(len(error.conflicts) - room, 0)
            self._conflicts += [
                (index, replace(it, field=path_of(index, change, it.field)))
                for it in error.conflicts
            ][:room]
        except tuple(_RULES) as error:
            field = "etag" if isinstance(error, failures.EtagMismatch) else ""
            path = f"changes[{index}].etag" if field else path_of(index, change)
            self._add(
                index, Violation(field=path, rule=_RULES[type(error)], description=str(error))
            )

    def problems(self) -> Problems:
        """Give all that was found, in the order of the changes."""
        violations = [it for _, it in sorted(self._violations, key=lambda it: it[0])]
        conflicts = [it for _, it in sorted(self._conflicts, key=lambda it: it[0])]
        if self._left_out:
            violations.append(
                Violation(
                    field="changes",
                    rule="changes.more",
                    description=f"{self._left_out} more problems are not named: solve these first",
                )
            )
        return Problems(violations=tuple(violations), conflicts=tuple(conflicts))

    def __bool__(self) -> bool:
        return bool(self._violations or self._conflicts)

    def _add(self, index: int, violation: Violation) -> None:
        if len(self._violations) < MOST:
            self._violations.append((index, violation))
        else:
            self._left_out += 1
