"""A host outside the mesh, as one calling namespace sees it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

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

    from trafficctl_sdk.model.access import AccessRule
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
    """Give what callers may do, each once, with all intents that grant it, in a stable order."""
    rules = OrderedRules()
    alike: defaultdict[_Way, dict[bytes, _Granted]] = defaultdict(dict)
    for intent, place in found:
        access, written = rules.of(place.access)
        ports = intent.hosts[host_index(intent, host)].ports
        way = (
            place.principal,
            tuple(place.pod_labels.items()),
            place.gateway.name if place.gateway else "",
            tuple(sorted(map(port_number, ports))),
        )
        granted = alike[way].setdefault(written, _Granted(caller=place, access=access))
        granted.origins.add(intent.name)
    for way in sorted(alike, key=repr):
        _, _, _, numbers = way
        several = list(alike[way].values())
        if len(several) > 1:  # to tell rules takes a while
            several.sort(key=lambda it: repr(repr(it.access)))
        for it in several:
            yield ExternalGrant(
                caller=CallingWorkload(
                    namespace=it.caller.namespace,
                    pod_labels=it.caller.pod_labels,
                    egress=it.caller.gateway,
                ),
                principal=it.caller.principal,
                ports=numbers,
                access=it.access,
                origins=tuple(sorted(it.origins)),
            )


_Way: TypeAlias = tuple[str, tuple[tuple[str, str], ...], str, tuple[int, ...]]
"""A caller's principal, pod labels and gateway, and the ports."""


@dataclass(frozen=True, slots=True)
class _Granted:
    """Rules for a caller, and the names of the intents that grant them."""

    caller: CallerPlace
    access: tuple[AccessRule, ...]
    origins: set[str] = field(default_factory=set)
