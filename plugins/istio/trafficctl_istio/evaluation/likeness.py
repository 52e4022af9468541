"""Which requests no object tells apart: what becomes of one of them becomes of them all.

Of a request's method and path, proxies know no more than which matches of routes and which parts
of policies take them; everything else about alike requests is equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.callers import normal_path
from trafficctl_istio.evaluation.requests import Seen
from trafficctl_istio.evaluation.streams import Content, Letter, Payload, Speech

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_istio.evaluation.authorization_rules import Group
    from trafficctl_istio.evaluation.mesh import Mesh
    from trafficctl_istio.evaluation.virtual_services import Route


class Likeness:
    """Puts requests to a mesh into classes."""

    def __init__(self, mesh: Mesh) -> None:
        routes = list(_routes(mesh))
        self._conditions = [it for route in routes for it in route.conditions if it.line]
        self._groups = [it for it in _groups(mesh) if it.line]
        # What stations further on see of a path that is written anew, nobody knows here.
        self._rewriting = any("rewrite" in it.body for it in routes)
        self._lines: dict[tuple[str, str], Hashable] = {}

    def of(self, request: ExplainRequest) -> Hashable:
        """Give the class of a request: those of one class have one verdict."""
        line = (request.method, request.path)
        if line not in self._lines:
            self._lines[line] = self._line(*line)
        return (
            self._lines[line],
            request.cluster,
            request.namespace,
            request.service_account,
            request.in_mesh,
            request.host,
            request.port,
            frozenset(request.pod_labels.items()),
            frozenset(request.headers.items()),
            request.claims,
            request.entrance,
            request.source_address,
            request.certificate_name,
        )

    def _line(self, method: str, path: str) -> Hashable:
        if self._rewriting or not (method and path):
            return method, path
        written = normal_path(path)
        letter = Letter(Content(method=method, path=written))
        payload = Payload(speech=Speech.HTTP, letter=letter)
        seen = Seen(http=True, principal="", port=0, method=method, path=written.partition("?")[0])
        return (
            tuple(it.takes_line(payload) for it in self._conditions),
            tuple(it.takes_line(seen) for it in self._groups),
        )


def _routes(mesh: Mesh) -> Iterator[Route]:
    for cluster in mesh.clusters.values():
        for shelf in cluster.routings.values():
            for routing in shelf.all:
                yield from routing.http


def _groups(mesh: Mesh) -> Iterator[Group]:
    for cluster in mesh.clusters.values():
        for policies in cluster.policies.values():
            for policy in policies:
                for rule in policy.rules:
                    yield from rule.groups
