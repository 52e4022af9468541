"""What goes into one commit of states: a process that is killed after it leaves nothing untold."""

import json

import pytest
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.slices import Origin

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.reconcile.book import StatusBook
from trafficctl_server.reconcile.converging import Situation
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.store.records import LedgerKey, ProgressPut

GROUP = "projects/p/compositeApps/a/compositeAppVersions/v1/deploymentIntentGroups/d/groups/g"
INTENT = f"{GROUP}/inboundIntents/in"
UID = "fc9aedbb-a9a2-5ad2-a0d7-cb878d7ebe00"
MANY = 30
"""More objects than one commit takes of those that changed by themselves."""


class Site:
    """One intent with many objects, all as wished, at a generation that a test moves."""

    def __init__(self) -> None:
        self.generation = 1
        keys = [
            LedgerKey(
                cluster="east",
                key=str(ObjectKey(group="", kind="ConfigMap", namespace="shop", name=f"c{it}")),
            )
            for it in range(MANY)
        ]
        self.entries = {
            it: Entry(
                ledger_key=it,
                scope="namespace:shop",
                desired="same",
                written="same",
                origins=(Origin(intent=INTENT, fields=("destination",)),),
            )
            for it in keys
        }
        self.book = StatusBook(
            lambda _: self.situation(),
            self.entries.get,
            lambda _: (UID, self.generation),
            lambda name, uid: ProgressPut(name=name, uid=uid, progress=b"{}"),
            lambda: 1,
        )

    def situation(self) -> Situation:
        return Situation(
            intent=INTENT,
            uid=UID,
            generation=self.generation,
            accepted_time=1,
            resolution=None,
            entries=list(self.entries.values()),
            busy=frozenset(),
            failing={},
            notices={},
            drivers={},
            settled_at={"east": Convergence.Stage.DELIVERED},
        )

    def say(self, *, short: bool) -> tuple[dict[str, object], list[int]]:
        """Give what the intent says with the next commit, and the generations its objects say."""
        puts, progress, _ = self.book.collect((), short=short)
        said = {it.name: json.loads(it.progress or b"{}") for it in puts}
        said |= {it.name: json.loads(it.progress) for it in progress}
        objects = [it["origins"] for name, it in said.items() if "/objects/" in name]
        return said.get(INTENT, {}), [int(it["generation"]) for (it,) in objects]


@pytest.mark.parametrize("short", [False, True])
def test_all_objects_of_an_intent_say_its_generation_with_the_commit_in_which_it_says_it(
    *, short: bool
) -> None:
    site = Site()
    for generation in (1, 2):
        site.generation = generation
        site.book.touch(INTENT)
        intent, objects = site.say(short=short)
        assert intent["observed_generation"] == generation
        assert objects == [generation] * MANY
    assert not site.book.waiting
