"""Access rules in an order that does not depend on how they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.codec import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trafficctl_sdk.model.access import AccessRule


class OrderedRules:
    """Orders rules; what callers have in common is written down once."""

    def __init__(self) -> None:
        self._written: dict[int, tuple[AccessRule, bytes]] = {}

    def of(self, access: Sequence[AccessRule]) -> tuple[tuple[AccessRule, ...], bytes]:
        """Give rules in order, and the bytes that all callers have who may do the same."""
        found = sorted((self._write(it) for it in access), key=_bytes)
        return tuple(rule for rule, _ in found), b"".join(map(_bytes, found))

    def _write(self, rule: AccessRule) -> tuple[AccessRule, bytes]:
        known = self._written.get(id(rule))  # kept with its rule, so nothing else can get its id
        if known is None:
            known = self._written[id(rule)] = (rule, canonical(rule))
        return known


def _bytes(written: tuple[AccessRule, bytes]) -> bytes:
    return written[1]
