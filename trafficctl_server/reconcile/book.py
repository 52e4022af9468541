"""The book of states: what was said last of every intent, group, realization and object."""

from __future__ import annotations

import sys
import uuid
from collections import OrderedDict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import orjson
from trafficctl_sdk.codec import to_json
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.managed_object import ManagedObject

from trafficctl_server.clusters.tree_paths import path_of
from trafficctl_server.compile.names import (
    cluster_name,
    group_of,
    last_id,
    realization_name,
)
from trafficctl_server.intents.bodies import RECONCILING, SCHEMA
from trafficctl_server.intents.kinds import INTENTS, REALIZATION
from trafficctl_server.intents.pages import each_progress
from trafficctl_server.reconcile.converging import (
    ORDER,
    Lasting,
    Situation,
    aggregate,
    counts,
    managed_name,
    object_convergence,
    realizations,
)
from trafficctl_server.reconcile.groups import Group
from trafficctl_server.reconcile.told import Counts, Told, ToldIntent, ToldRealization, is_said
from trafficctl_server.reconcile.told_objects import ToldObjects
from trafficctl_server.store.records import ABSENT, ProgressPut, Put, Remove

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from trafficctl_sdk.model.realization import Realization

    from trafficctl_server.intents.precedence import Precedence
    from trafficctl_server.reconcile.entry import Entry
    from trafficctl_server.store.records import LedgerKey
    from trafficctl_server.store.store import Store

OBJECT: Final = "ManagedObject"
_AT_ONCE: Final = 10
"""So many intents, and so many objects, are looked at for one commit: others need the loop too."""
_FEW: Final = 2
"""So many where somebody waits for the loop."""


class StatusBook:
    """Says what changed, once: equal states are not written again.

    :param situation: gives what an intent's convergence follows from; none: it is gone.
    :param entry: gives the ledger's entry of a key; none: it is gone.
    :param known: gives uid and generation of an intent or cluster.
    :param cluster: gives what a cluster's record says of our work there.
    """

    def __init__(
        self,
        situation: Callable[[str], Situation | None],
        entry: Callable[[LedgerKey], Entry | None],
        known: Callable[[str], tuple[str, int]],
        cluster: Callable[[str, str], ProgressPut],
        clock: Callable[[], int],
    ) -> None:
        self._situation = situation
        self._entry = entry
        self._known = known
        self._cluster = cluster
        self._clock = clock
        self._told: dict[str, bytes] = {}
        self._told_objects = ToldObjects()
        self._counts = Counts()
        self._groups: dict[str, Group] = {}
        self._intents: OrderedDict[str, None] = OrderedDict()
        self._objects: OrderedDict[LedgerKey, Entry] = OrderedDict()
        self._touched_groups: dict[str, None] = {}
        self._clusters: dict[str, None] = {}
        self._cluster_progress: dict[str, tuple[str, bytes]] = {}

    async def start(self, store: Store, precedence: Precedence) -> None:
        """Read what was said last of intents, in all; once, before anything is collected."""
        await each_progress(store, REALIZATION, precedence, self._remember_realization)
        await each_progress(store, OBJECT, precedence, self._remember_object)
        for kind in INTENTS:
            await each_progress(store, kind.name, precedence, self._remember_intent)

    def _remember_object(self, said: tuple[str, str, bytes]) -> None:
        name, uid, progress = said
        self._told_objects.put(last_id(name), Told.of(uid, progress))

    def _remember_realization(self, said: tuple[str, str, bytes]) -> None:
        name, uid, progress = said
        intent = self._of_intent(_intent_of(name))
        lasting = Lasting.read(orjson.loads(progress))
        intent.realizations[last_id(name)] = ToldRealization(Told.of(uid, progress), lasting)
        self._keep(_intent_of(name), intent)

    def _remember_intent(self, said: tuple[str, str, bytes]) -> None:
        name, uid, progress = said
        counted: dict[str, Any] = orjson.loads(progress) if progress else {}
        intent = self._of_intent(name)
        intent.uid, intent.told = uid, Told.of(uid, progress)
        intent.generation = counted.get("observed_generation", 0)
        self._keep(name, intent)
        self._count(name, counted)

    def _of_intent(self, name: str) -> ToldIntent:
        packed = self._told.get(name)
        return ToldIntent() if packed is None else ToldIntent.read(packed)

    def _keep(self, name: str, told: ToldIntent) -> None:
        self._told[sys.intern(name)] = told.packed()

    def touch(self, intent: str) -> None:
        """Look at an intent again at the next commit."""
        self._intents[intent] = None

    def touch_entry(self, entry: Entry) -> None:
        """Look at an object, and at the intents that it concerns, at the next commit."""
        self._objects[entry.ledger_key] = entry
        for intent in entry.intents:
            self._intents[intent] = None

    def touch_cluster(self, cluster: str) -> None:
        """Look at a cluster's record, by its id, at the next commit."""
        self._clusters[cluster] = None

    def group(self, name: str, uid: str, generation: int) -> None:
        """Know a group, as it is now."""
        group = self._groups.setdefault(name, Group())
        group.uid, group.generation = uid, generation
        self._touched_groups[name] = None

    def intents_in(self, group: str) -> int:
        """Say how many intents of a group are known, live or being deleted."""
        return len(self._groups[group].intents) if group in self._groups else 0

    def forget_group(self, name: str) -> None:
        """Know a group no more."""
        self._groups.pop(name, None)
        self._touched_groups.pop(name, None)

    def forget_intent(self, name: str) -> list[Remove]:
        """Know an intent no more; give the records that go with it."""
        self._intents.pop(name, None)
        told = self._of_intent(name)
        self._told.pop(name, None)
        group = self._groups.get(group_of(name))
        if group is not None and group.drop(name):
            self._touched_groups[group_of(name)] = None
        return [
            Remove(name=realization_name(name, it), uid=said.told.uid)
            for it, said in sorted(told.realizations.items())
        ]

    def is_said(self, intent: str, uid: str, generation: int) -> bool:
        """Say whether anything was said of an intent, as it is now."""
        packed = self._told.get(intent)
        return packed is not None and is_said(packed, uid, generation)

    @property
    def at_rest(self) -> bool:
        """Whether nothing is to be looked at."""
        return not (self.waiting or self._touched_groups or self._clusters)

    @property
    def waiting(self) -> bool:
        """Whether there is more to be looked at than one collecting took."""
        return bool(self._intents or self._objects)

    def said(
        self, entries: Iterable[LedgerKey]
    ) -> tuple[list[Put], list[ProgressPut], list[Remove]]:
        """Give what is to be written with entries of the ledger.

        What the ledger says of them becomes durable at once, so what is said of them must too: no
        start looks at objects that are as wished.
        """
        puts: list[Put] = []
        progress: list[ProgressPut] = []
        removes: list[Remove] = []
        self._say_objects(entries, puts, progress, removes)
        return puts, progress, removes

    def collect(
        self, entries: Collection[LedgerKey], *, short: bool = False
    ) -> tuple[list[Put], list[ProgressPut], list[Remove]]:
        """Give what is to be written now, a bounded part of it; see :attr:`waiting`.

        :param entries: of these, all; see :meth:`said`.
        :param short: a small part of it: somebody waits for the loop.
        """
        at_once = _FEW if short else _AT_ONCE
        puts: list[Put] = []
        progress: list[ProgressPut] = []
        removes: list[Remove] = []
        for _ in range(min(at_once, len(self._intents))):
            name, _ = self._intents.popitem(last=False)
            situation = self._situation(name)
            if situation is not None:
                self._intent(situation, puts, progress, removes)
        others = islice((it for it in self._objects if it not in entries), at_once)
        self._say_objects([*entries, *others], puts, progress, removes)
        clusters, self._clusters = self._clusters, {}
        for cluster in clusters:
            progress += self._cluster_says(cluster)
        groups, self._touched_groups = self._touched_groups, {}
        for name in groups:
            progress += self._group(name)
        return puts, progress, removes

    def _say_objects(
        self,
        keys: Iterable[LedgerKey],
        puts: list[Put],
        progress: list[ProgressPut],
        removes: list[Remove],
    ) -> None:
        for key in keys:
            last = self._objects.pop(key, None)
            if last is not None:
                self._object(last, self._entry(key), puts, progress, removes)

    def _intent(
        self,
        it: Situation,
        puts: list[Put],
        progress: list[ProgressPut],
        removes: list[Remove],
    ) -> None:
        told = self._of_intent(it.intent)
        before = {cluster: said.lasting for cluster, said in told.realizations.items()}
        found = realizations(it, before, self._clock())
        for cluster, realization in found.items():
            last = told.realizations.get(cluster)
            now = self._say(
                last.told if last is not None else None,
                realization.name,
                REALIZATION,
                _dump(realization),
                puts=puts,
                progress=progress,
            )
            if last is None or now is not last.told:
                told.realizations[cluster] = ToldRealization(now, Lasting.of(realization))
        for cluster in sorted(told.realizations.keys() - found.keys()):
            name = realization_name(it.intent, cluster)
            removes.append(Remove(name=name, uid=told.realizations.pop(cluster).told.uid))
        states = [_state(realization) for realization in found.values()]
        state = Convergence.State.DELETING if it.leaving else aggregate(states)
        said = {
            "state": str(state),
            "reconciling": it.leaving or any(str(s) in RECONCILING for s in states) or not states,
            "observed_generation": it.generation,
            "counts": to_json(counts(states)),
        }
        written = orjson.dumps(said)
        now = Told.of(it.uid, written)
        if told.told != now:
            told.told = now
            progress.append(ProgressPut(name=it.intent, uid=it.uid, progress=written))
            self._count(it.intent, said)
        if (told.uid, told.generation) != (it.uid, it.generation):
            # Its objects say which generation they come from, also where it left them as they were,
            # and with the same commit: no start looks at objects of an intent that was said.
            told.uid, told.generation = it.uid, it.generation
            own = {entry.ledger_key: entry for entry in it.entries}
            self._objects.update(own)
            self._say_objects(own, puts, progress, removes)
        self._keep(it.intent, told)

    def _object(
        self,
        last: Entry,
        now: Entry | None,
        puts: list[Put],
        progress: list[ProgressPut],
        removes: list[Remove],
    ) -> None:
        name = managed_name(last)
        told = self._told_objects.get(last_id(name))
        if now is not None:
            said = _dump(_managed(now, self._known))
            after = self._say(told, name, OBJECT, said, puts=puts, progress=progress)
            self._told_objects.put(last_id(name), after)
        elif told is not None:
            self._told_objects.drop(last_id(name))
            removes.append(Remove(name=name, uid=told.uid))

    def _say(
        self,
        last: Told | None,
        name: str,
        kind: str,
        said: bytes,
        *,
        puts: list[Put],
        progress: list[ProgressPut],
    ) -> Told:
        """Have a record say something; gives what is told then, the same object where it was."""
        if last is None:
            uid, now = str(uuid.uuid4()), self._clock()
            puts.append(
                Put(
                    name=name,
                    kind=kind,
                    uid=uid,
                    etag="",
                    generation=1,
                    create_time=now,
                    update_time=now,
                    body=b"{}",
                    progress=said,
                    expect=ABSENT,
                    schema=SCHEMA,
                )
            )
            return Told.of(uid, said)
        told = Told.of(last.uid, said)
        if told == last:
            return last
        progress.append(ProgressPut(name=name, uid=last.uid, progress=said))
        return told

    def _count(self, intent: str, said: dict[str, Any]) -> None:
        group = self._groups.setdefault(group_of(intent), Group())
        state = sys.intern(said.get("state", "PROGRESSING"))
        group.put(sys.intern(intent), self._counts.of(state, said.get("counts", {})))
        self._touched_groups[group_of(intent)] = None

    def _cluster_says(self, cluster: str) -> Iterable[ProgressPut]:
        uid, _ = self._known(cluster_name(cluster))
        said = self._cluster(cluster, uid)
        if uid and self._cluster_progress.get(cluster) != (uid, said.progress):
            self._cluster_progress[cluster] = (uid, said.progress)
            yield said

    def _group(self, name: str) -> Iterable[ProgressPut]:
        group = self._groups.get(name)
        if group is None or not group.uid:
            return
        states = {Convergence.State(state) for state, count in group.states.items() if count}
        state = next((it for it in ORDER if it in states), Convergence.State.SETTLED)
        said = {
            "state": str(state),
            "reconciling": any(str(it) in RECONCILING for it in states),
            "observed_generation": group.generation,
            "counts": {it: count for it, count in sorted(group.total.items()) if count},
        }
        yield ProgressPut(name=name, uid=group.uid, progress=orjson.dumps(said))


def _managed(entry: Entry, known: Callable[[str], tuple[str, int]]) -> ManagedObject:
    origins = ((it, *known(it.intent)) for it in entry.origins)
    return ManagedObject(
        name=managed_name(entry),
        file=ManagedObject.File(path=f"{entry.cluster}/{path_of(entry.key)}"),
        desired_digest=entry.desired,
        observed_digest=entry.written,
        origins=tuple(
            ManagedObject.Origin(intent=it.intent, uid=uid, generation=generation, fields=it.fields)
            for it, uid, generation in origins
        ),
        convergence=object_convergence(entry),
        trace_id=entry.trace_id,
    )


def _dump(said: Realization | ManagedObject) -> bytes:
    return orjson.dumps(to_json(said), option=orjson.OPT_SORT_KEYS)


def _state(realization: Realization) -> Convergence.State:
    convergence = realization.convergence
    if convergence is None or convergence.state is None:
        return Convergence.State.PROGRESSING
    return convergence.state


def _intent_of(realization: str) -> str:
    return realization.rsplit("/", 2)[0]
