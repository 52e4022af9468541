"""The question and the answer of an explanation."""

from dataclasses import dataclass
from enum import StrEnum


class VerdictKind(StrEnum):
    """What a technology says of one call."""

    ALLOWED = "ALLOWED"
    DENIED = "DENIED"
    UNREACHABLE = "UNREACHABLE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRequest:
    """One call: who, whom, how.

    :ivar in_mesh: the caller has a proxy and proves its identity.
    :ivar method: empty for protocols without methods; so is ``path``.
    """

    cluster: str
    namespace: str
    service_account: str
    in_mesh: bool
    host: str
    port: int
    method: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer, with the objects that decide.

    :ivar objects: ``<kind>/<namespace>/<name>``.
    :ivar missing: kinds of facts without which nothing can be said (UNKNOWN only).
    """

    kind: VerdictKind
    objects: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    text: str = ""
