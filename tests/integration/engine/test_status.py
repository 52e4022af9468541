"""What became of a wish: said truly, in order, and never before it is so."""

import asyncio
from collections import Counter
from pathlib import Path

import orjson
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.model.common import SafetyBrake
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.managed_object import ManagedObject
from trafficctl_sdk.model.realization import Realization
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup

from tests.fakes import wishes
from tests.fakes.bad_disk import BadDisk
from tests.fakes.furniture import FURNITURE, furnish
from tests.fakes.town import Town
from trafficctl_server.intents.kinds import INTENTS, kind_of

State = Convergence.State
Stage = Convergence.Stage
Reason = Convergence.Reason
INTER = f"{wishes.group_name()}/interclusterIntents/inter"


async def group(it: Town) -> TrafficIntentGroup:
    found = await it.get(wishes.group_name())
    assert isinstance(found, TrafficIntentGroup)
    return found


async def test_a_settled_intent_says_how_far_it_got_and_when(it: Town) -> None:
    await furnish(it)
    intent = await it.get(INTER)
    assert intent is not None
    assert (intent.state, intent.reconciling) == (State.SETTLED, False)  # type: ignore[union-attr] # an intent
    assert intent.observed_generation == intent.generation == 1  # type: ignore[union-attr] # an intent
    assert intent.counts == Convergence.Counts(settled=2, total=2)  # type: ignore[union-attr] # an intent
    found = await it.realizations(INTER)
    assert set(found) == {"east", "west"}
    roles = {cluster: {str(role) for role in said.roles} for cluster, said in found.items()}
    assert roles == {"east": {"CALLING", "EGRESS"}, "west": {"CALLING", "SERVING"}}
    for cluster, said in found.items():
        assert said.cluster == f"clusters/{cluster}"
        assert said.driver == "istio"
        assert (said.intent_uid, said.generation) == (intent.uid, 1)
        assert said.last_good_generation == 1
        assert said.object_count == len(said.objects) > 0
        how = said.convergence
        assert how is not None
        assert (how.state, how.stage, how.reason, how.attempt) == (
            State.SETTLED,
            Stage.DELIVERED,
            None,
            0,
        )
        assert how.accepted_time
        assert how.rendered_time
        assert how.delivered_time
        assert how.accepted_time <= how.rendered_time <= how.delivered_time


async def test_each_object_is_a_resource_that_names_its_file_and_its_origins(it: Town) -> None:
    await furnish(it)
    uid = (await it.get(INTER)).uid  # type: ignore[union-attr] # it is there
    for cluster, said in (await it.realizations(INTER)).items():
        for ref in said.objects:
            record = await it.store.get(ref.object)
            assert record is not None
            there = from_json(ManagedObject, orjson.loads(record.progress), strict=False)
            assert there.file is not None
            path = Path(there.file.path)
            assert path.parts[0] == cluster
            assert (it.root / path).is_file()
            assert there.desired_digest == there.observed_digest
            assert INTER in [origin.intent for origin in there.origins]
            assert uid in [origin.uid for origin in there.origins]
            assert all(origin.fields for origin in there.origins)
            assert there.convergence is not None
            assert there.convergence.state is State.SETTLED
    objects = await it.store.list("ManagedObject", "clusters/-/objects/-", limit=1000)
    assert len(objects) == len(it.tree())


async def test_a_group_sums_up_its_intents(it: Town, disk: BadDisk) -> None:
    await it.create(wishes.group())
    assert (await group(it)).state is State.SETTLED  # nothing in it has anything to settle
    await furnish(it, [wish for wish in FURNITURE if wish.name != wishes.group_name()])
    counted: Counter[str] = Counter()
    for wish in FURNITURE:
        if kind_of(wish) in INTENTS:
            there = await it.get(wish.name)
            counts = there.counts  # type: ignore[union-attr] # an intent
            assert counts is not None
            counted.update(settled=counts.settled, total=counts.total, na=counts.not_applicable)
    found = await group(it)
    assert found.counts is not None
    assert (found.state, found.reconciling) == (State.SETTLED, False)
    assert (found.counts.settled, found.counts.total) == (counted["settled"], counted["total"])
    await it.create(wishes.outbound("more", "db.example.com", "nobody"))
    await it.quiet()
    found = await group(it)
    assert (found.state, found.reconciling) == (State.WAITING, True)
    disk.take_away("west")
    dedicated = wishes.caller("front", egress=wishes.dedicated())
    await it.update(wishes.intercluster("inter", "back", dedicated))

    async def retrying() -> bool:
        return (await group(it)).state is State.RETRYING

    await it.until(retrying)
    disk.bring_back("west")
    await it.quiet()


async def test_settled_is_never_said_before_the_file_is_there(it: Town) -> None:
    intent = wishes.intracluster("i", "back", "s0")
    for wish in (
        wishes.cluster("east"),
        wishes.workload("back", "east"),
        *(wishes.workload(f"s{number}", "east") for number in range(20)),
        wishes.group(),
        intent,
    ):
        await it.create(wish)  # type: ignore[arg-type] # resources of several kinds
    seen: list[tuple[int, bool]] = []

    async def watch() -> None:
        after = it.store.revision
        while True:
            await it.store.wait(after)
            upto = it.store.revision
            for change in await it.store.changes(after, 1000):
                if change.name == intent.name and change.record.progress:
                    said = orjson.loads(change.record.progress)
                    if said["state"] == "SETTLED":
                        written = "".join(path.read_text() for path in _policies(it))
                        number = said["observed_generation"] - 1
                        seen.append((number, f"sa/s{number}" in written))
            after = upto

    await it.quiet()
    watching = asyncio.create_task(watch())
    for number in range(1, 20):
        await it.update(wishes.intracluster("i", "back", f"s{number}"))
        if number % 3 == 0:
            await it.settled(intent.name)
    await it.settled(intent.name)
    await it.until(lambda: seen and seen[-1][0] == 19)
    watching.cancel()
    # A later generation may be on the disk already, an earlier one may not.
    last = [number for number, _ in seen]
    assert last == sorted(last)
    assert seen[-1] == (19, True)
    assert all(there or number < 19 for number, there in seen)


def _policies(it: Town) -> list[Path]:
    return list((it.root / "east" / "shop").glob("authorizationpolicy.allow-back*.yaml"))


async def test_settled_waits_for_what_is_left_behind(it: Town, disk: BadDisk) -> None:
    await furnish(it)
    intent = wishes.outbound("o", "one.example.com", "front")
    await it.create(intent)
    await it.quiet()
    stuck = [path.name for path in it.root.rglob("*one-example-com*")]
    disk.refused |= {f"remove {name}" for name in stuck}
    await it.update(wishes.outbound("o", "two.example.com", "front"))

    async def retrying() -> bool:
        there = await it.get(intent.name)
        return there is not None and there.state is State.RETRYING

    await it.until(retrying)
    found = (await it.realizations(intent.name))["east"]
    assert found.object_count > len(stuck)
    disk.refused.clear()
    await it.settled(intent.name)
    assert [path for path in it.tree() if "one-example-com" in path] == []


async def test_a_change_without_effect_says_its_generation_too(it: Town) -> None:
    await furnish(it)
    changed = wishes.intracluster("intra", "cart", "back", "front")  # the same callers, turned
    updated = await it.update(changed)
    assert updated.generation == 2
    before = it.tree()
    await it.settled(updated.name)
    assert (await it.get(updated.name)).observed_generation == 2  # type: ignore[union-attr] # an intent
    assert it.tree() == before


async def test_equal_states_are_said_once(it: Town) -> None:
    await furnish(it)
    before = {record.name: record.progress for record in (await it.store.snapshot())[1]}
    for _ in range(3):
        await it.update(wishes.intracluster("intra", "cart", "front", "back", "cart"))
        await it.update(wishes.intracluster("intra", "cart", "front", "back"))
    await it.settled(f"{wishes.group_name()}/intraclusterIntents/intra")
    await it.quiet()
    after = {record.name: record.progress for record in (await it.store.snapshot())[1]}
    changed = {name for name in after if after[name] != before.get(name)}
    assert all("intraclusterIntents/intra" in name or "/objects/" in name for name in changed)


async def test_the_realization_of_a_cluster_that_is_left_goes(it: Town) -> None:
    await furnish(it)
    await it.update(wishes.cluster("west", brake=SafetyBrake(max_delete_percent=100)))
    names = set(await it.realizations(INTER))
    await it.update(wishes.workload("cart", "east"))
    await it.quiet()
    assert names == {"east", "west"}
    assert set(await it.realizations(INTER)) == {"east", "west"}
    await it.update(wishes.workload("back", "east"))
    await it.quiet()
    assert set(await it.realizations(INTER)) == {"east"}
    records = await it.store.list("Realization", f"{INTER}/realizations/-", limit=10)
    said = [from_json(Realization, orjson.loads(it.progress), strict=False) for it in records]
    assert [realization.cluster for realization in said] == ["clusters/east"]


async def test_a_shared_account_is_noticed_whoever_came_first(it: Town) -> None:
    await furnish(it)
    intent = f"{wishes.group_name()}/intraclusterIntents/intra"
    assert (await it.realizations(intent))["east"].notices == ()
    await it.create(wishes.workload("twin", "east", service_account="front"))
    await it.quiet()
    notices = (await it.realizations(intent))["east"].notices
    assert [notice.reason for notice in notices] == [Reason.SHARED_SERVICE_ACCOUNT]
    await it.update(wishes.workload("twin", "east"))
    await it.quiet()
    assert (await it.realizations(intent))["east"].notices == ()
