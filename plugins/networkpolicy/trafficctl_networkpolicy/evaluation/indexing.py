"""Reads objects and inventory, once, into ``Filters``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_networkpolicy.evaluation.fields import text
from trafficctl_networkpolicy.evaluation.parties import Pods
from trafficctl_networkpolicy.evaluation.reading import policy

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_sdk.explain import (
        Inventory,
        InventoryCluster,
        InventoryHost,
        InventoryPods,
        InventoryService,
        PlacedObject,
    )

    from trafficctl_networkpolicy.evaluation.policies import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Everything that decides, by cluster and namespace; each list sorted."""

    clusters: Mapping[str, InventoryCluster]
    policies: Mapping[tuple[str, str], Sequence[Policy]]
    services: Mapping[tuple[str, str, str], InventoryService]
    pods: Mapping[tuple[str, str], Sequence[Pods]]
    hosts: Mapping[tuple[str, str, str], InventoryHost]


def index(objects: Sequence[PlacedObject], inventory: Inventory) -> Filters:
    """Read objects and inventory; objects of other kinds are skipped, as they filter nothing."""
    policies: defaultdict[tuple[str, str], list[Policy]] = defaultdict(list)
    for it in objects:
        group = text(it.body, "apiVersion").partition("/")[0]
        if (group, text(it.body, "kind")) == ("networking.k8s.io", "NetworkPolicy"):
            found = policy(it)
            policies[it.cluster, found.namespace].append(found)
    pods: defaultdict[tuple[str, str], list[Pods]] = defaultdict(list)
    for group_ in inventory.pods:
        pods[group_.cluster, group_.namespace].append(_pods(group_))
    return Filters(
        clusters={it.id: it for it in inventory.clusters},
        policies={
            place: sorted(found, key=lambda it: it.name) for place, found in policies.items()
        },
        services={(it.cluster, it.namespace, it.name): it for it in inventory.services},
        pods={
            place: sorted(found, key=lambda it: (it.name, sorted((it.labels or {}).items())))
            for place, found in pods.items()
        },
        hosts={(it.cluster, it.namespace, it.host): it for it in inventory.hosts},
    )


def _pods(group: InventoryPods) -> Pods:
    return Pods(
        cluster=group.cluster,
        namespace=group.namespace,
        labels=group.labels,
        name=group.workload or f"{group.namespace}/{group.service_account}",
    )
