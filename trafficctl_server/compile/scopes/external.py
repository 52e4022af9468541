"""A host outside the mesh, as one calling namespace sees it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import (
    CallingWorkload,
    ExternalGrant,
    ExternalSlice,
    Role,
    TrafficSlice,
)

from trafficctl_server.compile.addresses import external_key, needs_address
from trafficctl_server.compile.externals import (
    external_view,
    host_index,
    port_number,
)
from trafficctl_server.compile.facts import governance, is_scoped
from trafficctl_server.compile.rules import OrderedRules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.cluster import Cluster

    from trafficctl_server.compile.callers import CallerPlace
    from trafficctl_server.compile.scopes.about import About


def slices(about: About) -> Iterator[TrafficSlice]:
    """Give the slices of an outside host, one for each cluster with callers."""
    namespace, host = about.scope.key.split("/", 1)
    intents = [about.world.intents[it] for it in about.resolutions]
    outbound = [it for it in intents if isinstance(it, OutboundIntent)]
    callers: defaultdict[str, list[tuple[OutboundIntent, CallerPlace]]] = defaultdict(list)
    for intent in outbound:
        for place in about.resolutions[intent.name].callers:
            if place.namespace == namespace and place.allowed:
                callers[place.cluster].append((intent, place))
    for cluster, found in sorted(callers.items()):
        # An intent without callers here opens no port here.
        here = list({it.name: it for it, _ in found}.values())
        view = external_view(here, host, cluster, about.world)
        origins: defaultdict[str, set[str]] = defaultdict(set)
        roles = {Role.CALLING}
        for intent, place in found:
            origins[intent.name] |= {
                f"hosts[{host_index(intent, host)}]",
                f"callers[{place.index}]",
                "traffic_policy",
            }
            if place.gateway is not None:
                roles.add(Role.EGRESS)
        yield about.slice(
            cluster,
            sorted(roles),
            origins,
            external=ExternalSlice(
                namespace=namespace,
                host=host,
                ports=view.ports,
                grants=tuple(_grants(found, host)),
                address=(
                    about.world.addresses[external_key(host)]
                    if needs_address(view.resolution, [it.protocol for it in view.ports])
                    else ""
                ),
                resolution=view.resolution,
                addresses=view.addresses,
                declared_only=_declared_only(about.world.clusters[cluster], namespace),
            ),
        )


def _declared_only(cluster: Cluster, namespace: str) -> bool:
    entry = governance(cluster, namespace)
    return entry is not None and is_scoped(entry)


def _grants(found: list[tuple[OutboundIntent, CallerPlace]], host: str) -> Iterator[ExternalGrant]:
    grants: dict[tuple[object, ...], ExternalGrant] = {}
    origins: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    rules, told = OrderedRules(), dict[bytes, str]()
    for intent, place in found:
        ports = tuple(
            sorted(port_number(it) for it in intent.hosts[host_index(intent, host)].ports)
        )
        access, written = rules.of(place.access)
        if written not in told:
            told[written] = repr(access)
        key = (
            place.principal,
            tuple(place.pod_labels.items()),
            place.gateway.name if place.gateway else "",
            ports,
            told[written],
        )
        origins[key].add(intent.name)
        if key not in grants:
            grants[key] = ExternalGrant(
                caller=CallingWorkload(
                    namespace=place.namespace, pod_labels=place.pod_labels, egress=place.gateway
                ),
                principal=place.principal,
                ports=ports,
                access=access,
            )
    for found_key in sorted(grants, key=repr):
        yield replace(grants[found_key], origins=tuple(sorted(origins[found_key])))
