"""What one Watch is interested in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.model.common import ClusterSelector

from trafficctl_server.api.checks import model_of
from trafficctl_server.api.resource_names import WILDCARD, place_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.sources import WATCHED
from trafficctl_server.compile.selectors import selects

_PREFIX: Final = "trafficctl.dev/"
_PLACES: Final = tuple(
    dict.fromkeys(pattern for it in RESOURCE_TYPES.values() for pattern in it.patterns)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """Types, places and labels; a resource must fit all three.

    :ivar parents: segments of names or of their beginnings; ``-`` stands for any id.
    :ivar labels: none: whatever its labels.
    """

    kinds: frozenset[str]
    parents: tuple[tuple[str, ...], ...]
    labels: ClusterSelector | None

    def has_place(self, name: str) -> bool:
        """Say whether a resource of this name stands at one of the places, or below."""
        segments = name.split("/")
        return any(_begins(segments, parent) for parent in self.parents)

    def has_labels(self, labels: Mapping[str, str]) -> bool:
        """Say whether a resource with these labels passes the filter."""
        return self.labels is None or selects(self.labels, "", labels)


def interest_violations(request: Any) -> tuple[Violation, ...]:
    """Check the places and types of a Watch."""
    return (
        *(
            found
            for index, parent in enumerate(request.parents)
            for found in place_violations(_PLACES, parent, f"parents[{index}]")
        ),
        *(
            Violation(
                field=f"types[{index}]",
                rule="types.watched",
                description=f"is none of {', '.join(f'{_PREFIX}{it}' for it in WATCHED)}",
            )
            for index, name in enumerate(request.types)
            if name.removeprefix(_PREFIX) not in WATCHED
        ),
    )


def interest_of(request: Any) -> Interest:
    """Read a Watch request that has no violations.

    :raises Violations: an operator of the label filter is unknown.
    """
    labels = None
    if request.HasField("label_filter"):
        labels = ClusterSelector(labels=model_of(request.label_filter, "label_filter."))
    return Interest(
        kinds=frozenset(name.removeprefix(_PREFIX) for name in request.types),
        parents=tuple(tuple(parent.split("/")) for parent in request.parents),
        labels=labels,
    )


def _begins(segments: Sequence[str], parent: Sequence[str]) -> bool:
    return len(segments) >= len(parent) and all(
        wanted in (WILDCARD, given) for wanted, given in zip(parent, segments, strict=False)
    )
