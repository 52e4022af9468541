"""Commits one row for each request, many together, and answers the message: a bare Create."""

import asyncio
import itertools
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiosqlite
import grpc
from trafficctl.v2.intercluster_intent_pb2 import (
    CreateInterclusterIntentRequest,
    InterclusterIntent,
)

from tools.bench.ceilings.bare import run, serve

SERVICE = "trafficctl.bench.Commit"
METHOD = f"/{SERVICE}/Commit"


class Commits:
    """One connection and one writer, as the store has them: WAL, ``synchronous = FULL``."""

    def __init__(self, db: aiosqlite.Connection) -> None:
        self._db = db
        self._numbers = itertools.count()
        self._waiting: list[tuple[tuple[int, bytes], asyncio.Future[None]]] = []
        self._wake = asyncio.Event()

    async def create(self, request: CreateInterclusterIntentRequest, _: Any) -> InterclusterIntent:
        """Answer once the row is on the disk."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        row = next(self._numbers), request.intercluster_intent.SerializeToString()
        self._waiting.append((row, done))
        self._wake.set()
        await done
        return request.intercluster_intent

    async def run(self) -> None:
        """Commit all that waits, again and again."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            if not batch:
                continue
            await self._db._execute(self._commit, [row for row, _ in batch])  # type: ignore[no-untyped-call] # noqa: SLF001 - one hop, as the store does it
            for _, done in batch:
                if not done.done():
                    done.set_result(None)

    def _commit(self, rows: list[tuple[int, bytes]]) -> None:
        db = self._db._conn  # noqa: SLF001 - as above
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO rows VALUES (?, ?)", rows)
        db.execute("COMMIT")


async def commits(folder: Path) -> None:
    """Serve until SIGTERM."""
    path = folder / "commit.db"
    async with aiosqlite.connect(path, isolation_level=None) as db:
        for statement in (
            "PRAGMA locking_mode = EXCLUSIVE",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA wal_autocheckpoint = 4000",
            "CREATE TABLE rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
        ):
            await db.execute_fetchall(statement)
        committing = Commits(db)
        writer = asyncio.create_task(committing.run())
        handler = grpc.unary_unary_rpc_method_handler(
            committing.create,
            request_deserializer=CreateInterclusterIntentRequest.FromString,
            response_serializer=InterclusterIntent.SerializeToString,
        )
        await serve(SERVICE, {"Commit": handler})
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)


if __name__ == "__main__":
    with TemporaryDirectory(dir=sys.argv[1]) as folder:
        run(commits(Path(folder)))
