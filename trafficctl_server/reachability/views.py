"""What answers about reachability are based on: a world, and objects that go with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from trafficctl_sdk.explain import MissingFact
    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.calls import Concern
    from trafficctl_server.compile.world import World
    from trafficctl_server.reconcile.entry import Entry


class Unseen(Exception):  # noqa: N818 - says what is so; the answer is UNKNOWN
    """Objects that a verdict needs cannot be looked at.

    :ivar missing: what cannot be seen, and why.
    """

    def __init__(self, *missing: MissingFact) -> None:
        super().__init__("; ".join(it.text for it in missing))
        self.missing = missing


Desired: TypeAlias = (
    "Callable[[Collection[Scope], Collection[str]], Awaitable[Sequence[tuple[Entry, bytes]]]]"
)
"""Gives what is wanted of scopes in clusters, with each object as JSON."""


class View(ABC):
    """A world at one revision, and the objects that stand in its clusters.

    :ivar revision: of the store; all that was accepted up to it is in the world.
    :ivar moved: the revision that changed the world last; pages of one answer share it.
    """

    def __init__(self, world: World, revision: int, moved: int | None = None) -> None:
        self.world = world
        self.revision = revision
        self.moved = revision if moved is None else moved

    @abstractmethod
    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        """Give the objects of scopes in clusters, each as JSON; in any order.

        :raises Unseen: they are not known.
        """

    async def widened(self, concern: Concern) -> Concern:
        """Add to what a call concerns what only the objects of this view still speak of."""
        return concern


class DesiredView(View):
    """What is wanted: all intents as stored.

    :param read: gives what is wanted of scopes in clusters; waits until it is rendered.
    """

    def __init__(
        self,
        world: World,
        revision: int,
        moved: int,
        read: Desired,
    ) -> None:
        super().__init__(world, revision, moved)
        self._read = read

    async def objects(
        self, scopes: Collection[Scope], clusters: Collection[str]
    ) -> Sequence[tuple[Entry, bytes]]:
        """Give what is wanted of scopes in clusters."""
        return await self._read(scopes, clusters)
