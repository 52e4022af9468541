"""What answers about reachability are based on: wanted, taken by the clusters, read back."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from trafficctl_sdk.explain import VerdictKind

from tests.fakes import wishes
from tests.fakes.bad_disk import BadDisk
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import PATIENCE, Town, build, town
from trafficctl_server.intents.failures import NotServed
from trafficctl_server.intents.kinds import INBOUND, INTRACLUSTER
from trafficctl_server.reachability.explainer import Explained
from trafficctl_server.reachability.questions import (
    Basis,
    BasisValue,
    CallingOutside,
    CallingWorkload,
    Question,
)

SHOP = wishes.bundle()
FRONT, BACK = (f"{SHOP}/workloads/{it}" for it in ("front", "back"))
INTENT = wishes.intracluster("a", "back", "front")
ALLOWED, DENIED, UNKNOWN = VerdictKind.ALLOWED, VerdictKind.DENIED, VerdictKind.UNKNOWN
STANDING = (BasisValue.DESIRED, BasisValue.DELIVERED, BasisValue.OBSERVED)


async def shop(it: Town) -> None:
    for wish in (
        wishes.cluster("east"),
        wishes.workload("front", "east", service_account="front"),
        wishes.workload("back", "east", service_account="back"),
        wishes.group(),
    ):
        await it.create(wish)
    await it.quiet()


async def explain(it: Town, basis: BasisValue) -> Explained:
    question = Question(
        basis=Basis(value=basis),
        caller=CallingWorkload(name=FRONT),
        workload=BACK,
        port=80,
        method="GET",
        path="/",
    )
    (found,) = await it.engine.explainer.explain(question)
    assert found.basis == question.basis
    return found


async def kinds(it: Town) -> list[VerdictKind]:
    """Give the verdicts on one call, as wanted, as delivered, as observed."""
    return [(await explain(it, basis)).verdict.kind for basis in STANDING]


async def edges(it: Town, basis: BasisValue) -> list[tuple[str, str, tuple[int, ...]]]:
    page = await it.engine.drawing.draw(Basis(value=basis), SHOP)
    found = [one.edge for one in page.edges]
    return [(one.party.node.text, one.destination.text, one.ports) for one in found]


def policy(it: Town) -> Path:
    (found,) = (it.root / "east" / "shop").glob("authorizationpolicy.allow-back*.yaml")
    return found


async def test_what_was_delivered_lags_while_a_target_cannot_be_written(
    it: Town, disk: BadDisk
) -> None:
    await shop(it)
    assert await kinds(it) == [DENIED, DENIED, DENIED]
    disk.take_away("east")
    await it.create(INTENT)
    await it.quiet()
    assert (await explain(it, BasisValue.DESIRED)).verdict.kind is ALLOWED
    assert (await explain(it, BasisValue.DELIVERED)).verdict.kind is DENIED
    assert [await edges(it, basis) for basis in STANDING[:2]] == [[("front", "back", (80,))], []]
    disk.bring_back("east")
    await it.settled(INTENT.name)
    assert await kinds(it) == [ALLOWED, ALLOWED, ALLOWED]
    assert [await edges(it, basis) for basis in STANDING] == [[("front", "back", (80,))]] * 3


async def test_what_was_delivered_stands_until_it_is_removed(it: Town, disk: BadDisk) -> None:
    """The text of what a cluster holds is known after a restart too, whatever is wanted since."""
    await shop(it)
    await it.create(INTENT)
    await it.settled(INTENT.name)
    disk.take_away("east")
    narrow = wishes.intracluster("a", "back", "front", ports=[wishes.port(81)])
    await it.update(narrow)
    await it.quiet()
    assert [(await explain(it, basis)).verdict.kind for basis in STANDING[:2]] == [DENIED, ALLOWED]
    await it.delete(INTRACLUSTER, INTENT.name)
    await it.quiet()
    found = await explain(it, BasisValue.DELIVERED)
    assert found.verdict.kind is ALLOWED
    assert INTENT.name in found.verdict.hops[-1].intents
    await it.stop()
    again = await build(it.root, it.store, it.drivers, on_step=disk)
    await again.start()
    assert (await explain(again, BasisValue.DELIVERED)).verdict.kind is ALLOWED
    disk.bring_back("east")
    await again.gone(INTENT.name)
    assert await kinds(again) == [DENIED, DENIED, DENIED]
    await again.stop()


async def test_an_outer_name_leads_on_until_its_cluster_let_go_of_it(
    it: Town, disk: BadDisk
) -> None:
    await shop(it)
    inbound = wishes.inbound("in", "back")
    await it.create(inbound)
    await it.settled(inbound.name)
    disk.take_away("east")
    await it.delete(INBOUND, inbound.name)
    await it.quiet()
    found = []
    for basis in STANDING[:2]:
        question = Question(
            basis=Basis(value=basis),
            caller=CallingOutside(),
            host="shop.example.com",
            port=80,
            method="GET",
            path="/",
        )
        (explained,) = await it.engine.explainer.explain(question)
        found.append(explained.verdict.kind)
    assert found == [VerdictKind.UNREACHABLE, ALLOWED]


async def test_an_edit_by_hand_is_observed_and_so_is_its_repair(it: Town) -> None:
    await shop(it)
    await it.create(INTENT)
    await it.settled(INTENT.name)
    path = policy(it)
    good = path.read_text()
    path.write_text(good.replace("ALLOW", "DENY"))
    assert await kinds(it) == [ALLOWED, ALLOWED, DENIED]
    assert await edges(it, BasisValue.OBSERVED) == []
    path.write_text(good)
    assert await kinds(it) == [ALLOWED, ALLOWED, ALLOWED]
    path.unlink()
    assert (await explain(it, BasisValue.OBSERVED)).verdict.kind is DENIED


@pytest.mark.parametrize("broken", ["file", "folder"])
async def test_what_cannot_be_read_is_unknown_and_named(
    it: Town, disk: BadDisk, broken: str
) -> None:
    await shop(it)
    await it.create(INTENT)
    await it.settled(INTENT.name)
    if broken == "file":
        policy(it).write_text("{")
    else:
        disk.take_away("east")
    found = (await explain(it, BasisValue.OBSERVED)).verdict
    assert found.kind is UNKNOWN
    ((fact),) = found.missing
    assert (fact.kind, fact.cluster) == (
        "observed_object" if broken == "file" else "target",
        "east",
    )
    # An edge of which nothing can be told stands without ports.
    assert await edges(it, BasisValue.OBSERVED) == [("front", "back", ())]


async def test_a_plan_that_nobody_computes_is_not_served(it: Town) -> None:
    it.engine.bases.plan = None
    with pytest.raises(NotServed):
        await it.engine.bases.view(Basis(value=BasisValue.PLAN, plan="projects/p1/plans/x"))


@dataclass
class SlowDisk(BadDisk):
    """A disk that holds one step up until it is let go, and refuses the tree from then on."""

    held: str = "-"
    reached: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def __call__(self, step: str) -> None:
        super().__call__(step)
        if step.startswith(f"rename {self.held}"):
            self.reached.set()
            self.let_go.wait(PATIENCE)
            self.take_away("east")


async def test_what_was_written_while_the_wish_changed_is_known(
    tmp_path: Path, drivers: InProcessDrivers
) -> None:
    disk = SlowDisk()
    async with town(tmp_path, drivers, on_step=disk) as it:
        await shop(it)
        disk.held = "authorizationpolicy.allow-back"
        await it.create(INTENT)
        await it.until(disk.reached.is_set)
        narrow = wishes.intracluster("a", "back", "front", ports=[wishes.port(81)])
        await it.update(narrow)
        assert (await explain(it, BasisValue.DESIRED)).verdict.kind is DENIED
        disk.let_go.set()
        await it.quiet()
        assert (await explain(it, BasisValue.DELIVERED)).verdict.kind is ALLOWED
