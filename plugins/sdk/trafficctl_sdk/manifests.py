"""What a rendering is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What a manifest does to access when it arrives; decides the order of delivery."""

    OPENS = "OPENS"
    CLOSES = "CLOSES"
    NEUTRAL = "NEUTRAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One Kubernetes object.

    The host adds the owner's labels and the origins' annotation; a driver writes neither.

    :ivar body: the object as JSON types; ``apiVersion``, ``kind`` and ``metadata.name`` are
        required, ``metadata.namespace`` is absent for cluster-scoped objects only.
    :ivar wave: what must be there earlier has the lower number; removal goes backwards.
    :ivar origins: names of the intents that wanted this object; none: all of the slice's; empty:
        no intent, only the cluster's record.
    """

    body: Mapping[str, object]
    wave: int
    effect: Effect = Effect.NEUTRAL
    origins: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One DNS record set.

    :ivar ttl: seconds.
    """

    zone: str
    name: str
    type: str
    targets: tuple[str, ...]
    ttl: int = 300
    set_identifier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something true that an intent's author should know; it changes no state.

    :ivar reason: a notice of ``Convergence.Reason``, such as ``ADVISORY_ONLY``.
    """

    intent: str
    reason: str
    field: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """All that one driver writes for one slice; empty means that nothing belongs there."""

    manifests: tuple[Manifest, ...] = ()
    records: tuple[Record, ...] = ()
    notices: tuple[Notice, ...] = ()
