"""What intents mean for one call, said straight from the wishes and what runs where.

This is the definition that renderings are held against. It knows no scope, no slice and no object,
and shares nothing with what compiles and renders but the SDK's model.

- Who calls is an account of a namespace of a trust domain; whoever proves none is nobody.
- A name leads to places: a local name to the Service of the caller's own cluster, a global one to
  every cluster that serves the port over clusters, a name outside to the host itself.
- A place in a governed namespace admits what some ALLOW matches and no DENY, over all intents that
  serve there; what waits serves nothing and grants nothing. Elsewhere everybody is admitted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from trafficctl_sdk.explain import ExplainRequest
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule, ExternalCaller, HttpOperation, PathMatch
from trafficctl_sdk.model.cluster import Cluster, SparedCaller
from trafficctl_sdk.model.workload import Workload

from tests.fakes.wishes import ALLOW_ALL
from tests.property import inventory
from tests.property.inventory import Site
from tests.property.meaning import ANY_IDENTITY, ANYONE, CallerHere, Meaning, Mode
from tests.property.oracle_rules import admitted, below


class Place(NamedTuple):
    """Where a call may land; ``port`` is of the pods, or of the host outside."""

    cluster: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Word:
    """What intents say of one call.

    :ivar places: where it may land, and whether it is admitted there; none: it leads nowhere.
    :ivar certain: no if nothing in the mesh could hold it back, or tell it from what is allowed.
    """

    places: Mapping[Place, bool]
    certain: bool = True

    @property
    def allowed(self) -> bool:
        return bool(self.places) and all(self.places.values())


_NOWHERE = Word({})


class Oracle:
    """Says what is allowed in one world."""

    def __init__(
        self,
        clusters: Sequence[Cluster],
        workloads: Sequence[Workload],
        intents: Sequence[ConnectivityIntent],
    ) -> None:
        self._means = Meaning(clusters, workloads, intents)
        self._workloads = tuple(workloads)

    def says(self, call: ExplainRequest) -> Word:
        if not call.cluster:
            return self._from_outside(call)
        for it in self._workloads:
            if it.ports and call.host in inventory.local_names(it, call.namespace):
                return self._local(call, it)
        for it in self._workloads:
            if call.host == self.global_name(it, call.cluster):
                return self._global(call, it) if call.in_mesh else _NOWHERE
        # Without a proxy nothing in the mesh could hold it back.
        return self._to_outside(call) if call.in_mesh else Word({}, certain=False)

    def says_at(self, workload: Workload, cluster: str, port: int, call: ExplainRequest) -> Word:
        """Say what becomes of a caller who brings himself to a service's east-west gateway."""
        key = inventory.destination(workload)
        called = any(it.may_something for it in self._means.callers[key])
        site = inventory.site(workload, cluster, port)
        if site is None or not called or cluster not in self._means.serving(workload):
            return _NOWHERE
        # He brings mutual TLS, which such a port does not speak.
        speaks = self._mode(site) is not Mode.DISABLED
        return Word({_place(site): speaks and self._admits(site, call, self._identity(call))})

    def goes_over_clusters(self, call: ExplainRequest) -> bool:
        """Say whether a call is made by a global name."""
        return bool(call.cluster) and any(
            call.host == self.global_name(it, call.cluster) for it in self._workloads
        )

    def wants_mutual_tls(self, call: ExplainRequest) -> bool:
        """Say whether a local call goes where plaintext is to stay out, whoever sends it."""
        for it in self._workloads:
            if it.ports and call.host in inventory.local_names(it, call.namespace):
                site = inventory.site(it, call.cluster, call.port)
                return site is not None and self._mode(site) is Mode.STRICT
        return False

    def global_name(self, workload: Workload, cluster: str) -> str:
        """Give the name by which a workload is called over clusters."""
        suffix = inventory.suffix(self._means.clusters[cluster])
        return f"{self._means.prefix(workload)}.{workload.namespace}.{suffix}"

    def _local(self, call: ExplainRequest, workload: Workload) -> Word:
        site = inventory.site(workload, call.cluster, call.port)
        if site is None:
            return _NOWHERE
        mode = self._mode(site)
        who = self._identity(call) if call.in_mesh and mode is not Mode.DISABLED else ANYONE
        if not who and mode is Mode.STRICT:
            return Word({_place(site): False})
        return Word({_place(site): self._admits(site, call, who)})

    def _global(self, call: ExplainRequest, workload: Workload) -> Word:
        key = inventory.destination(workload)
        here = [
            it for it in self._means.callers[key] if it.cluster == call.cluster and it.may_something
        ]
        if not any(it.namespace in ("*", call.namespace) for it in here):
            return _NOWHERE
        sites = [
            inventory.site(workload, cluster, call.port)
            for cluster, ports in self._means.serving(workload).items()
            if call.port in ports
        ]
        who = self._identity(call)
        places = {_place(it): self._admits(it, call, who) for it in sites if it is not None}
        # Pods that are no callers themselves, but run as one that leaves by a gateway, have no way.
        listed = any(_is_pod(it, call) for it in here)
        return Word(places, certain=listed or not any(it.through_gateway for it in here))

    def _from_outside(self, call: ExplainRequest) -> Word:
        cluster = call.entrance.partition("/")[0]
        ways = [
            it
            for it in self._means.exposed[call.entrance, call.host, call.port]
            if not call.method or below(it.prefix, call.path)
        ]
        if not ways:
            return _NOWHERE
        way = max(ways, key=lambda it: len(it.prefix.rstrip("/")))
        if way.reads_requests is not bool(call.method):
            return Word({}, certain=False)  # what is no call of its kind
        site = inventory.site(way.workload, cluster, way.service_port)
        assert site is not None
        return Word({_place(site): self._admits(site, call, call.entrance)})

    def _to_outside(self, call: ExplainRequest) -> Word:
        key = (call.cluster, call.namespace, call.host, call.port)
        callers = self._means.outside.get(key, [])
        if not callers:
            return _NOWHERE
        if not any(it.may_something for it in callers):
            return _NOWHERE
        place = Place("", call.host, call.port)
        pods = [it for it in callers if _is_pod(it, call)]
        own = [it for it in pods if it.through_gateway]
        if any(it.may_something for it in own):
            who = self._identity(call)
            rules = [rule for it in own if _is(it.who, who) for rule in it.rules]
            return Word({place: admitted(rules, call, self._means.issuers)})
        # A pod's own proxy is no boundary: everybody of the namespace gets out, unless callers have
        # to take a gateway. What such a proxy is not to let out it may let out all the same.
        listed = any(it.may_something for it in pods)
        gateways = any(it.through_gateway and it.may_something for it in callers)
        return Word({place: listed or not gateways}, certain=not own and (listed or not gateways))

    def _admits(self, site: Site, call: ExplainRequest, who: str) -> bool:
        here = self._means.clusters[site.cluster]
        if not inventory.is_governed(here, site.namespace):
            return True
        entry = inventory.entry(here, site.namespace)
        spared = entry.spared_callers if entry is not None else ()
        granted = self._means.granted.get(site, [])
        rules = [it.rule for it in granted if _is(it.who, who) and self._shows(call, it.outside)]
        rules += [
            _rule(it)
            for it in spared
            if site.target in it.workload_ports and _is(_spared(it, here), who)
        ]
        return admitted(rules, call, self._means.issuers)

    def _shows(self, call: ExplainRequest, asked: ExternalCaller | None) -> bool:
        """Say whether a client outside shows what is asked of it: an address, a token."""
        if asked is None:
            return True
        ranges = [ip_network(it) for it in asked.source_ranges]
        address = ip_address(call.source_address) if call.source_address else None
        issuer = self._means.issuers.get(asked.jwt_provider)
        return (not ranges or any(address in it for it in ranges if address is not None)) and (
            not asked.jwt_provider or any(it.issuer == issuer for it in call.claims)
        )

    def _mode(self, site: Site) -> Mode:
        """Give what pods accept on a port; plaintext too where nobody says, or one is spared."""
        mode = self._means.modes.get(site, Mode.PERMISSIVE)
        entry = inventory.entry(self._means.clusters[site.cluster], site.namespace)
        plain = [it for it in entry.spared_callers if not it.namespace] if entry is not None else []
        spared = any(site.target in it.workload_ports for it in plain)
        governed = inventory.is_governed(self._means.clusters[site.cluster], site.namespace)
        return Mode.PERMISSIVE if mode is Mode.STRICT and governed and spared else mode

    def _identity(self, call: ExplainRequest) -> str:
        domain = inventory.domain(self._means.clusters[call.cluster])
        return f"{domain}/ns/{call.namespace}/sa/{call.service_account}"


def _place(site: Site) -> Place:
    host = f"{site.service}.{site.namespace}.svc.cluster.local"
    return Place(site.cluster, host, site.target)


def _is_pod(caller: CallerHere, call: ExplainRequest) -> bool:
    return (
        caller.namespace in ("*", call.namespace)
        and caller.labels.items() <= call.pod_labels.items()
    )


def _is(pattern: str, who: str) -> bool:
    """Say whether a granted identity is the caller's; who comes from outside has none."""
    if pattern == ANY_IDENTITY:
        return "/ns/" in who
    if pattern.endswith("/sa/*"):
        return who.startswith(pattern.removesuffix("*"))
    return pattern in (ANYONE, who)


def _spared(caller: SparedCaller, cluster: Cluster) -> str:
    if not caller.namespace:
        return ANYONE
    account = caller.service_account or "*"
    return f"{inventory.domain(cluster)}/ns/{caller.namespace}/sa/{account}"


def _rule(caller: SparedCaller) -> AccessRule:
    if not caller.paths:
        return ALLOW_ALL
    paths = tuple(PathMatch(exact=it) for it in caller.paths)
    return replace(ALLOW_ALL, all_requests=None, http=HttpOperation(methods=("*",), paths=paths))
