"""Draws who may call whom, page by page."""

from contextlib import aclosing
from typing import Final

from trafficctl.v2.reachability_pb2 import (
    FetchReachabilityGraphRequest,
    FetchReachabilityGraphResponse,
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
from trafficctl_server.reachability.drawing import Drawing, Moved, Place

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
        try:
            revision, edges = await self._drawing.draw(
                basis_of(request.basis), request.parent, clusters, place
            )
        except Moved:
            moved = "the world moved on since the first page: start again without page_token"
            raise Violations([_violation("page_token.moved", moved)]) from None
        answer = FetchReachabilityGraphResponse(revision=revision)
        limit = min(request.page_size or DEFAULT_SIZE, LARGEST_SIZE)
        nodes: dict[str, ReachabilityNode] = {}
        size = 0
        async with aclosing(edges):
            async for drawn in edges:
                edge = edge_message(drawn)
                ends = (drawn.edge.party.node, drawn.edge.destination)
                new = {it.id: node_message(it) for it in ends if it.id not in nodes}
                size += edge.ByteSize() + sum(it.ByteSize() for it in new.values())
                # What ends the page comes before the edge that it no longer holds.
                if len(answer.edges) >= limit or (answer.edges and size > MOST_BYTES):
                    next_ = (drawn.place.revision, drawn.place.intent, drawn.place.skip)
                    answer.next_page_token = write_token(meant, next_)
                    break
                answer.edges.append(edge)
                nodes |= new
        answer.nodes.extend(nodes[it] for it in sorted(nodes))
        tell_revision(context, revision)
        return answer


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
