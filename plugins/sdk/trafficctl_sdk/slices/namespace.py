"""What holds for a whole namespace."""

from dataclasses import dataclass

from trafficctl_sdk.slices.workload import SparedCaller


@dataclass(frozen=True, slots=True, kw_only=True)
class NamespaceSlice:
    """What holds for a whole namespace.

    :ivar ours: the namespace is ours to create (never a user's).
    :ivar deny_all: whatever no intent and no spared caller admits is refused.
    """

    namespace: str
    ours: bool = False
    deny_all: bool = False
    spared: tuple[SparedCaller, ...] = ()
