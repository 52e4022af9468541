"""Facts: what rendering depends on besides intents."""

from dataclasses import dataclass
from enum import StrEnum


class FactSource(StrEnum):
    """Where a fact comes from."""

    STATED = "STATED"
    OBSERVED = "OBSERVED"
    ALLOCATED = "ALLOCATED"
    PUBLISHED = "PUBLISHED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact about one subject.

    :ivar kind: such as ``mesh.version`` or ``workload.labels``.
    :ivar subject: full resource name, or ``<namespace>/<service>`` of a destination.
    :ivar cluster: id of the cluster in which it holds; empty: everywhere.
    :ivar value: JSON text.
    """

    kind: str
    subject: str
    value: str
    source: FactSource
    cluster: str = ""
