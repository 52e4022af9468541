"""DestinationRules: which one holds for a proxy and a service, and what it says of a port."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.fields import NOTHING, entries, inner, labels, number, text, texts
from trafficctl_istio.evaluation.hosts import exported, full_name, most_specific
from trafficctl_istio.evaluation.patterns import selects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Service
    from trafficctl_istio.evaluation.shelves import HostShelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """Some of a host's pods or endpoints, with a policy of their own."""

    name: str
    labels: Mapping[str, str]
    policy: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationRule:
    """One DestinationRule, or several of one host taken together.

    :ivar workloads: labels of the proxies it is for; empty: all.
    :ivar policy: the traffic policy as it is written.
    """

    head: Head
    host: str
    export_to: tuple[str, ...]
    workloads: Mapping[str, str]
    policy: Json
    subsets: tuple[Subset, ...]

    def subset(self, name: str) -> Subset | None:
        """Give one subset."""
        return next((it for it in self.subsets if it.name == name), None)


def destination_rule(head: Head, body: Json, domain: str) -> DestinationRule:
    """Read a DestinationRule."""
    spec = inner(body, "spec")
    return DestinationRule(
        head=head,
        host=full_name(text(spec, "host"), head.namespace, domain),
        export_to=texts(spec, "exportTo"),
        workloads=labels(spec, "workloadSelector", "matchLabels"),
        policy=inner(spec, "trafficPolicy"),
        subsets=tuple(
            Subset(
                name=text(it, "name"),
                labels=labels(it, "labels"),
                policy=inner(it, "trafficPolicy"),
            )
            for it in entries(spec, "subsets")
        ),
    )


def rule_for(
    rules: Mapping[str, HostShelf[DestinationRule]],
    service: Service,
    proxy: Pods,
    root_namespace: str,
) -> DestinationRule | None:
    """Give the rule that a proxy follows for a service.

    The proxy's namespace is looked in first, then the service's, then the root namespace. The
    first that has any match wins, and in it the most specific host.

    :param rules: by namespace.
    """
    for namespace in dict.fromkeys((proxy.namespace, service.namespace, root_namespace)):
        shelf = rules.get(namespace)
        seen = [
            it
            for it in (shelf.covering(service.host) if shelf is not None else ())
            if exported(it.export_to, namespace, proxy.namespace)
            and (namespace == proxy.namespace or not it.workloads)
        ]
        best = most_specific({it.host for it in seen}, service.host)
        if best:
            return _chosen([it for it in seen if it.host == best], proxy)
    return None


def _chosen(same_host: list[DestinationRule], proxy: Pods) -> DestinationRule | None:
    """Prefer what is for this very proxy; several of one host are taken together."""
    own = [it for it in same_host if it.workloads and selects(it.workloads, proxy.labels)]
    if own:
        return own[0]
    for_all = [it for it in same_host if not it.workloads]
    if not for_all:
        return None
    subsets: dict[str, Subset] = {}
    for it in for_all:
        for subset in it.subsets:
            subsets.setdefault(subset.name, subset)
    policy = next((it.policy for it in for_all if it.policy), NOTHING)
    return replace(for_all[0], policy=policy, subsets=tuple(subsets.values()))


_INHERITED = ("connectionPool", "loadBalancer", "outlierDetection", "tls")


def policy_at(rule: DestinationRule | None, port: int, subset: Subset | None) -> Json:
    """Give the policy that holds at a port.

    A block for a port replaces what stands above it as a whole. A subset's policy goes over it
    field by field, its own block for the port again as a whole.
    """
    policy = _at_port(rule.policy, port) if rule is not None else NOTHING
    if subset is None or not subset.policy:
        return policy
    block = _block(subset.policy, port)
    if block is not None:
        return block
    return {**policy, **{name: subset.policy[name] for name in _INHERITED if name in subset.policy}}


def _at_port(policy: Json, port: int) -> Json:
    block = _block(policy, port)
    return policy if block is None else block


def _block(policy: Json, port: int) -> Json | None:
    found = (
        it for it in entries(policy, "portLevelSettings") if number(it, "port", "number") == port
    )
    return next(found, None)
