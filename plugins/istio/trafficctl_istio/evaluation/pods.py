"""Who runs in a cluster: pods that are alike, and the proxies in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trafficctl_istio.evaluation.fields import inner, labels, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trafficctl_sdk.explain import InventoryPods
    from trafficctl_sdk.slices.cluster_facts import GatewayFacts

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head

_POD_NAME: Final = "statefulset.kubernetes.io/pod-name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pods:
    """Pods that are alike.

    :ivar party: what an answer calls them.
    :ivar principal: their identity without scheme; empty: they cannot prove any.
    :ivar in_mesh: they have a proxy.
    :ivar gateway: the proxy is all they are.
    :ivar facts: of a gateway that the inventory knows.
    """

    cluster: str
    namespace: str
    labels: Mapping[str, str]
    principal: str
    party: str
    in_mesh: bool = True
    gateway: bool = False
    facts: GatewayFacts | None = None
    name: str = ""


def from_inventory(pods: InventoryPods, trust_domain: str) -> Iterator[Pods]:
    """Give the pods of the inventory; those with names one by one."""
    for name in pods.names or ("",):
        yield Pods(
            cluster=pods.cluster,
            namespace=pods.namespace,
            labels={**pods.labels, _POD_NAME: name} if name else pods.labels,
            principal=principal_of(trust_domain, pods.namespace, pods.service_account),
            party=pods.workload or f"{pods.namespace}/{pods.service_account}",
            in_mesh=pods.in_mesh,
            name=name,
        )


def from_gateway(cluster: str, facts: GatewayFacts) -> Pods:
    """Give the pods of a gateway that the cluster's record states."""
    return Pods(
        cluster=cluster,
        namespace=facts.namespace,
        labels=facts.selector,
        principal=facts.principal,
        party=facts.id,
        gateway=True,
        facts=facts,
    )


def from_deployment(head: Head, cluster: str, body: Json, trust_domain: str) -> Pods | None:
    """Give the pods of a Deployment whose proxy is injected as a gateway; none: it is another."""
    template = inner(body, "spec", "template")
    if text(template, "metadata", "annotations", "inject.istio.io/templates") != "gateway":
        return None
    account = text(template, "spec", "serviceAccountName") or "default"
    return Pods(
        cluster=cluster,
        namespace=head.namespace,
        labels=labels(template, "metadata", "labels"),
        principal=principal_of(trust_domain, head.namespace, account),
        party=f"{head.namespace}/{head.name}",
        gateway=True,
    )


def principal_of(trust_domain: str, namespace: str, account: str) -> str:
    """Give the identity of a service account, without scheme."""
    return f"{trust_domain}/ns/{namespace}/sa/{account}"
