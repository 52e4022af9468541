"""What the pods of a namespace may call, by all intents that call from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_sdk.model.common import Addressing
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import CallableHost

from trafficctl_server.compile.callers import ANY_NAMESPACE, caller_places
from trafficctl_server.compile.facts import HOME_NAMESPACE, mesh_facts, service_host
from trafficctl_server.compile.inventory import destination_of, places_of
from trafficctl_server.compile.names import bundle_version_of
from trafficctl_server.compile.parts import named_workloads
from trafficctl_server.compile.references import served_workload
from trafficctl_server.compile.resolve import view_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.cluster import Cluster

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.world import World

EVERY_HOST = "*"


class CallableHosts:
    """The hosts that intents let one namespace call, cluster by cluster.

    More than is called at the moment does no harm there, and less would: so hosts are told for
    callers whose servers are not there yet, for the gateway that a caller may change to, and
    under every name that contradicting intents give a destination.
    """

    def __init__(self, namespace: str, world: World) -> None:
        self._namespace = namespace
        self._world = world
        self._called: dict[str, _Called] = {}

    def of(self, intent: ConnectivityIntent) -> Iterator[tuple[CallerPlace, CallableHost]]:
        """Give what an intent adds, with the caller that it is for."""
        for place in caller_places(intent, self._world).places:
            if place.allowed and place.namespace in (self._namespace, ANY_NAMESPACE):
                for host in self._hosts(intent, place):
                    yield place, host

    def _hosts(self, intent: ConnectivityIntent, place: CallerPlace) -> Iterator[CallableHost]:
        if place.gateway_namespace and isinstance(intent, OutboundIntent | InterclusterIntent):
            yield CallableHost(namespace=place.gateway_namespace, host=EVERY_HOST)
        if isinstance(intent, OutboundIntent):
            for it in intent.hosts:
                yield CallableHost(namespace=self._namespace, host=it.host)
        else:
            yield from self._inside(intent, place.cluster)

    def _inside(self, intent: ConnectivityIntent, cluster: str) -> Iterator[CallableHost]:
        served = self._world.workloads.get(served_workload(intent))
        if served is None:
            return
        key = destination_of(served)
        here = self._world.clusters[cluster]
        namespace, service = key.split("/")
        if any(it.cluster == cluster for it in places_of(served)):
            yield CallableHost(namespace=namespace, host=service_host(here, namespace, service))
        called = self._look_at(key)
        for copied in called.copied:
            namespace_, service_ = copied.split("/")
            yield CallableHost(namespace=namespace_, host=service_host(here, namespace_, service_))
        if isinstance(intent, InterclusterIntent):
            for label in called.labels:
                yield from _global_hosts(f"{label}.{namespace}", here, headless=called.headless)

    def _look_at(self, key: str) -> _Called:
        if key not in self._called:
            view = view_at(key, self._world)
            stated = {it.prefix for it in view.sayings if it.across}
            headless = Addressing.Mode.HEADLESS
            self._called[key] = _Called(
                labels=tuple(sorted(stated - {""})) or (key.split("/")[1],),
                headless=view.agreed.get("addressing") is headless
                or any(it.addressing is headless for it in self._world.workloads_serving(key)),
                copied=tuple(
                    sorted({it for one in view.sayings for it in self._copied(one.intent)})
                ),
            )
        return self._called[key]

    def _copied(self, name: str) -> Iterator[str]:
        """Give the destinations that copies of an intent's requests go to, whoever sends them."""
        intent = self._world.intents[name]
        stated = (intent.traffic_policy, *(it.traffic_policy for it in intent.overrides))
        for wanted in {it for policy in stated for it in named_workloads(policy)}:
            workload = self._world.workloads.get(bundle_version_of(intent.name).workload(wanted))
            if workload is not None:
                yield destination_of(workload)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Called:
    """What callers must know of a destination, as all intents describe it.

    :ivar labels: the first labels of its outer names.
    :ivar headless: its pods have names too.
    :ivar copied: destinations that copies of its requests go to.
    """

    labels: tuple[str, ...]
    headless: bool
    copied: tuple[str, ...]


def _global_hosts(name: str, cluster: Cluster, *, headless: bool) -> Iterator[CallableHost]:
    host = f"{name}.{mesh_facts(cluster).suffix}"
    yield CallableHost(namespace=HOME_NAMESPACE, host=host)
    if headless:
        yield CallableHost(namespace=HOME_NAMESPACE, host=f"*.{host}")
