"""Questions as clients ask them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


class BasisValue(StrEnum):
    """The state of things that is looked at."""

    DESIRED = "DESIRED"
    DELIVERED = "DELIVERED"
    OBSERVED = "OBSERVED"
    PLAN = "PLAN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an answer is based on.

    :ivar plan: resource name of the plan; with PLAN only.
    """

    value: BasisValue = BasisValue.DESIRED
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingWorkload:
    """A workload that calls; ``cluster`` is a resource name, or empty for all it runs in."""

    name: str
    cluster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingIdentity:
    """A service account that calls; ``cluster`` is a resource name."""

    cluster: str
    namespace: str
    service_account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingOutside:
    """Somebody outside of all clusters; an empty field is one that no rule names."""

    address: str = ""
    certificate_name: str = ""


Asking: TypeAlias = CallingWorkload | CallingIdentity | CallingOutside


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClaim:
    """A claim of a token, with the id of its issuer as intents name it."""

    jwt_provider: str
    path: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whether one call gets through.

    :ivar workload: resource name of what is called; empty: ``host`` is its name.
    """

    caller: Asking
    port: int
    basis: Basis = field(default_factory=Basis)
    workload: str = ""
    host: str = ""
    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[StatedClaim, ...] = ()
