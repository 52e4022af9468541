"""Watch over a real socket: snapshot, changes, places and types."""

import asyncio

from trafficctl.v2 import traffic_intent_group_pb2
from trafficctl.v2.convergence_pb2 import Convergence
from trafficctl_sdk.model import realization

from tests.integration.api.site import BUNDLE, DOMAIN, GROUP, Site
from tests.integration.api.streams import (
    INTENT,
    KINDS,
    TYPES,
    delete,
    edit,
    read,
    snapshot,
    told,
    watching,
)


async def test_first_all_there_is_then_what_changes(site: Site) -> None:
    await site.group()
    await site.intent("a")
    await site.intent("b")
    async with watching(site, types=TYPES, parents=["projects/acme", "clusters/-"]) as stream:
        revision, names = await snapshot(stream)
        assert sorted(names) == ["a", "b", "main"]
        assert revision == site.store.revision
        await site.cluster("east")
        message = await read(stream)
        assert told(message) == [(KINDS.ADDED, "east")]
        assert message.revision == message.changes[0].resource.cluster.revision
        changed = await edit(site, f"{GROUP}/interclusterIntents/a", display_name="new")
        message = await read(stream)
        assert told(message) == [(KINDS.UPDATED, "a")]
        assert message.changes[0].resource.intercluster_intent == changed.message
        assert (message.revision, message.more) == (changed.revision, False)


async def test_watch_from_the_revision_of_create_until_it_has_settled(site: Site) -> None:
    """The documented way to wait has no race: whatever happened since is told."""
    await site.group()
    created = await site.intent("cart")
    # It has moved on before the client begins to watch, and goes on while it watches.
    await site.progress(INTENT, state="WAITING", observed_generation=1)
    seen = []
    async with watching(site, parents=[INTENT], start_revision=created.revision) as stream:
        following = asyncio.create_task(
            _settle(site, ["PROGRESSING", "RETRYING", "PROGRESSING", "SETTLED"])
        )
        while True:
            intent = (await read(stream)).changes[0].resource.intercluster_intent
            seen.append(intent.state)
            if intent.observed_generation >= created.generation and not intent.reconciling:
                break
        await following
    states = Convergence.State
    assert seen == [
        *(states.WAITING, states.PROGRESSING, states.RETRYING),
        *(states.PROGRESSING, states.SETTLED),
    ]


async def _settle(site: Site, states: list[str]) -> None:
    for state in states:
        await site.progress(INTENT, state=state, observed_generation=1)


async def test_a_broken_watch_resumes_without_loss_or_repetition(site: Site) -> None:
    await site.group()
    async with watching(site) as stream:
        last, _ = await snapshot(stream)
    await site.intent("a")
    await site.intent("b")
    async with watching(site, start_revision=last) as stream:
        message = await read(stream)
        assert told(message) == [(KINDS.ADDED, "a")]
        last = message.revision
    await site.intent("c")
    async with watching(site, start_revision=last) as stream:
        assert told(await read(stream)) == [(KINDS.ADDED, "b")]
        assert told(await read(stream)) == [(KINDS.ADDED, "c")]


async def test_what_is_deleted_is_told_when_it_leaves_and_when_it_is_gone(site: Site) -> None:
    await site.group()
    created = await site.intent("cart")
    async with watching(site, start_revision=created.revision) as stream:
        await delete(site)
        message = await read(stream)
        assert told(message) == [(KINDS.UPDATED, "cart")]
        leaving = message.changes[0].resource.intercluster_intent
        assert leaving.state == Convergence.State.DELETING
        again = await site.intent("cart")
        message = await read(stream)
        assert told(message) == [(KINDS.DELETED, "cart"), (KINDS.ADDED, "cart")]
        uids = [it.resource.intercluster_intent.uid for it in message.changes]
        assert uids == [created.uid, again.uid]


async def test_one_revision_is_one_message(site: Site) -> None:
    await site.group()
    await site.intent("a")
    await site.intent("b")
    async with watching(site, types=TYPES, start_revision=site.store.revision) as stream:
        request = traffic_intent_group_pb2.DeleteTrafficIntentGroupRequest(name=GROUP, force=True)
        await site.call("TrafficIntentGroupService", "DeleteTrafficIntentGroup", request)
        message = await read(stream)
        assert sorted(name for _, name in told(message)) == ["a", "b", "main"]
        assert not message.more


async def test_a_revision_too_large_for_a_message_goes_on_in_the_next(site: Site) -> None:
    await site.group()
    for number in range(24):
        await site.intent(f"i{number:02}", annotations={"note": "x" * 60_000})
    before = site.store.revision
    request = traffic_intent_group_pb2.DeleteTrafficIntentGroupRequest(name=GROUP, force=True)
    await site.call("TrafficIntentGroupService", "DeleteTrafficIntentGroup", request)
    async with watching(site, start_revision=before) as stream:
        first, second = await read(stream), await read(stream)
    assert (first.more, second.more) == (True, False)
    assert first.revision == second.revision == before + 1
    names = [name for it in (first, second) for _, name in told(it)]
    assert names == [f"i{number:02}" for number in range(24)]
    async with watching(site) as stream:
        assert len((await snapshot(stream))[1]) == 24


async def test_only_the_places_and_types_asked_for_are_told(site: Site) -> None:
    await site.group()
    await site.group("other")
    other = f"{BUNDLE}/trafficIntentGroups/other"
    start = site.store.revision
    async with (
        watching(site, parents=[other], start_revision=start) as there,
        watching(site, parents=[f"{GROUP}/interclusterIntents"], start_revision=start) as here,
        watching(
            site,
            parents=["clusters/-"],
            types=[f"{DOMAIN}/Cluster"],
            start_revision=start,
        ) as clusters,
    ):
        await site.intent("a")
        await site.intent("b", group=other)
        await site.cluster("east")
        await site.intent("c", group=other)
        await site.intent("d")
        assert [told(await read(there))[0][1] for _ in range(2)] == ["b", "c"]
        assert [told(await read(here))[0][1] for _ in range(2)] == ["a", "d"]
        assert told(await read(clusters)) == [(KINDS.ADDED, "east")]


async def test_realizations_are_watched_below_their_intent(site: Site) -> None:
    await site.group()
    await site.intent("cart")
    async with watching(
        site, parents=[INTENT], types=[f"{DOMAIN}/Realization"], start_revision=site.store.revision
    ) as stream:
        name = f"{INTENT}/realizations/east"
        made = realization.Realization(cluster="clusters/east")
        at = await site.derived("Realization", {name: made})
        message = await read(stream)
        assert message.revision == at
        got = message.changes[0].resource.realization
        assert (got.name, got.cluster, got.revision) == (name, "clusters/east", at)


async def test_a_revision_of_many_changes_is_told_whole_and_once(site: Site) -> None:
    """More changes than are read from the store at once, as the reconciler writes them."""
    await site.group()
    made = {
        f"{INTENT}/realizations/c{number:04}": realization.Realization() for number in range(1200)
    }
    start = site.store.revision
    async with watching(
        site, types=[f"{DOMAIN}/Realization"], parents=[INTENT], start_revision=start
    ) as stream:
        await site.derived("Realization", made)
        after = f"{INTENT}/realizations/after"
        await site.derived("Realization", {after: realization.Realization()})
        names: list[str] = []
        more = True
        while more:
            message = await read(stream)
            assert message.revision == start + 1
            names += [name for _, name in told(message)]
            more = message.more
        assert sorted(names) == [name.rsplit("/", 1)[1] for name in made]
        assert told(await read(stream)) == [(KINDS.ADDED, "after")]


async def test_revisions_that_do_not_fit_together_into_one_read_are_both_told(site: Site) -> None:
    await site.group()
    start = site.store.revision
    for letter, count in (("a", 400), ("b", 200), ("c", 1)):
        names = (f"{INTENT}/realizations/{letter}{number:03}" for number in range(count))
        await site.derived("Realization", dict.fromkeys(names, realization.Realization()))
    seen: dict[int, int] = {}
    async with watching(
        site, types=[f"{DOMAIN}/Realization"], parents=[INTENT], start_revision=start
    ) as stream:
        while sum(seen.values()) < 601:
            message = await read(stream)
            seen[message.revision] = seen.get(message.revision, 0) + len(message.changes)
    assert seen == {start + 1: 400, start + 2: 200, start + 3: 1}
