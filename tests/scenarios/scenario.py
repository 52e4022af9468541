"""Reads scenario files; what they may hold stands in ``README.md`` beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

HERE: Final = Path(__file__).parent
BUNDLE: Final = "projects/acme/resourceBundles/shop/versions/v1"
GROUP: Final = f"{BUNDLE}/trafficIntentGroups/main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that changes, and what follows.

    :ivar does: for people.
    :ivar change: bodies by resource name, in the order in which they are put.
    :ivar delete: names of resources.
    :ivar objects: by cluster id, ``Kind namespace/name`` and parts of what is expected; none: not
        compared.
    :ivar realizations: by resource name, cluster id and what is told; intents not named settle.
    :ivar refused: the parts of the answer, by the name of the resource that is refused.
    :ivar reach: by caller, call and answer.
    """

    does: str
    change: Mapping[str, Any]
    delete: tuple[str, ...] = ()
    objects: Mapping[str, Any] | None = None
    realizations: Mapping[str, Any] = field(default_factory=dict)
    refused: Mapping[str, Any] = field(default_factory=dict)
    reach: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One file.

    :ivar shows: what it shows, for people.
    :ivar about: where the case comes from.
    :ivar tokens: what callers may carry, by a name for it: ``issuer`` and ``claims``.
    """

    id: str
    shows: str
    about: tuple[str, ...]
    steps: tuple[Step, ...]
    tokens: Mapping[str, Any]


def scenarios() -> list[Scenario]:
    """Read all scenarios, sorted by file name."""
    return [read(path) for path in sorted((HERE / "cases").glob("*.yaml"))]


def read(path: Path) -> Scenario:
    """Read one scenario.

    :raises ValueError: the file holds something that nobody would look at.
    """
    told = _load(path.read_text())
    first = {
        "does": told["shows"],
        "change": _inventory(told.pop("inventory")) | told.pop("intents", {}),
        "expect": told.pop("expect", {}),
        "reach": told.pop("reach", {}),
    }
    steps = (_step(first), *(_step(it) for it in told.pop("then", ())))
    return Scenario(
        id=path.stem,
        shows=" ".join(told.pop("shows").split()),
        about=tuple(told.pop("about", ())),
        tokens=told.pop("tokens", {}),
        steps=steps,
        **_nothing_left(told),
    )


def name_of(place: str) -> str:
    """Give the resource name of what a file calls by its last segments."""
    collection = place.partition("/")[0]
    if collection in ("clusters", "projects"):
        return place
    below = collection in ("workloads", "trafficIntentGroups")
    return f"{BUNDLE if below else GROUP}/{place}"


def _inventory(told: Mapping[str, Any]) -> dict[str, Any]:
    left = dict(told)
    found = {f"clusters/{it}": body for it, body in left.pop("clusters", {}).items()}
    for it, body in left.pop("workloads", {}).items():
        found[it if it.startswith("projects/") else f"workloads/{it}"] = body
    _nothing_left(left)
    return found


def _step(told: Mapping[str, Any]) -> Step:
    left = dict(told)
    expect = dict(left.pop("expect", {}))
    change = {name_of(it): body for it, body in left.pop("change", {}).items()}
    step = Step(
        does=left.pop("does"),
        change={name: _completed(name, body) for name, body in change.items()},
        delete=tuple(name_of(it) for it in left.pop("delete", ())),
        objects=expect.pop("objects", None),
        realizations={name_of(it): of for it, of in expect.pop("realizations", {}).items()},
        refused={name_of(it): of for it, of in expect.pop("refused", {}).items()},
        reach=left.pop("reach", {}),
    )
    _nothing_left(left | expect)
    return step


def _completed(name: str, body: Any) -> Any:
    """Complete a cluster by what they have in common; a field that is null is left out."""
    if not name.startswith("clusters/"):
        return body
    return {
        key: value
        for key, value in (_COMMON.get(name.removeprefix("clusters/"), {}) | (body or {})).items()
        if value is not None
    }


def _nothing_left(told: Mapping[str, Any]) -> dict[str, Any]:
    if told:
        raise ValueError(f"nobody looks at {sorted(told)}: correct the words")
    return {}


class _Strict(yaml.CSafeLoader):
    """Refuses a key that stands twice, of which YAML would keep the last."""


def _mapping(loader: _Strict, node: yaml.MappingNode) -> dict[Any, Any]:
    own = [key.value for key, _ in node.value]
    twice = sorted({it for it in own if own.count(it) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands twice{node.start_mark}")
    loader.flatten_mapping(node)
    construct = loader.construct_object
    return {construct(key, deep=True): construct(value, deep=True) for key, value in node.value}


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)


def _load(text: str) -> Any:
    return yaml.load(text, Loader=_Strict)  # noqa: S506 - a safe loader that refuses more


_COMMON: Final = _load((HERE / "clusters.yaml").read_text())
