"""Dry runs, and requests that come again."""

import asyncio
import uuid
from pathlib import Path

import pytest

from tests.integration.api.calls import INTENT, create, delete, get, update
from tests.integration.api.site import (
    Refused,
    Site,
    intercluster,
    opened,
)
from trafficctl_server.store.sqlite.store import SqliteStore


async def test_validate_only_answers_as_if_done_and_writes_nothing(site: Site) -> None:
    await site.group()
    before = site.store.revision
    dry = await create(site, validate_only=True)
    assert dry.message.name == INTENT
    assert dry.revision == dry.message.revision == 0
    assert site.store.revision == before
    with pytest.raises(Refused) as error:
        await get(site)
    assert error.value.reason == "NOT_FOUND"
    await create(site)
    dry = await update(site, wish=intercluster(display_name="dry"), validate_only=True)
    assert dry.message.display_name == "dry"
    dry = await delete(site, validate_only=True)
    assert dry.revision == 0
    still = (await get(site)).message
    assert still.display_name == ""
    assert not still.HasField("delete_time")


async def test_validate_only_refuses_what_would_be_refused(site: Site) -> None:
    await site.group()
    await create(site)
    with pytest.raises(Refused) as error:
        await create(site, validate_only=True)
    assert error.value.reason == "ALREADY_EXISTS"


async def test_a_repeated_request_gets_the_first_answer_also_after_a_restart(site: Site) -> None:
    await site.group()
    request_id = str(uuid.uuid4())
    first = await create(site, request_id=request_id)
    await update(site, wish=intercluster(display_name="later"))
    assert (await create(site, request_id=request_id)).message == first.message
    async with opened(site.store) as restarted:
        again = await create(restarted, request_id=request_id)
        assert again.message == first.message
        assert again.revision == first.revision
        # It was made once.
        assert (await get(restarted)).message.display_name == "later"


async def test_a_repeated_request_is_known_after_a_restart_from_disk(tmp_path: Path) -> None:
    request_id = str(uuid.uuid4())
    async with opened(SqliteStore(tmp_path / "a.db", pool_size=10)) as before:
        await before.group()
        first = await create(before, request_id=request_id)
        await delete(before)
    async with opened(SqliteStore(tmp_path / "a.db", pool_size=10)) as after:
        again = await create(after, request_id=request_id)
        assert (again.message, again.revision) == (first.message, first.revision)
        assert (await get(after)).message.HasField("delete_time")


async def test_principals_are_told_apart(tmp_path: Path) -> None:
    """Who asks is kept on the resource, and one's request ids are one's own."""
    tokens = tmp_path / "tokens"
    tokens.write_text(f"alice:{'a' * 40}\nbob:{'b' * 40}\n")
    request_id = str(uuid.uuid4())
    async with opened(token_file=tokens) as site:
        site.metadata = (("authorization", f"Bearer {'a' * 40}"),)
        await site.group()
        created = await create(site, request_id=request_id)
        assert (created.message.creator, created.message.last_editor) == ("alice", "alice")
        site.metadata = (("authorization", f"Bearer {'b' * 40}"),)
        with pytest.raises(Refused) as error:
            await create(site, request_id=request_id)
        assert error.value.reason == "ALREADY_EXISTS"
        changed = (await update(site, wish=intercluster(display_name="x"))).message
        assert (changed.creator, changed.last_editor) == ("alice", "bob")
        site.metadata = ()
        with pytest.raises(Refused) as error:
            await get(site)
        assert error.value.reason == "UNAUTHENTICATED"


async def test_repetitions_at_once_are_one(site: Site) -> None:
    await site.group()
    request_id = str(uuid.uuid4())
    answers = await asyncio.gather(*(create(site, request_id=request_id) for _ in range(8)))
    assert len({it.message.uid for it in answers}) == 1


async def test_a_request_id_with_another_body_is_refused(site: Site) -> None:
    await site.group()
    request_id = str(uuid.uuid4())
    await create(site, request_id=request_id)
    with pytest.raises(Refused) as error:
        await create(site, request_id=request_id, intercluster_intent_id="other")
    assert error.value.reason == "REQUEST_ID_REUSED"


async def test_repeated_updates_and_deletes_get_their_first_answers(site: Site) -> None:
    await site.group()
    await create(site)
    one, two = str(uuid.uuid4()), str(uuid.uuid4())
    wish = intercluster(display_name="once")
    changed = await update(site, wish=wish, request_id=one)
    gone = await delete(site, request_id=two)
    assert (await update(site, wish=wish, request_id=one)).message == changed.message
    assert (await delete(site, request_id=two)).message == gone.message
