"""Scopes, and the parts that clusters play for them."""

from dataclasses import dataclass
from enum import StrEnum


class ScopeKind(StrEnum):
    """What only one object may rule: the unit of compile, render, ledger and delivery."""

    DESTINATION = "destination"
    """A service of the mesh; key ``<namespace>/<service>``."""
    EXTERNAL = "external"
    """A host outside as one calling namespace sees it; key ``<namespace>/<host>``."""
    EXPOSED_HOST = "exposed-host"
    """A name that the outside calls; key ``<host>``."""
    WORKLOAD = "workload"
    """The policies and mutual TLS of one workload; key ``<namespace>/<service>``."""
    GATEWAY = "gateway"
    """A dedicated egress gateway; key ``<namespace>/<workload>/<service account>``."""
    NAMESPACE = "namespace"
    """What holds for a whole namespace; key ``<namespace>``."""


class Role(StrEnum):
    """The part that a cluster plays for a scope."""

    SERVING = "SERVING"
    CALLING = "CALLING"
    EGRESS = "EGRESS"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Scope:
    """One scope; ``str()`` gives ``<kind>:<key>``, its name in the ledger."""

    kind: ScopeKind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """Read what ``str()`` gave; ValueError for anything else."""
        kind, _, key = text.partition(":")
        return cls(kind=ScopeKind(kind), key=key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One intent that a slice came from.

    :ivar intent: resource name.
    :ivar fields: the intent's fields that are in the slice, sorted, such as ``callers[1]``.
    """

    intent: str
    fields: tuple[str, ...]
