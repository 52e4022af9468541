"""Reads ``docs/intents.md`` and runs its examples through a whole controller in this process.

A fenced block with a marker after ``yaml`` is executed:

- ``world``: resources that are there before every example, by name below the bundle or at the top;
- ``intent <collection>/<id>``: starts an example in a fresh world and creates the intent;
- ``also <collection>/<id>``: creates one more resource in the same example;
- ``result [<collection>/<id>]``: what became of the intent created last (or of the one named);
- ``object <cluster>/<namespace>/<kind>.<name>``: a part of a delivered object;
- ``refused``: how the creation in the block before was answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import trafficctl_istio.plugin as istio
import yaml
from google.protobuf import json_format
from google.rpc import error_details_pb2
from trafficctl.v2 import error_reason_pb2
from trafficctl_sdk.shapes import (
    EnumShape,
    FixedShape,
    ListShape,
    MappingShape,
    MessageShape,
    OptionalShape,
    Shape,
    fields_of,
)

from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, town
from trafficctl_server.api.checks import model_of, refuse, request_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.status import code_of, status_of
from trafficctl_server.intents.failures import Failure
from trafficctl_server.intents.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from trafficctl_sdk.model.realization import Realization

    from trafficctl_server.intents.kinds import Resource

BUNDLE: Final = "projects/acme/resourceBundles/shop/versions/v1"
GROUP: Final = f"{BUNDLE}/trafficIntentGroups/main"

_FENCE: Final = re.compile(
    r"^```yaml (?P<word>[a-z]+) ?(?P<about>\S*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_HASH: Final = re.compile(r"-[a-z2-7]{10}(?=[./]|$)")
_WORDS: Final = ("world", "intent", "also", "result", "object", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One marked block.

    :ivar word: what is done with it; ``about``: with what.
    """

    word: str
    about: str
    line: int
    content: Any


def blocks(page: str) -> list[Block]:
    """Give all marked blocks of a page in order."""
    return [
        Block(
            word=found["word"],
            about=found["about"],
            line=page.count("\n", 0, found.start()) + 1,
            content=yaml.safe_load(found["text"]),
        )
        for found in _FENCE.finditer(page)
    ]


def examples(page: str) -> list[tuple[Block, ...]]:
    """Give the examples of a page: each an intent and what follows it."""
    found: list[list[Block]] = []
    for block in blocks(page):
        assert block.word in _WORDS, f"line {block.line}: no block is called {block.word}"
        if block.word == "intent":
            found.append([])
        if block.word != "world":
            found[-1].append(block)
    return [tuple(it) for it in found]


def shortened(path: str) -> str:
    """Write ``*`` for the characters by which names of objects are told apart."""
    return _HASH.sub("-*", path.removesuffix(".yaml"))


class Stage:
    """One example while it runs."""

    def __init__(self, it: Town) -> None:
        self._town = it
        self._last = ""
        self._refusal: dict[str, Any] | None = None
        self._before: dict[str, str] = {}

    async def furnish(self, world: Sequence[Block]) -> None:
        """Put everything there that examples take for granted."""
        for block in world:
            for place, body in block.content.items():
                await self._create(place, body)
        await self._town.quiet()
        self._before = self._town.tree()

    async def play(self, block: Block) -> None:
        """Do what a block says, or compare with it."""
        if block.word in ("intent", "also"):
            assert self._refusal is None, f"line {block.line}: refused before: {self._refusal}"
            self._before = self._town.tree()
            try:
                self._last = await self._create(block.about, block.content)
            except Failure as failure:
                self._refusal = refusal(failure)
            await self._town.quiet()
        elif block.word == "refused":
            refused, self._refusal = self._refusal, None
            assert refused == block.content
        elif block.word == "result":
            assert self._refusal is None, f"line {block.line}: refused: {self._refusal}"
            name = _name(block.about) if block.about else self._last
            assert await self._result(name) == block.content
        else:
            assert_within(block.content, self._object(block.about), block.about)

    def finish(self) -> None:
        """Say whether a refusal was not mentioned."""
        assert self._refusal is None, self._refusal

    async def _create(self, place: str, body: Any) -> str:
        name = _name(place)
        await self._town.create(resource_of(name, body))
        return name

    async def _result(self, name: str) -> dict[str, Any]:
        found = await self._town.realizations(name)
        told = {cluster: _told(it) for cluster, it in found.items()}
        for path, text in self._town.tree().items():
            if self._before.get(path) != text:
                cluster, _, below = path.partition("/")
                there = told.setdefault(cluster, {})
                there.setdefault("objects", []).append(shortened(below))
        return told

    def _object(self, path: str) -> Any:
        found = {shortened(it): text for it, text in self._town.tree().items()}
        assert path in found, f"{path} is not among {sorted(found)}"
        return yaml.safe_load(found[path])


async def run(example: Sequence[Block], world: Sequence[Block], root: Path) -> None:
    """Run one example."""
    drivers = InProcessDrivers()
    drivers.add_module(istio)
    async with town(root, drivers) as it:
        stage = Stage(it)
        await stage.furnish(world)
        for block in example:
            await stage.play(block)
        stage.finish()


def resource_of(name: str, body: Any) -> Resource:
    """Make a resource of a body in JSON form, as a request with it would be read.

    :raises Failure: the body breaks a constraint.
    """
    kind = next(kind for kind in KINDS.values() if kind.matches(name))
    message = json_format.ParseDict(body or {}, RESOURCE_TYPES[kind.name].message())
    message.name = name
    refuse(request_violations(message))
    return cast("Resource", model_of(message))


def every_leaf(model: type, path: str = "") -> Iterator[str]:
    """Give every path that an intent of a class can set, values of enums as last segment."""
    for field in fields_of(model):
        yield from _leaves(field.shape, f"{path}.{field.name}" if path else field.name)


def _leaves(shape: Shape, path: str) -> Iterator[str]:
    match shape:
        case OptionalShape(value=inner) | ListShape(item=inner) | MappingShape(value=inner):
            yield from _leaves(inner, path)
        case EnumShape(type=enum):
            yield from (f"{path}.{member.name}" for member in enum)
        case MessageShape(type=cls):
            yield path
            yield from every_leaf(cls, path)
        case FixedShape(items=items):
            for item in items:
                yield from _leaves(item, path)
        case _:
            yield path


def refusal(failure: Failure) -> dict[str, Any]:
    """Give an answer to a client in the form of a ``refused`` block."""
    told: dict[str, Any] = {"code": code_of(failure).name}
    for detail in status_of(failure, "").details:
        if detail.Is(error_details_pb2.ErrorInfo.DESCRIPTOR):
            info = error_details_pb2.ErrorInfo()
            detail.Unpack(info)
            told["reason"] = info.reason
        if detail.Is(error_details_pb2.BadRequest.DESCRIPTOR):
            bad = error_details_pb2.BadRequest()
            detail.Unpack(bad)
            told["violations"] = [
                {"field": it.field, "rule": it.reason} for it in bad.field_violations
            ]
        if detail.Is(error_reason_pb2.ConflictInfo.DESCRIPTOR):
            conflict = error_reason_pb2.ConflictInfo()
            detail.Unpack(conflict)
            told.setdefault("conflicts", []).append(
                {
                    "kind": error_reason_pb2.ConflictInfo.Kind.Name(conflict.kind),
                    "field": conflict.field,
                    "other_intent": conflict.other_intent.removeprefix(f"{GROUP}/"),
                }
            )
    return told


def assert_within(part: Any, whole: Any, place: str) -> None:
    """Say whether every field of a part stands in the whole with the same value."""
    if isinstance(part, dict):
        assert isinstance(whole, dict), f"{place}: {whole!r}"
        for key, value in part.items():
            assert key in whole, f"{place}: no {key} among {sorted(whole)}"
            assert_within(value, whole[key], f"{place}: {key}")
    elif isinstance(part, str) and "*" in part and isinstance(whole, str):
        assert part in (whole, shortened(whole)), place
    elif isinstance(part, list):
        assert isinstance(whole, list) and len(part) == len(whole), f"{place}: {whole!r}"  # noqa: PT018 - one statement: a list of this length
        for index, (ours, theirs) in enumerate(zip(part, whole, strict=True)):
            assert_within(ours, theirs, f"{place}[{index}]")
    else:
        assert part == whole, place


def _told(it: Realization) -> dict[str, Any]:
    convergence = it.convergence
    assert convergence is not None
    told: dict[str, Any] = {"state": str(convergence.state)}
    if it.roles:
        told["roles"] = [str(role) for role in it.roles]
    if convergence.reason is not None:
        told["reason"] = str(convergence.reason)
    if convergence.field:
        told["field"] = convergence.field
    if it.notices:
        told["notices"] = sorted({str(notice.reason) for notice in it.notices})
    return told


def _name(place: str) -> str:
    collection = place.partition("/")[0]
    if collection in ("clusters", "projects"):
        return place
    return (
        f"{BUNDLE}/{place}"
        if collection in ("workloads", "trafficIntentGroups")
        else f"{GROUP}/{place}"
    )
