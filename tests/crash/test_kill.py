"""A real server killed again and again while a client works."""

from __future__ import annotations

import asyncio
import json
import random
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

import grpc
import pytest

from tests.crash.caller import send
from tests.crash.life import POOL_SIZE, Client, Steps, live, name_installation
from tests.crash.picture import differences, tree_of
from tests.crash.random_wishes import Mind
from tests.crash.server import PATIENCE, Server, Site, until
from trafficctl_server.store.sqlite.store import SqliteStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crash.picture import Picture
    from tests.crash.wishes import Wish

STARTING: Final = 1.5
"""A server that is killed while it starts lives at most so many seconds."""

WORKING: Final = 1.0
"""A server that is killed while it works lives at most so many seconds after its first answer."""

SOME: Final = 0.25
"""The share of servers that are killed while they start."""

AFTERWARDS: Final = 10
LOST: Final = frozenset({grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED})
"""How a call ends whose server went away."""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def test_ten_kills(folder: Path) -> None:
    kill_again_and_again(folder, seed=1, kills=10)


@pytest.mark.crash
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seeds", [(it, it + 1) for it in range(2, 12, 2)])
def test_many_kills(folder: Path, seeds: tuple[int, int]) -> None:
    """Two servers at a time, each over files of its own."""

    def one(seed: int) -> None:
        place = folder / str(seed)
        place.mkdir()
        kill_again_and_again(place, seed=seed, kills=21)

    with ThreadPoolExecutor() as lanes:
        list(lanes.map(one, seeds))


def kill_again_and_again(folder: Path, *, seed: int, kills: int) -> None:
    """Kill a server so often, at random moments; then compare with one that nobody killed."""
    with closing(Site(folder)) as site:
        asyncio.run(prepare(site))
        wishes, server = work(site, seed, kills)
        quiet = folder / "quiet"
        quiet.mkdir()
        wanted = asyncio.run(look(quiet, wishes))
        until(
            lambda: tree_of(site.tree) == wanted.tree,
            lambda: "\n".join(differences(f"seed {seed}", wanted.tree, tree_of(site.tree))),
        )
        assert server.stop() == 0
        assert not errors(site)
        found = asyncio.run(look(folder))
    found_otherwise = wanted.differences(found)
    assert not found_otherwise, "\n".join((f"seed {seed}", *found_otherwise))


def work(site: Site, seed: int, kills: int) -> tuple[tuple[Wish, ...], Server]:
    """Send wishes through all kills and a few more; give those sent, and the server that lives.

    A wish that was answered is not sent again; one that was not is sent until it is.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    wishes = Mind(chance).wishes()
    sent: list[Wish] = []
    wish = next(wishes)
    for _ in range(kills):
        server = site.start()
        waits = chance.random() >= SOME
        if not waits:
            server.kill_after(chance.uniform(0, STARTING))
        while answered(server, wish):
            sent.append(wish)
            wish = next(wishes)
            if waits:
                server.kill_after(chance.uniform(0, WORKING))
                waits = False
        assert server.dead.wait(PATIENCE)
    server = site.start()
    for _ in range(AFTERWARDS):
        assert answered(server, wish)
        sent.append(wish)
        wish = next(wishes)
    return tuple(sent), server


def answered(server: Server, wish: Wish) -> bool:
    """Send a wish; False if the server was killed before it answered."""
    try:
        answer = send(server.channel, wish)
    except grpc.RpcError as error:
        if error.code() in LOST and server.doomed.is_set():
            return False
        raise
    except ValueError:  # the channel is closed already
        if server.doomed.is_set():
            return False
        raise
    assert answer.name == wish.name
    return True


async def prepare(site: Site) -> None:
    """Give the site the name that all installations have here."""
    store = SqliteStore(site.database, pool_size=POOL_SIZE)
    await store.start()
    await name_installation(store)
    await store.close()


async def look(folder: Path, wishes: tuple[Wish, ...] = ()) -> Picture:
    """Let a process in here work over a folder, to its end."""
    client = Client(wishes)
    assert await live(folder, client, Steps(), folder / "none")
    assert client.picture is not None
    return client.picture


def errors(site: Site) -> list[str]:
    """Give what the servers of a site called an error."""
    lines = site.log.read_text().splitlines()
    return [it for it in lines if json.loads(it)["level"] == "error"]
