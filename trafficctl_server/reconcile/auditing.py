"""Looks through everything once more after a start, slowly: what was left out by a defect heals."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Final

from trafficctl_server.compile.compiler import compile_scope
from trafficctl_server.drivers.slice_bytes import slice_digest
from trafficctl_server.reconcile.wanting import calling, is_rendered, withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable

    from trafficctl_sdk.slices import Scope

    from trafficctl_server.compile.world import World
    from trafficctl_server.intents.admission import DriverAdmission
    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.reconcile.compiling import Compiling

_PARTS: Final = 200
"""A look of one second is followed by so many in which nobody looks."""
_PAUSE: Final = 1.0
"""Seconds until it is looked again whether anything is under way."""

_log = logging.getLogger(__name__)


class Auditing:
    """Compiles what a start left as it was, and compares; then has all states looked at.

    :param restless: says whether anything is under way: that goes first.
    :param doubt: called where something is not as it must be, before it is compiled again.
    :param review: has what is said of an intent looked at.
    """

    def __init__(
        self,
        *,
        world: World,
        admission: DriverAdmission,
        compiling: Compiling,
        precedence: Precedence,
        restless: Callable[[], bool],
        doubt: Callable[[], None],
        review: Callable[[str], None],
    ) -> None:
        self._world = world
        self._admission = admission
        self._compiling = compiling
        self._precedence = precedence
        self._restless = restless
        self._doubt = doubt
        self._review = review

    async def run(self) -> None:
        """Look at everything once; to be cancelled at any time."""
        await self._compiling.compiled()
        names = sorted(self._world.intents) if self._compiling.unmoved else ()
        while self._compiling.unmoved:
            await self._in_turn(self._compare_next)
        for name in names:
            await self._in_turn(partial(self._review, name))

    async def _in_turn(self, look: Callable[[], None]) -> None:
        while self._restless():  # noqa: ASYNC110 - rest comes of many things, and none tells of it
            await asyncio.sleep(_PAUSE)
        loop = asyncio.get_running_loop()
        async with self._precedence.turn():
            started = loop.time()
            look()
            took = loop.time() - started
        await asyncio.sleep(_PARTS * took)

    def _compare_next(self) -> None:
        if not self._compiling.unmoved:
            return  # it was compiled meanwhile
        scope = self._compiling.unmoved.pop()
        if not self._is_as_compiled(scope):
            _log.warning("a scope was not compiled when it should", extra={"scope": str(scope)})
            self._doubt()
            self._compiling.touch([scope])

    def _is_as_compiled(self, scope: Scope) -> bool:
        compiling = self._compiling
        compiled = compile_scope(scope, self._world, compiling.homes.clusters())
        if compiled.contradictions or compiled.kept:
            return False
        return (
            not withdrawn(compiled, compiling.places.of(scope), self._world)
            and frozenset(calling(compiled)) == compiling.homes.called_in(scope)
            and all(
                is_rendered(
                    slice_digest(it),
                    compiling.mark(scope, it.cluster),
                    self._admission.serving(self._world.clusters[it.cluster]),
                )
                for it in compiled.slices
            )
        )
