"""Draws who may call whom, page by page."""

from typing import Final

from trafficctl.v2.reachability_pb2 import (
    FetchReachabilityGraphRequest,
    FetchReachabilityGraphResponse,
    ReachabilityEdge,
    ReachabilityNode,
)
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.listing.page_tokens import (
    PageTokenError,
    purpose,
    read_token,
    write_token,
)
from trafficctl_server.api.listing.paging import DEFAULT_SIZE, LARGEST_SIZE, MOST_BYTES
from trafficctl_server.api.messages import to_model
from trafficctl_server.api.reachability_messages import edge_message, node_message
from trafficctl_server.api.reachability_service import basis_of
from trafficctl_server.api.resource_names import name_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.intents.failures import Violations
from trafficctl_server.intents.kinds import GROUP, WORKLOAD
from trafficctl_server.reachability.drawing import Drawing, Drawn, Moved, Place

_PARENTS: Final = (
    "projects/{project}",
    *RESOURCE_TYPES[WORKLOAD.name].parents,
    *RESOURCE_TYPES[GROUP.name].patterns,
)


class GraphService:
    """Answers on any basis."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    async def fetch(
        self, request: FetchReachabilityGraphRequest, context: Context
    ) -> FetchReachabilityGraphResponse:
        """Answer one page of who may call whom.

        :raises Failure: the basis is not there, or the world moved on since the first page.
        """
        meant = _purpose(request)
        place, wrong = _place(request.page_token, meant)
        misplaced = name_violations(_PARENTS, request.parent, "parent")
        refuse(request_violations(request), misplaced, wrong)
        clusters = to_model(request.clusters) if request.HasField("clusters") else None
        sheet = _Sheet(min(request.page_size or DEFAULT_SIZE, LARGEST_SIZE))
        try:
            page = await self._drawing.draw(
                basis_of(request.basis), request.parent, clusters, place=place, takes=sheet.takes
            )
        except Moved:
            moved = "the world moved on since the first page: start again without page_token"
            raise Violations([_violation("page_token.moved", moved)]) from None
        tell_revision(context, page.revision)
        return FetchReachabilityGraphResponse(
            nodes=[sheet.nodes[it] for it in sorted(sheet.nodes)],
            edges=sheet.edges,
            next_page_token=_token(meant, page.next),
            revision=page.revision,
        )


class _Sheet:
    """What one answer holds, within its bounds."""

    def __init__(self, limit: int) -> None:
        self.nodes: dict[str, ReachabilityNode] = {}
        self.edges: list[ReachabilityEdge] = []
        self._limit = limit
        self._size = 0

    def takes(self, drawn: Drawn) -> bool:
        """Take an edge with its ends, if there is room."""
        edge = edge_message(drawn)
        ends = (drawn.edge.party.node, drawn.edge.destination)
        new = {it.id: node_message(it) for it in ends if it.id not in self.nodes}
        size = edge.ByteSize() + sum(it.ByteSize() for it in new.values())
        full = len(self.edges) >= self._limit or self._size + size > MOST_BYTES
        if self.edges and full:
            return False
        self._size += size
        self.edges.append(edge)
        self.nodes |= new
        return True


def _token(meant: str, place: Place | None) -> str:
    if place is None:
        return ""
    return write_token(meant, (place.revision, place.intent, place.skip))


def _purpose(request: FetchReachabilityGraphRequest) -> str:
    return purpose(
        "graph",
        request.parent,
        request.clusters.SerializeToString(deterministic=True).hex(),
        str(request.basis.value),
        request.basis.plan,
    )


def _place(token: str, meant: str) -> tuple[Place, list[Violation]]:
    if not token:
        return Place(), []
    try:
        found = read_token(token, meant)
    except PageTokenError as error:
        return Place(), [_violation("page_token.valid", str(error))]
    match found:
        case [int(revision), str(intent), int(skip)]:
            return Place(revision=revision, intent=intent, skip=skip), []
    unknown = "is no page token: send next_page_token as it came"
    return Place(), [_violation("page_token.valid", unknown)]


def _violation(rule: str, description: str) -> Violation:
    return Violation(field="page_token", rule=rule, description=description)
