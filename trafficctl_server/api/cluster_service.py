"""What operators do with a cluster besides describing it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from google.protobuf.message import Message
from trafficctl.v2.cluster_pb2 import CheckClusterResponse

from trafficctl_server.api.change_requests import change_request
from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.resource_names import name_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.api.writing import Writing
from trafficctl_server.compile.names import last_id
from trafficctl_server.intents.cluster_care import ClusterCare
from trafficctl_server.intents.desk import Desk
from trafficctl_server.intents.failures import NotFound
from trafficctl_server.intents.kinds import CLUSTER

Check = Callable[[str], Awaitable[Sequence[tuple[str, str, str]]]]
"""Tries a cluster out, by its id: for each check its id, PASSED, FAILED or SKIPPED, and what was
found. It does not raise because the cluster is away."""

_SERVICE: Final = "trafficctl.v2.ClusterService"


class ClusterService:
    """Check, drain, resume and release."""

    def __init__(self, *, desk: Desk, care: ClusterCare, check: Check, writing: Writing) -> None:
        self._desk = desk
        self._care = care
        self._check = check
        self._writing = writing

    async def check(self, request: Any, context: Context) -> Message:
        """Try a cluster out.

        :raises Failure: there is no such cluster.
        """
        _refuse(request)
        revision = self._desk.store.revision
        # Also one that is being deleted: why it does not go is what its operator asks.
        if await self._desk.get(CLUSTER, request.name) is None:
            raise NotFound(request.name, CLUSTER.name)
        answer = CheckClusterResponse()
        for check, result, detail in await self._check(last_id(request.name)):
            answer.checks.add(
                id=check,
                result=CheckClusterResponse.Check.Result.Value(result),
                detail=detail,
            )
        tell_revision(context, revision)
        return answer

    async def drain(self, request: Any, context: Context) -> Message:
        """Begin to take everything of ours out of a cluster.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/DrainCluster")
        _refuse(request)
        drained = await self._care.drain(request.name, request.etag, change)
        return self._writing.answer(drained, context)

    async def resume(self, request: Any, context: Context) -> Message:
        """Let a cluster take part again.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/ResumeCluster")
        _refuse(request)
        resumed = await self._care.resume(request.name, request.etag, change)
        return self._writing.answer(resumed, context)

    async def release(self, request: Any, context: Context) -> Message:
        """Let a held change go on, as it was seen.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/ReleaseCluster")
        _refuse(request)
        released = await self._care.release(request.name, request.held_digest, change)
        return self._writing.answer(released, context)


def _refuse(request: Any) -> None:
    patterns = RESOURCE_TYPES[CLUSTER.name].patterns
    refuse(request_violations(request), name_violations(patterns, request.name, "name"))
