"""What shows whether a declared field is honoured: intents that differ in nothing else."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from trafficctl_sdk.codec import Leaf, from_json, leaves, to_json
from trafficctl_sdk.conformance.wishes.bases import Way, completed, is_taken, ways
from trafficctl_sdk.conformance.wishes.catalogue import wishes
from trafficctl_sdk.conformance.wishes.unsaid import why_unsaid
from trafficctl_sdk.conformance.wishes.wish import Pair
from trafficctl_sdk.core_fields import served_by_core
from trafficctl_sdk.intent_kinds import ConnectivityIntent

INSTEAD: Final = " instead of "
"""Stands between two values where nothing else differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One intent, and others from which its rendering must differ.

    :ivar leaf: pattern of the leaf that is looked at, without the kind of intent.
    :ivar others: what each of them says instead → the intent.
    """

    kind: str
    leaf: str
    way: Way
    intent: ConnectivityIntent
    others: Mapping[str, ConnectivityIntent]


@dataclass(slots=True)
class Probes:
    """All that can be asked of a driver with these capabilities.

    :ivar by_leaf: path of a capability → its probes.
    :ivar lacking: path of a capability without probes → the undeclared leaves that it needs.
    """

    by_leaf: dict[str, list[Probe]] = field(default_factory=lambda: defaultdict(list))
    lacking: dict[str, frozenset[str]] = field(default_factory=dict)

    def why_not(self, path: str) -> str:
        """Say why a declared field cannot be probed."""
        why = why_unsaid(path.partition(".")[2])
        if why:
            return why
        if path in self.lacking:
            return f"it can only be said together with {', '.join(sorted(self.lacking[path]))}"
        return "no wish of the kit says it"


@cache
def probes(kinds: tuple[str, ...], declared: frozenset[str]) -> Probes:
    """Make the probes of intents of these kinds that say nothing undeclared."""
    found = Probes()
    for kind in kinds:
        for way in ways(kind, declared):
            for probe in _probes(kind, way, declared):
                if not is_taken(way, probe.intent):
                    continue
                path = f"{kind}.{probe.leaf}"
                lacking = undeclared(kind, probe.intent, declared) | {
                    it
                    for other in probe.others.values()
                    for it in undeclared(kind, other, declared)
                }
                if not lacking:
                    found.by_leaf[path].append(probe)
                elif path not in found.lacking or len(lacking) < len(found.lacking[path]):
                    found.lacking[path] = frozenset(lacking)
    return found


def undeclared(kind: str, intent: ConnectivityIntent, declared: Collection[str]) -> set[str]:
    """Give the paths of an intent that the server would refuse."""
    return {
        f"{kind}.{it.pattern}"
        for it in leaves(intent)
        if not served_by_core(kind, it.pattern) and f"{kind}.{it.pattern}" not in declared
    }


def _probes(kind: str, way: Way, declared: Collection[str]) -> Iterator[Probe]:
    for wish in wishes(kind):
        if isinstance(wish, Pair):
            one, other = (
                completed(kind, it, wish.protocol, declared, way) for it in (wish.one, wish.other)
            )
            yield from _of_pair(kind, way, one, other)
            continue
        bodies = {
            leaf: completed(kind, body, wish.protocol, declared, way)
            for leaf, body in wish.bodies.items()
        }
        usable = {
            leaf: it
            for leaf, it in bodies.items()
            if is_taken(way, it) and not undeclared(kind, it, declared)
        }
        for leaf, intent in bodies.items():
            others = {} if wish.synonyms else {k: v for k, v in usable.items() if k != leaf}
            yield Probe(kind=kind, leaf=leaf, way=way, intent=intent, others=others)


def _of_pair(
    kind: str, way: Way, one: ConnectivityIntent, other: ConnectivityIntent
) -> Iterator[Probe]:
    said, instead = _by_pattern(one), _by_pattern(other)
    for pattern, values in said.items():
        if pattern in instead and instead[pattern] != values:
            changed = _grafted(to_json(one), to_json(other), pattern.split("."))
            shown = f"{_shown(instead[pattern])}{INSTEAD}{_shown(values)}"
            intent = from_json(type(one), changed)
            yield Probe(kind=kind, leaf=pattern, way=way, intent=one, others={shown: intent})


def _by_pattern(intent: ConnectivityIntent) -> dict[str, list[tuple[str, object]]]:
    found: defaultdict[str, list[tuple[str, object]]] = defaultdict(list)
    for it in leaves(intent):
        found[it.pattern].append((_key(it), it.value))
    return found


def _key(leaf: Leaf) -> str:
    """Give the key of a map's entry: it is said as much as its value."""
    return leaf.path if leaf.path.endswith('"]') else ""


def _shown(values: list[tuple[str, object]]) -> str:
    return ", ".join(str(value) for _, value in values)


def _grafted(one: Any, other: Any, segments: list[str]) -> Any:
    """Give one JSON value with what another says below a pattern of fields."""
    if isinstance(one, list) and isinstance(other, list) and segments:
        return [_grafted(a, b, segments) for a, b in zip(one, other, strict=True)]
    if not segments:
        return other
    name, *rest = segments
    if name not in one or name not in other:
        return one
    return {**one, name: _grafted(one[name], other[name], rest)}
