"""Calls of everybody to everything in a world before and after a change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from trafficctl_sdk.explain import ExplainRequest

from tests.property import inventory
from tests.property.requests import HEADERS, HTTP_FAMILY, TOKENS, boundary_paths
from tests.property.wanted import OUTSIDE
from tests.property.worlds import Stage
from trafficctl_server.compile.calls import CallerPods
from trafficctl_server.reachability.asking import name_for

_OUTER_PORTS: Final = (80, 443, 8080, 9443, 5432, 3306)
_METHODS: Final = ("GET", "POST", "DELETE")
_STRANGERS: Final = ("elsewhere", "far", "lab")
Way = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call.

    :ivar caller: name of the workload that makes it; empty: one that nobody knows.
    :ivar destination: id of the node that it calls.
    """

    caller: str
    pods: CallerPods
    destination: str
    request: ExplainRequest

    @property
    def place(self) -> tuple[str, str, str, int]:
        """Caller, its cluster, destination and port."""
        return self.caller, self.pods.cluster, self.destination, self.request.port


def calls(both: Sequence[Stage], *, dense: bool) -> Iterator[Call]:
    """Give calls of everybody to everything that is in one of two worlds.

    :param dense: with many more requests, and from strangers in each cluster.
    """
    ways = {http: list(_ways(both, http=http, dense=dense)) for http in (False, True)}
    for who, pods in _callers(both, dense=dense):
        for destination, host, port, http in _doors(both, pods):
            for way in ways[http]:
                request = ExplainRequest(
                    cluster=pods.cluster,
                    namespace=pods.namespace,
                    service_account=pods.account,
                    pod_labels=pods.pod_labels,
                    in_mesh=True,
                    host=host,
                    port=port,
                    **way,
                )
                yield Call(who, pods, destination, request)


def _doors(both: Sequence[Stage], pods: CallerPods) -> Iterator[tuple[str, str, int, bool]]:
    """Give destinations with the names by which somebody calls them, and their ports."""
    for name in dict.fromkeys(it.name for stage in both for it in stage.wishes.workloads):
        worlds = [stage.world for stage in both if name in stage.world.workloads]
        for host in sorted({name_for(pods, it.workloads[name], it) for it in worlds}):
            for port in worlds[0].workloads[name].ports:
                yield name, host, port.port, port.protocol in HTTP_FAMILY
    for host in OUTSIDE:
        for number in _OUTER_PORTS:
            yield f"hosts/{host}", host, number, number in (80, 8080)


def _ways(both: Sequence[Stage], *, http: bool, dense: bool) -> Iterator[Way]:
    """Give requests in and around all that rules speak of."""
    if not http:
        yield {}
        return
    intents = [it for stage in both for it in stage.wishes.intents]
    rules = [rule for it in intents for caller in it.callers for rule in caller.access]
    around = (it for it in boundary_paths(rules) if it.startswith("/"))
    paths = list(dict.fromkeys(("/metrics", "/a/x", *around)))
    plain: Way = {"headers": HEADERS[0], "claims": TOKENS[0]}
    shown = [
        plain,
        *({**plain, "headers": it} for it in HEADERS[1:]),
        *({**plain, "claims": it} for it in TOKENS[1:]),
    ]
    for number, path in enumerate(paths):
        for method in _METHODS if dense else (_METHODS[number % 2],):
            for it in shown if dense else (shown[number % len(shown)],):
                yield {"path": path, "method": method, **it}


def _callers(both: Sequence[Stage], *, dense: bool) -> Iterator[tuple[str, CallerPods]]:
    meshed = {
        inventory.last(it.name)
        for stage in both
        for it in stage.wishes.clusters
        if it.service_mesh == "istio"
    }
    seen: list[CallerPods] = []
    for it in (one for stage in both for one in stage.wishes.workloads):
        for cluster in meshed.intersection(inventory.placed(it)):
            pods = CallerPods(
                cluster=cluster,
                namespace=it.namespace,
                account=inventory.account(it, cluster),
                pod_labels=dict(inventory.labels(it, cluster)),
            )
            if pods not in seen:
                seen.append(pods)
                yield it.name, pods
    for cluster in sorted(meshed)[: None if dense else 1]:
        for space in _STRANGERS:
            yield "", CallerPods(cluster=cluster, namespace=space, account="stranger")
