"""Which drivers are installed, found without importing any of them."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from trafficctl_sdk.markers import ENTRY_POINT_GROUP

_DRIVER_ID = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
_RESERVED = frozenset({"any", "all", "none", "self"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDriver:
    """One entry point of the group ``trafficctl.drivers``.

    :ivar value: ``<module>`` or ``<module>:<attribute>``.
    :ivar refusal: why it must not even be loaded; empty: load it.
    """

    name: str
    value: str
    distribution: str
    version: str
    refusal: str = ""


def installed_drivers(blocked: Collection[str]) -> tuple[FoundDriver, ...]:
    """Read the entry points of this interpreter's path, one driver for each name, sorted."""
    return judge(entry_points(group=ENTRY_POINT_GROUP), blocked)


def judge(points: Iterable[EntryPoint], blocked: Collection[str]) -> tuple[FoundDriver, ...]:
    """Say of each name whether it may be loaded; the order of the entry points is no matter."""
    claims: dict[str, list[EntryPoint]] = defaultdict(list)
    for point in points:
        claims[point.name].append(point)
    return tuple(_judge_name(name, claims[name], blocked) for name in sorted(claims))


def _judge_name(name: str, points: list[EntryPoint], blocked: Collection[str]) -> FoundDriver:
    owners = sorted({(_distribution(point), _version(point), point.value) for point in points})
    distribution, version, value = owners[0]
    refusal = ""
    if len(owners) > 1:
        claimed = ", ".join(f"{owner} {its_version}" for owner, its_version, _ in owners)
        refusal = f"several drivers are named {name}: {claimed}; uninstall all but one"
        distribution = ", ".join(owner for owner, _, _ in owners)
    elif name in blocked:
        refusal = "blocked by the setting drivers.blocked; take it off that list to load it"
    elif not _DRIVER_ID.fullmatch(name) or name in _RESERVED or name.startswith("trafficctl-"):
        refusal = (
            f"{name!r} is no driver id: the entry point needs lower-case letters, digits and "
            "hyphens, a letter first, at most 63, and no reserved word"
        )
    return FoundDriver(
        name=name, value=value, distribution=distribution, version=version, refusal=refusal
    )


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else ""


def _version(point: EntryPoint) -> str:
    return point.dist.version if point.dist else ""
