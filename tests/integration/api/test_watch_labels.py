"""Watch with a label filter: what enters it and what leaves it."""

from typing import Any

from google.protobuf.duration_pb2 import Duration
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.integration.api.site import GROUP, Site, opened
from tests.integration.api.streams import (
    KINDS,
    delete,
    edit,
    read,
    snapshot,
    told,
    watching,
)


def labels(**wanted: str) -> Any:
    return {"match_labels": wanted}


async def test_what_leaves_the_filter_is_deleted_and_what_enters_is_added(site: Site) -> None:
    await site.group()
    await site.intent("cart", labels={"team": "a"})
    await site.intent("web", labels={"team": "b"})
    async with watching(site, label_filter=labels(team="a")) as stream:
        assert (await snapshot(stream))[1] == ["cart"]
        await edit(site, f"{GROUP}/interclusterIntents/web", display_name="unseen")
        await edit(site, labels={"team": "b"})
        message = await read(stream)
        assert told(message) == [(KINDS.DELETED, "cart")]
        now = message.changes[0].resource.intercluster_intent
        assert dict(now.labels) == {"team": "b"}
        await edit(site, display_name="unseen too")
        await edit(site, labels={"team": "a"})
        assert told(await read(stream)) == [(KINDS.ADDED, "cart")]
        await edit(site, display_name="seen")
        assert told(await read(stream)) == [(KINDS.UPDATED, "cart")]


async def test_a_filter_knows_after_a_resume_what_left_it_meanwhile(site: Site) -> None:
    await site.group()
    await site.intent("cart", labels={"team": "a"})
    await site.intent("web", labels={"team": "b"})
    await site.intent("old", labels={"team": "a"})
    start = site.store.revision
    await edit(site, labels={"team": "b"})
    async with watching(site, label_filter=labels(team="a"), start_revision=start) as stream:
        assert told(await read(stream)) == [(KINDS.DELETED, "cart")]
        await edit(site, f"{GROUP}/interclusterIntents/web", display_name="unseen")
        await edit(site, f"{GROUP}/interclusterIntents/old", labels={"team": "c"})
        assert told(await read(stream)) == [(KINDS.DELETED, "old")]


STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["in", "out", "gone"])),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None)
@given(steps=STEPS, resume=st.integers(0, 8))
async def test_a_client_that_applies_what_it_is_told_has_what_passes(
    steps: list[tuple[str, str]], resume: int
) -> None:
    """Whatever happens, and wherever the stream breaks, the client ends with the truth."""
    async with opened() as site:
        await site.group()
        known: dict[str, Any] = {}
        start = 0
        for index, (name, what) in enumerate([*steps, ("end", "in")]):
            if index == resume:
                start = await _follow(site, start, known)
            await _do(site, f"{GROUP}/interclusterIntents/{name}", what)
        await _follow(site, start, known)
        _, records = await site.store.snapshot(["InterclusterIntent"])
        wishes: list[Any] = [site.desk.bodies.wish(it) for it in records]
        passing = {it.name: it.revision for it in wishes if it.labels.get("team") == "a"}
        assert {name: it.revision for name, it in known.items()} == passing


async def _do(site: Site, name: str, what: str) -> None:
    record = await site.store.get(name)
    there = record is not None and record.delete_time is None
    wanted = {"in": {"team": "a"}, "out": {"team": "b"}}.get(what, {})
    if what == "gone":
        if there:
            await delete(site, name)
    elif there:
        await edit(site, name, labels=wanted)
    else:
        await site.intent(name.rsplit("/", 1)[1], labels=wanted)


async def _follow(site: Site, start: int, known: dict[str, Any]) -> int:
    """Apply what a stream tells up to now; give the revision to resume from."""
    upto = site.store.revision
    quiet = Duration(seconds=1)
    async with watching(
        site, start_revision=start, label_filter=labels(team="a"), progress_interval=quiet
    ) as stream:
        while True:
            message = await read(stream)
            for change in message.changes:
                intent = change.resource.intercluster_intent
                if change.kind == KINDS.DELETED:
                    known.pop(intent.name, None)
                else:
                    known[intent.name] = intent
            if message.revision >= upto and not message.more:
                return int(message.revision)
