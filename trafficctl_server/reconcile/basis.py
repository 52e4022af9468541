"""What everything follows from besides the records whose changes touch guards."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import trafficctl_sdk

import trafficctl_server
from trafficctl_server.drivers.fingerprint import package_digest
from trafficctl_server.drivers.roster import DriverState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trafficctl_sdk.driver_info import Capability

    from trafficctl_server.drivers.roster import DriverStatus


@cache
def release() -> str:
    """Give the digest of the code that compiles, and says what became of it."""
    return package_digest(trafficctl_server.__name__, trafficctl_sdk.__name__)


def basis_of(
    pool: str, roster: Iterable[DriverStatus], clusters: Iterable[tuple[object, ...]]
) -> str:
    """Give the digest of the release, the address pool, the drivers, and the clusters.

    What goes on with a driver's processes changes nothing that is compiled, so it is left out.

    :param clusters: what tells each cluster as it is from what it was.
    """
    drivers = [
        (
            it.name,
            it.distribution,
            it.version,
            it.state is DriverState.REFUSED,
            it.refusal,
            it.rendering_version,
            it.hook_api,
            it.kind,
            it.scope_kinds,
            _declared(it.capabilities),
            it.facts_produced,
            it.facts_consumed,
        )
        for it in roster
    ]
    return _digest((release(), pool, drivers, list(clusters)))


@lru_cache(maxsize=32)
def _declared(capabilities: tuple[Capability, ...]) -> str:
    """Give the digest of what a driver declares: hundreds of fields, the same ones every second."""
    return _digest(capabilities)


def _digest(of: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(of).encode()).hexdigest()
