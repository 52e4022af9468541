"""Things kept by what they are asked for: a host that may be a wildcard, or a namespace."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from trafficctl_istio.evaluation.hosts import covers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trafficctl_istio.evaluation.heads import Head


class _Headed(Protocol):
    @property
    def head(self) -> Head: ...


class _Placed(Protocol):
    @property
    def namespace(self) -> str: ...


HeadedT = TypeVar("HeadedT", bound=_Headed)
PlacedT = TypeVar("PlacedT", bound=_Placed)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostShelf(Generic[HeadedT]):
    """Objects by the hosts that they name.

    :ivar all: the oldest first.
    :ivar exact: places in ``all``, by host.
    :ivar wild: wildcards, each with the place of its object.
    """

    all: tuple[HeadedT, ...]
    exact: Mapping[str, tuple[int, ...]]
    wild: tuple[tuple[str, int], ...]

    def covering(self, host: str) -> list[HeadedT]:
        """Give the objects that name a host or a wildcard above it, the oldest first."""
        places = set(self.exact.get(host, ()))
        places.update(place for pattern, place in self.wild if covers(pattern, host))
        return [self.all[it] for it in sorted(places)]


def host_shelf(found: Iterable[tuple[HeadedT, Iterable[str]]]) -> HostShelf[HeadedT]:
    """Keep objects, each with the hosts that it names."""
    ordered = sorted(found, key=lambda it: it[0].head.age)
    exact: dict[str, list[int]] = defaultdict(list)
    wild: list[tuple[str, int]] = []
    for place, (_, hosts) in enumerate(ordered):
        for host in hosts:
            if host.startswith("*"):
                wild.append((host, place))
            else:
                exact[host].append(place)
    return HostShelf(
        all=tuple(it for it, _ in ordered),
        exact={host: tuple(places) for host, places in exact.items()},
        wild=tuple(wild),
    )


def headed_by_namespace(found: Iterable[HeadedT]) -> Mapping[str, tuple[HeadedT, ...]]:
    """Keep objects by their namespace, the oldest first."""
    kept: dict[str, list[HeadedT]] = defaultdict(list)
    for it in sorted(found, key=lambda it: it.head.age):
        kept[it.head.namespace].append(it)
    return {namespace: tuple(them) for namespace, them in kept.items()}


def placed_by_namespace(found: Iterable[PlacedT]) -> Mapping[str, tuple[PlacedT, ...]]:
    """Keep what runs in a namespace, in the order it came."""
    kept: dict[str, list[PlacedT]] = defaultdict(list)
    for it in found:
        kept[it.namespace].append(it)
    return {namespace: tuple(them) for namespace, them in kept.items()}
