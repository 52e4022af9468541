"""The world: every cluster, workload and intent, indexed by what they touch.

It is told of each change in the order of the store's revisions and answers which scopes the
change touches; it decides nothing. Told the same things, it gives the same answers: it can be
thrown away and rebuilt from the store.
"""

import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.workload import Workload
from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.addresses import address_keys
from trafficctl_server.compile.branches import Branch, Trunk
from trafficctl_server.compile.facts import HOME_NAMESPACE, is_scoped
from trafficctl_server.compile.footprint import NOWHERE, Footprint, References
from trafficctl_server.compile.grounds import Admission, InForce, admit_all, nothing_in_force
from trafficctl_server.compile.inventory import Place, places_of
from trafficctl_server.compile.memo import Memo
from trafficctl_server.compile.name_index import NameIndex
from trafficctl_server.compile.names import WorkloadId, last_id
from trafficctl_server.compile.openings import Door, ExposedHosts, doors_of
from trafficctl_server.compile.pod_labels import taking_along
from trafficctl_server.compile.reference_index import ReferenceIndex
from trafficctl_server.compile.references import ANY_CLUSTER
from trafficctl_server.compile.shelf import Shelf, unreadable
from trafficctl_server.compile.touching import governed_scopes, namespace, outer_name, scopes_of
from trafficctl_server.compile.workload_index import WorkloadIndex, workload_id


class World:
    """What is wished and what is known, at one revision.

    :ivar scoped: by cluster, the namespaces that may call what intents declare and nothing else.
    :ivar in_force: what was rendered and not taken back, which :meth:`stands` asks; to be given
        before the world is told anything.
    :ivar memo: what was worked out since it was told of a change last.
    :ivar inventory_memo: what was worked out since it was told of a workload or a cluster last,
        of what rests on these alone and on intents that are named with it.
    :ivar addresses: virtual addresses by the key that they were allocated for.
    :ivar reserved: by such a key, the plans that may need it.
    :ivar unneeded: keys whose last intent went; see :meth:`needs_address`.
    :ivar unkept: names of the intents whose footprint came up, or became another, since it was
        kept last; who keeps it takes them out.
    :ivar restated: names of the intents that other things' changes may have changed the standing
        of, whether they touch a scope or not; who looks at them takes them out.
    """

    def __init__(self, admission: Admission = admit_all) -> None:
        self.admission = admission
        self.memo = Memo()
        self.inventory_memo = Memo()
        self.in_force: InForce = nothing_in_force
        self.clusters: dict[str, Cluster] = {}
        self.scoped: dict[str, frozenset[str]] = {}
        self.workloads: Branch[str, Workload] = Trunk()
        self.intents = Shelf(unreadable)
        self.addresses: Branch[str, str] = Trunk()
        self.reserved: NameIndex[str] = NameIndex()
        self.unneeded: set[str] = set()
        self.unkept: dict[str, None] = {}
        self.restated: set[str] = set()
        self._by_address: NameIndex[str] = NameIndex()
        self._footprints: Branch[str, Footprint] = Trunk()
        self._scopes: dict[Scope, Scope] = {}  # each once, for all that touch it
        self._by_scope: NameIndex[Scope] = NameIndex()
        self._referring = ReferenceIndex()
        self._by_outer: NameIndex[str] = NameIndex()
        self._exposed = ExposedHosts()
        self._at_door: NameIndex[Door] = NameIndex()
        self._running = WorkloadIndex()

    def fork(self, admission: Admission) -> "World":
        """Give an independent world that is the same now; neither sees what the other is told.

        Costs nothing but what either is told while both are there. What only the live world gives
        back is not in it: ``reserved``, ``unneeded``, ``unkept`` and ``restated``.

        :param admission: of the new world; answers about what may never be are not to be kept.
        """
        other = World(admission)
        other.in_force = self.in_force
        for name in _COPIED:
            setattr(other, name, getattr(self, name).copy())
        for name in _FORKED:
            setattr(other, name, getattr(self, name).fork())
        return other

    def stands(self, intent: str, cluster: str, kind: ScopeKind, field: str) -> bool:
        """Say whether a field of an intent is in force in a cluster, in a scope of a kind.

        It follows from more than the world, so no memo rests on it.
        """
        self.memo.doubt()
        self.inventory_memo.doubt()
        return self.in_force(intent, cluster, self.clusters.get(cluster), kind, field)

    # What deciding asks.

    def intents_in(self, scope: Scope) -> list[ConnectivityIntent]:
        """Give the intents that touch a scope, sorted by name."""
        return [self.intents[name] for name in self.names_in(scope)]

    def names_in(self, scope: Scope) -> list[str]:
        """Give the names of the intents that touch a scope, sorted."""
        return sorted(self._by_scope.get(scope))

    def scopes_of_intent(self, name: str) -> frozenset[Scope]:
        """Give the scopes that an intent touches now."""
        return frozenset(self.footprint(name).scopes)

    def footprint(self, intent: str) -> Footprint:
        """Give what an intent touches, as it was found last."""
        return self._footprints.get(intent, NOWHERE)

    def versions_of(self, workload: WorkloadId) -> list[Workload]:
        """Give all versions of a workload that are known, sorted by name."""
        return [self.workloads[name] for name in sorted(self._running.versions.get(workload))]

    def workloads_serving(self, destination: str) -> list[Workload]:
        """Give the workloads behind ``<namespace>/<service>``, sorted by name."""
        return [self.workloads[name] for name in sorted(self._running.serving.get(destination))]

    def shares_account(self, place: Place) -> bool:
        """Say whether another workload runs under a place's account too."""
        return len(self._running.accounts.get((place.cluster, place.namespace, place.account))) > 1

    def workloads_beside(self, cluster: str, namespace: str) -> list[Workload]:
        """Give the workloads of a namespace that run in a cluster, sorted by name."""
        return [
            self.workloads[name]
            for name in sorted(self._running.together.get((cluster, namespace)))
        ]

    def workloads_under(self, cluster: str, namespace: str, account: str) -> list[Workload]:
        """Give the workloads that run under an account in a cluster, sorted by name."""
        names = self._running.accounts.get((cluster, namespace, account))
        return [self.workloads[name] for name in sorted(names)]

    def destinations_called(self, namespace: str, label: str) -> list[str]:
        """Give the destinations whose outer name begins with a label, or may do so, sorted."""
        outer = f"{namespace}/{label}"
        called = {it.key for it in self._sharing(outer)}
        return sorted(called | ({outer} if outer in self._running.serving else set()))

    def exposed_beside(self, host: str) -> list[tuple[str, InboundIntent]]:
        """Give the intents about other hosts that share names with one, each with its host."""
        return [
            (other, it)
            for other in self._exposed.overlapping(host)
            for it in self.intents_in(Scope(kind=ScopeKind.EXPOSED_HOST, key=other))
            if isinstance(it, InboundIntent)
        ]

    def intents_at(self, door: Door) -> list[InboundIntent]:
        """Give the intents that open a port of an ingress gateway, sorted by name."""
        found = (self.intents[name] for name in sorted(self._at_door.get(door)))
        return [it for it in found if isinstance(it, InboundIntent)]

    def intents_referring_to(self, workload: str) -> Collection[str]:
        """Give the names of the intents that name a workload, as server or as caller."""
        return frozenset(self.intents_naming(workload_id(workload)))

    def intents_naming(self, workload: WorkloadId) -> Collection[str]:
        """Give the same for all versions of a workload."""
        return self._referring.workloads.get(workload)

    def is_addressed(self, key: str) -> bool:
        """Say whether any intent needs the virtual address of a key."""
        return key in self._by_address

    def needs_address(self, key: str) -> bool:
        """Say whether any intent needs the virtual address of a key, or a plan reserves it."""
        return key in self._by_address or key in self.reserved

    # What it is told; each answers the scopes touched.

    def put_intent(self, intent: ConnectivityIntent, packed: bytes = b"") -> set[Scope]:
        """Take a new or changed intent, with the bytes that it can be read from, if any."""
        touched = self.drop_intent(intent.name)
        self.unkept[intent.name] = None
        return self._meeting(touched | self._take_in(intent, packed))

    def recall_intent(
        self, name: str, packed: bytes, found: Footprint, refers_to: References
    ) -> None:
        """Take an intent that is new here, with what was found of it when it was known last."""
        self.memo.forget()
        self.intents.recall(name, packed)
        self._referring.recall(name, refers_to)
        self._enter(name, found)

    def drop_intent(self, name: str) -> set[Scope]:
        """Forget an intent."""
        intent = self.intents.get(name)
        self.unkept.pop(name, None)
        return self._meeting(self._let_go(intent)) if intent is not None else set()

    @contextmanager
    def trying(self, intent: ConnectivityIntent) -> Iterator[None]:
        """Hold an intent, new or changed, for as long as a block lasts; nothing is touched."""
        before, packed = self.intents.get(intent.name), self.intents.packed(intent.name)
        if before is not None:
            self._let_go(before)
        self._take_in(intent)
        self.memo.forget()
        try:
            yield
        finally:
            self._let_go(intent)
            if before is not None:
                self._take_in(before, packed)
            self.memo.forget()

    def put_workload(self, workload: Workload) -> set[Scope]:
        """Take a new or changed workload."""
        self._inventory_changes()
        before = self._forget_workload(workload.name)
        self.workloads[workload.name] = workload
        self._running.add(workload)
        return self._reindex(self._concerned(before, workload))

    def drop_workload(self, name: str) -> set[Scope]:
        """Forget a workload; its intents stay and wait."""
        self._inventory_changes()
        before = self._forget_workload(name)
        return self._reindex(self._concerned(before)) if before is not None else set()

    def put_cluster(self, cluster: Cluster) -> set[Scope]:
        """Take a new or changed cluster."""
        return self._move_cluster(last_id(cluster.name), cluster)

    def drop_cluster(self, cluster: str) -> set[Scope]:
        """Forget a cluster, by its id."""
        return self._move_cluster(cluster, None)

    def all_scopes(self) -> set[Scope]:
        """Give every scope there is, for a start from nothing."""
        scopes = {scope for scope, names in self._by_scope.items() if names}
        return scopes.union(*(governed_scopes(it) for it in self.clusters.values()))

    # Index.

    def _inventory_changes(self) -> None:
        self.memo.forget()
        self.inventory_memo.forget()

    def _move_cluster(self, cluster: str, now: Cluster | None) -> set[Scope]:
        self._inventory_changes()
        before = self.clusters.pop(cluster, None)
        self.scoped.pop(cluster, None)
        if now is not None:
            self.clusters[cluster] = now
            scoped = frozenset(it.namespace for it in now.governed_namespaces if is_scoped(it))
            if scoped:
                self.scoped[cluster] = scoped
        touched = {s for it in (before, now) if it is not None for s in governed_scopes(it)}
        touched.add(namespace(HOME_NAMESPACE))  # it carries the facts of the cluster's mesh
        concerned = {
            name
            for workload in self._running.placed.get(cluster)
            for name in self._referring.workloads.get(workload_id(workload))
        }
        concerned.update(*map(self._referring.clusters.get, (cluster, ANY_CLUSTER)))
        return touched | self._reindex(concerned)

    def _concerned(self, *versions: Workload | None) -> set[str]:
        """Intents that name a workload, or one that cannot be told from it."""
        workloads = {it.name for it in versions if it is not None}
        for it in versions:
            for place in places_of(it) if it is not None else ():
                account = (place.cluster, place.namespace, place.account)
                workloads.update(self._running.accounts.get(account))
                workloads.update(other.name for other in taking_along(place, self))
        return {name for it in workloads for name in self._referring.workloads.get(workload_id(it))}

    def _take_in(self, intent: ConnectivityIntent, packed: bytes = b"") -> set[Scope]:
        self.intents.put(intent, packed)
        self._referring.add(intent)
        return self._index(intent.name)

    def _let_go(self, intent: ConnectivityIntent) -> set[Scope]:
        self.intents.drop(intent.name)
        self._referring.discard(intent)
        return self._unindex(intent.name)

    def _reindex(self, names: Iterable[str]) -> set[Scope]:
        touched: set[Scope] = set()
        for name in names:
            self.restated.add(name)
            before = self.footprint(name)
            touched |= self._unindex(name)
            touched |= self._index(name)
            if self.footprint(name) != before:
                self.unkept[name] = None
        return self._meeting(touched)

    def _meeting(self, touched: set[Scope]) -> set[Scope]:
        """Add what rests on the destinations in touched scopes, as all intents describe them."""
        for scope in [it for it in touched if it.kind is ScopeKind.WORKLOAD]:
            for name in self._by_scope.get(scope):
                touched.update(self._footprints[name].scopes)
                self.restated.add(name)
        self.memo.forget()  # what was asked while only some indexes were right
        return touched

    def _index(self, name: str) -> set[Scope]:
        found = self._footprint(self.intents[name])
        self._enter(name, found)
        return self._around(found)

    def _enter(self, name: str, found: Footprint) -> None:
        self._footprints[name] = found
        for scope in found.scopes:
            self._by_scope.add(scope, name)
            if scope.kind is ScopeKind.EXPOSED_HOST:
                self._exposed.add(scope.key)
        if found.outer:
            self._by_outer.add(found.outer, name)
        for door in found.doors:
            self._at_door.add(door, name)
        for key in found.keys:
            self._by_address.add(key, name)

    def _unindex(self, name: str) -> set[Scope]:
        found = self._footprints.pop(name, NOWHERE)
        around = self._around(found)
        for scope in found.scopes:
            self._by_scope.discard(scope, name)
            if scope not in self._by_scope:
                self._scopes.pop(scope, None)
                if scope.kind is ScopeKind.EXPOSED_HOST:
                    self._exposed.remove(scope.key)
        if found.outer:
            self._by_outer.discard(found.outer, name)
        for door in found.doors:
            self._at_door.discard(door, name)
        for key in found.keys:
            self._by_address.discard(key, name)
            if key not in self._by_address:
                self.unneeded.add(key)
        return around

    def _footprint(self, intent: ConnectivityIntent) -> Footprint:
        opened = doors_of(intent, self) if isinstance(intent, InboundIntent) else ()
        doubts = self.memo.doubts
        found = Footprint(
            scopes=tuple(map(self.one, dict.fromkeys(scopes_of(intent, self)))),
            outer=sys.intern(outer_name(intent, self)),
            doors=tuple(dict.fromkeys(door for door, _ in opened)),
            keys=tuple(sys.intern(it) for it in dict.fromkeys(address_keys(intent, self))),
        )
        return found if self.memo.doubts == doubts else replace(found, lasting=False)

    def one(self, scope: Scope) -> Scope:
        """Give the one object that stands for all scopes that are equal to one."""
        return self._scopes.setdefault(scope, scope)

    def _around(self, found: Footprint) -> set[Scope]:
        """Give the scopes of an intent, and those that stand in the way of what it says there."""
        around = set(found.scopes)
        if found.outer:
            around.update(self._sharing(found.outer))
        hosts = {it.key for it in found.scopes if it.kind is ScopeKind.EXPOSED_HOST}
        overlapping = {other for it in hosts for other in self._exposed.overlapping(it)}
        around.update(Scope(kind=ScopeKind.EXPOSED_HOST, key=it) for it in overlapping)
        for name in {it for door in found.doors for it in self._at_door.get(door.otherwise)}:
            scopes = self._footprints.get(name, NOWHERE).scopes
            around.update(it for it in scopes if it.kind is ScopeKind.EXPOSED_HOST)
        return around

    def _sharing(self, outer: str) -> frozenset[Scope]:
        """Give the destinations that may have an outer name: only one of them can."""
        return frozenset(
            scope
            for name in self._by_outer.get(outer)
            for scope in self._footprints.get(name, NOWHERE).scopes
            if scope.kind is ScopeKind.DESTINATION
        )

    def _forget_workload(self, name: str) -> Workload | None:
        workload = self.workloads.pop(name, None)
        if workload is not None:
            self._running.discard(workload)
        return workload


_COPIED: Final = ("clusters", "scoped")
_FORKED: Final = (
    *("workloads", "intents", "addresses", "_footprints", "_by_address", "_by_scope", "_by_outer"),
    *("_referring", "_exposed", "_at_door", "_running"),
)
