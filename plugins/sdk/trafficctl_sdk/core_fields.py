"""The leaves of intents that the core serves itself, whatever the drivers declare.

A pattern that ends in ``.*`` covers everything below its message, and the message itself with
nothing set in it.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

_BELOW: Final = ".*"

_STANDARD: Final = (
    "name",
    "display_name",
    "description",
    "uid",
    "etag",
    "generation",
    "revision",
    "create_time",
    "update_time",
    "delete_time",
    "labels",
    "annotations",
    "state.*",
    "reconciling",
    "observed_generation",
    "counts.*",
    "creator",
    "last_editor",
)
_PLACES: Final = ("clusters.*", "service_mesh", "overrides.clusters")
_CALLERS: Final = (
    "callers.workload.*",
    "callers.service_account.clusters.*",
    "callers.namespace.clusters.*",
    "callers.any_client.clusters.*",
)

CORE_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "intercluster": (*_STANDARD, *_PLACES, *_CALLERS, "destination.workload"),
        "intracluster": (*_STANDARD, *_PLACES, *_CALLERS, "destination.workload"),
        "outbound": (*_STANDARD, "service_mesh", "overrides.clusters", *_CALLERS[:-1]),
        "inbound": (*_STANDARD, *_PLACES, "destination.workload"),
        "dns-provider": _STANDARD,
    }
)
"""Kind of intent → patterns of leaves."""


def served_by_core(kind: str, pattern: str) -> bool:
    """Say whether the core serves a leaf of an intent of a kind.

    :raises KeyError: there is no such kind.
    """
    exact, below = _table(kind)
    return pattern in exact or pattern.startswith(below)


@cache
def _table(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    patterns = CORE_FIELDS[kind]
    branches = [item.removesuffix(_BELOW) for item in patterns if item.endswith(_BELOW)]
    exact = {item for item in patterns if not item.endswith(_BELOW)}
    return frozenset(exact | set(branches)), tuple(f"{branch}." for branch in branches)
