"""A service as callers of its own cluster call it, by its own name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.slices import Local, PortTreatment

from trafficctl_server.compile.callers import ANY_NAMESPACE
from trafficctl_server.compile.destinations import policy_fields
from trafficctl_server.compile.facts import service_host
from trafficctl_server.compile.inventory import places_of, port_of, service_of
from trafficctl_server.compile.names import bundle_version_of
from trafficctl_server.compile.parts import named_subsets, named_workloads, subsets_of
from trafficctl_server.compile.statements import service_ports

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_sdk.model.traffic_policy import TrafficPolicy

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.destinations import Destination
    from trafficctl_server.compile.scopes.about import About
    from trafficctl_server.compile.serving import ServingPlace


def local_sides(
    about: About, view: Destination, origins: Mapping[str, defaultdict[str, set[str]]]
) -> dict[str, Local]:
    """Give what callers need of the service's own name, for each cluster that joins them.

    A cluster where no policy holds for such calls needs nothing.

    :param origins: takes the fields of the intents that it comes from.
    """
    meetings: defaultdict[str, list[tuple[IntraclusterIntent, ServingPlace]]] = defaultdict(list)
    inside = [it for it in about.serving if isinstance(it, IntraclusterIntent)]
    for intent in inside:
        for place in about.resolutions[intent.name].serving:
            meetings[place.cluster].append((intent, place))
    found: dict[str, Local] = {}
    for cluster, joined in sorted(meetings.items()):
        ports: dict[int, PortTreatment] = {}
        callers: list[CallerPlace] = []
        for intent, place in joined:
            calling = [
                it
                for it in about.resolutions[intent.name].callers
                if it.cluster == cluster and it.allowed
            ]
            treated = _ports(about, view, inside, (intent, place))
            if calling and treated:
                ports |= treated
                callers += calling
                origins[cluster][intent.name] |= {
                    "destination",
                    "ports",
                    *policy_fields(intent, cluster),
                    *(f"callers[{it.index}]" for it in calling),
                }
        if ports:
            workloads = {place.place.workload for _, place in joined}
            found[cluster] = Local(
                host=joined[0][1].host,
                ports=tuple(ports[it] for it in sorted(ports)),
                namespaces=tuple(
                    sorted({it.namespace for it in callers} - {ANY_NAMESPACE}),
                ),
                subsets=subsets_of(
                    [about.world.workloads[it] for it in sorted(workloads)],
                    named_subsets(it.traffic_policy for it in ports.values()),
                ),
                open_to_all=any(it.namespace == ANY_NAMESPACE for it in callers),
            )
    return found


def _ports(
    about: About,
    view: Destination,
    inside: Sequence[IntraclusterIntent],
    served: tuple[IntraclusterIntent, ServingPlace],
) -> dict[int, PortTreatment]:
    intent, place = served
    # An intent speaks of a port by the number that the Service has elsewhere.
    return {
        port.port: PortTreatment(
            port=port.port,
            protocol=port.protocol,
            traffic_policy=policy,
            mirror_hosts=mirror_hosts(about, view, place.cluster, policy, port.port),
        )
        for number, port in zip(service_ports(intent), place.ports, strict=True)
        if (policy := view.local_policy(number, place.cluster, inside)) is not None
    }


def mirror_hosts(
    about: About, view: Destination, cluster: str, policy: TrafficPolicy | None, port: int
) -> dict[str, str]:
    """Give the Services in a cluster of the workloads that a policy copies requests to, by id.

    :param port: the Service port that they must have too.
    """
    here = about.world.clusters[cluster]
    hosts: dict[str, str] = {}
    for wanted in sorted(named_workloads(policy)):
        for bundle in sorted({bundle_version_of(it.intent) for it in view.sayings}):
            workload = about.world.workloads.get(bundle.workload(wanted))
            if workload is None or port_of(workload, port) is None:
                continue
            if any(it.cluster == cluster for it in places_of(workload)):
                hosts[wanted] = service_host(here, workload.namespace, service_of(workload))
                break
    return hosts
