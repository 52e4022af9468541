"""Intents read one by one: where they are served, who calls, what they grant."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule, AnyClient, Caller, ExternalCaller
from trafficctl_sdk.model.cluster import Cluster, Gateway
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.model.workload import Workload

from tests.fakes.wishes import ALLOW_ALL
from tests.property import inventory
from tests.property.inventory import Site
from tests.property.oracle_rules import selects

Serving: TypeAlias = InterclusterIntent | IntraclusterIntent | InboundIntent
Mode = MutualTls.Mode
ANYONE = ""
"""Whoever calls, without an identity too."""
ANY_IDENTITY = "*"
_DEFAULT_PORTS = {Protocol.Value.HTTP: 80, Protocol.Value.HTTPS: 443, Protocol.Value.TLS: 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerHere:
    """A caller of one intent in one cluster.

    :ivar namespace: ``*``: any.
    :ivar who: ``<trust domain>/ns/<namespace>/sa/<account or *>``, or one of the two above.
    """

    cluster: str
    namespace: str
    labels: Mapping[str, str]
    who: str
    rules: tuple[AccessRule, ...]
    through_gateway: bool

    @property
    def may_something(self) -> bool:
        return any(it.action is AccessRule.Action.ALLOW for it in self.rules)


class Grant(NamedTuple):
    """What somebody may or may not do at a site.

    :ivar who: as of a caller; who comes in by an ingress gateway is called by it,
        ``<cluster>/<gateway>``.
    :ivar outside: what such a client must show besides.
    """

    who: str
    rule: AccessRule
    outside: ExternalCaller | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed:
    """One path of a port of an ingress gateway, and the port of a Service that it leads to."""

    prefix: str
    workload: Workload
    service_port: int
    reads_requests: bool


class Meaning:
    """What all intents of one world mean together; what waits means nothing.

    :ivar issuers: of tokens, by the ids of their providers.
    :ivar modes: of the sites that some intent serves.
    :ivar over_clusters: by destination and cluster, the Service ports that it serves to others.
    :ivar callers: by destination, who may call it over clusters.
    :ivar exposed: by ingress gateway, host and port.
    :ivar outside: by calling cluster and namespace, host and port.
    """

    def __init__(
        self,
        clusters: Sequence[Cluster],
        workloads: Sequence[Workload],
        intents: Sequence[ConnectivityIntent],
    ) -> None:
        self.clusters = {inventory.last(it.name): it for it in clusters}
        self.workloads = {it.name: it for it in workloads}
        self.issuers = {
            provider.id: provider.issuer
            for it in intents
            if not isinstance(it, OutboundIntent)
            for provider in it.jwt_providers
        }
        self.granted: defaultdict[Site, list[Grant]] = defaultdict(list)
        self.modes: dict[Site, Mode] = {}
        self.over_clusters: defaultdict[str, defaultdict[str, set[int]]]
        self.over_clusters = defaultdict(lambda: defaultdict(set))
        self.callers: defaultdict[str, list[CallerHere]] = defaultdict(list)
        self.exposed: defaultdict[tuple[str, str, int], list[Exposed]] = defaultdict(list)
        self.outside: defaultdict[tuple[str, str, str, int], list[CallerHere]]
        self.outside = defaultdict(list)
        self._about: defaultdict[str, list[Serving]] = defaultdict(list)
        served = [(it, self._served(it)) for it in intents]
        for intent, workload in served:
            if workload is not None and not isinstance(intent, OutboundIntent):
                self._about[inventory.destination(workload)].append(intent)
        for intent, workload in served:
            if isinstance(intent, OutboundIntent):
                self._open_outside(intent)
            elif workload is not None:
                self._open(intent, workload)

    def serving(self, workload: Workload) -> dict[str, set[int]]:
        """Give the clusters to which a destination's global name leads, with their Service ports.

        One name leads to one set of clusters: those that serve all its ports, if any does.
        """
        found = self.over_clusters[inventory.destination(workload)]
        ports = set().union(*found.values())
        whole = {cluster: here for cluster, here in found.items() if here == ports}
        return whole or dict(found)

    def prefix(self, workload: Workload) -> str:
        """Give the first label of a destination's global name."""
        stated = [
            it.external_prefix
            for it in self._about[inventory.destination(workload)]
            if isinstance(it, InterclusterIntent) and it.external_prefix
        ]
        return stated[0] if stated else inventory.service(workload)

    def _served(self, intent: ConnectivityIntent) -> Workload | None:
        if isinstance(intent, OutboundIntent) or intent.destination is None:
            return None
        bundle = intent.name.split("/trafficIntentGroups/", maxsplit=1)[0]
        return self.workloads.get(f"{bundle}/workloads/{intent.destination.workload}")

    def _open(self, intent: Serving, workload: Workload) -> None:
        serving = [it for it in inventory.placed(workload) if self._serves(intent, workload, it)]
        callers = self._meeting(intent, serving)
        key = inventory.destination(workload)
        for cluster in serving:
            granted = list(self._granted(intent, cluster, callers))
            if not granted:
                continue  # nobody calls it there
            for port in _ports(intent):
                at = inventory.site(workload, cluster, port)
                assert at is not None
                self.modes[at] = self._mode(key, port, cluster)
                self.granted[at] += granted
                if isinstance(intent, InterclusterIntent):
                    self.over_clusters[key][cluster].add(port)
            if isinstance(intent, InboundIntent):
                self._expose(intent, workload, cluster)
        if isinstance(intent, InterclusterIntent):
            self.callers[key] += callers

    def _granted(
        self, intent: Serving, cluster: str, callers: Sequence[CallerHere]
    ) -> Iterator[Grant]:
        if isinstance(intent, InboundIntent):
            entrance = self._entrance(intent, cluster)
            for caller in intent.callers if self._hosts(intent, cluster) else ():
                yield from (Grant(entrance, rule, caller.external) for rule in caller.access)
            return
        for it in callers:
            if isinstance(intent, InterclusterIntent) or it.cluster == cluster:
                yield from (Grant(it.who, rule) for rule in it.rules)

    # Where an intent serves.

    def _serves(self, intent: Serving, workload: Workload, cluster: str) -> bool:
        here = self.clusters.get(cluster)
        if here is None or here.service_mesh != "istio":
            return False
        namespace, key = workload.namespace, inventory.destination(workload)
        chosen = intent.clusters
        if isinstance(intent, InterclusterIntent):  # callers share the serving clusters
            alike = [it for it in self._about[key] if isinstance(it, InterclusterIntent)]
            chosen = next((it.clusters for it in alike if it.clusters is not None), None)
        return (
            selects(chosen, cluster, here.labels)
            and inventory.is_given(here, namespace, intent.name)
            and (inventory.is_governed(here, namespace) or self._is_open(intent, key, cluster))
            and all(inventory.site(workload, cluster, it) for it in _ports(intent))
            and self._has_way_in(intent, here)
        )

    def _is_open(self, intent: Serving, key: str, cluster: str) -> bool:
        """Say whether an intent admits everybody to everything: that it may without governing."""
        strict = any(self._mode(key, it, cluster) is Mode.STRICT for it in _ports(intent))
        # A token that none of an intent's providers issued would be refused.
        return (
            not strict
            and not intent.jwt_providers
            and any(
                _is_anyone(it) and all(rule == ALLOW_ALL for rule in it.access)
                for it in intent.callers
            )
        )

    def _has_way_in(self, intent: Serving, here: Cluster) -> bool:
        if isinstance(intent, InterclusterIntent):
            return inventory.gateway(here, Gateway.Role.EAST_WEST) is not None
        if isinstance(intent, InboundIntent):
            gateway = inventory.gateway(here, Gateway.Role.INGRESS, intent.gateway)
            ports = {it.port for it in gateway.ports} if gateway is not None else set()
            return gateway is not None and {it.port for it in intent.listeners} <= ports
        return True

    def _mode(self, key: str, port: int, cluster: str) -> Mode:
        """Give the mode of a Service port: of an exception for the cluster, else as stated."""
        about = [it for it in self._about[key] if port in _ports(it)]
        exceptions = [
            other.mutual_tls
            for it in about
            for other in it.overrides
            if f"clusters/{cluster}" in other.clusters
        ]
        stated = [*exceptions, *(it.mutual_tls for it in about)]
        return next((it.mode for it in stated if it is not None and it.mode), Mode.STRICT)

    def _hosts(self, intent: InboundIntent, cluster: str) -> list[str]:
        outer = self.clusters[cluster].external_domain
        return [
            it.fqdn or f"{it.prefix}.{outer}"
            for it in intent.exposed_hosts
            if it.fqdn is not None or outer
        ]

    def _entrance(self, intent: InboundIntent, cluster: str) -> str:
        gateway = inventory.gateway(self.clusters[cluster], Gateway.Role.INGRESS, intent.gateway)
        return f"{cluster}/{gateway.id}" if gateway is not None else ""

    def _expose(self, intent: InboundIntent, workload: Workload, cluster: str) -> None:
        for host in self._hosts(intent, cluster):
            for it in intent.listeners:
                way = Exposed(
                    prefix=intent.path_prefix or "/",
                    workload=workload,
                    service_port=it.service_port,
                    reads_requests=it.protocol is not Protocol.Value.TLS,
                )
                self.exposed[self._entrance(intent, cluster), host, it.port].append(way)

    # Who calls.

    def _meeting(self, intent: Serving, serving: Sequence[str]) -> list[CallerHere]:
        """Give the callers that meet a server: over clusters, or in their own one."""
        if isinstance(intent, InboundIntent):
            return []
        meeting = []
        for it in self._callers(intent):
            inside = isinstance(intent, IntraclusterIntent)
            met = [it.cluster] if inside and it.cluster in serving else [] if inside else serving
            if met and all(self._is_known(it, self.clusters[server]) for server in met):
                meeting.append(it)
        return meeting

    def _is_known(self, caller: CallerHere, server: Cluster) -> bool:
        """Say whether a server can tell who calls; ``cluster.local`` there is its own domain."""
        here = self.clusters[caller.cluster]
        named, is_named, _ = caller.who.partition("/ns/")
        domain = named if is_named else inventory.domain(here)
        travels = domain != "cluster.local" or inventory.domain(server) == domain
        return inventory.same_root((here, server)) and (travels or caller.who == ANYONE)

    def _callers(self, intent: ConnectivityIntent) -> Iterator[CallerHere]:
        for caller in intent.callers:
            gateway = caller.egress is not None and caller.egress.dedicated_gateway is not None
            for cluster, namespace, labels, who in self._who(intent, caller):
                yield CallerHere(
                    cluster=cluster,
                    namespace=namespace,
                    labels=labels,
                    who=who,
                    rules=caller.access,
                    through_gateway=gateway,
                )

    def _who(
        self, intent: ConnectivityIntent, caller: Caller
    ) -> Iterator[tuple[str, str, Mapping[str, str], str]]:
        """Give cluster, namespace, labels and identity of everybody that a caller means."""
        meshed = {it: c for it, c in self.clusters.items() if c.service_mesh == "istio"}
        if caller.workload is not None:
            bundle = intent.name.split("/trafficIntentGroups/", maxsplit=1)[0]
            workload = self.workloads.get(f"{bundle}/workloads/{caller.workload.workload}")
            for cluster in inventory.placed(workload) if workload is not None else ():
                assert workload is not None
                namespace = workload.namespace
                here = meshed.get(cluster)
                if here is not None and inventory.is_given(here, namespace, intent.name):
                    account = inventory.account(workload, cluster)
                    who = f"{inventory.domain(here)}/ns/{namespace}/sa/{account}"
                    yield cluster, namespace, inventory.labels(workload, cluster), who
            return
        named = caller.service_account or caller.namespace or caller.any_client
        assert named is not None
        for cluster, here in meshed.items():
            if not selects(named.clusters, cluster, here.labels):
                continue
            if caller.any_client is not None:
                yield cluster, "*", {}, ANYONE if _is_anyone(caller) else ANY_IDENTITY
                continue
            of = caller.service_account or caller.namespace
            assert of is not None
            if isinstance(intent, OutboundIntent) and not inventory.is_given(
                here, of.namespace, intent.name
            ):
                continue
            account, domain = "*", inventory.domain(here)
            if caller.service_account is not None:
                account = caller.service_account.service_account
                domain = caller.service_account.trust_domain or domain
            yield cluster, of.namespace, {}, f"{domain}/ns/{of.namespace}/sa/{account}"

    def _open_outside(self, intent: OutboundIntent) -> None:
        for caller in self._callers(intent):
            for host in intent.hosts:
                for port in host.ports:
                    assert port.protocol is not None
                    number = port.port or _DEFAULT_PORTS[port.protocol]
                    self.outside[caller.cluster, caller.namespace, host.host, number].append(caller)


def _ports(intent: Serving) -> tuple[int, ...]:
    """Give the Service ports that an intent speaks of."""
    if isinstance(intent, InboundIntent):
        return tuple(sorted({it.service_port for it in intent.listeners}))
    return tuple(it.port for it in intent.ports)


def _is_anyone(caller: Caller) -> bool:
    named = caller.any_client
    return named is not None and named.identity is AnyClient.Identity.ANYONE
