"""Get and List, for any type of resource."""

from collections.abc import Callable
from typing import Any

from google.protobuf.message import Message

from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.listing.paging import query_of, read_page
from trafficctl_server.api.memo import Memo
from trafficctl_server.api.messages import to_message
from trafficctl_server.api.resource_names import name_violations
from trafficctl_server.api.resource_types import ResourceType
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.api.sources import Source
from trafficctl_server.intents.failures import NotFound


class Reading:
    """Answers what is there.

    :param answer: class of the answer to List.
    :param message: makes the message of a resource; none: by the class of the model.
    """

    def __init__(
        self,
        of: ResourceType,
        source: Source,
        answer: type[Any],
        message: Callable[[Any], Message] | None = None,
    ) -> None:
        self._of = of
        self._source = source
        self._answer = answer
        self._message: Callable[[Any], Message] = message or self._of_model
        self._answered = Memo()

    async def get(self, request: Any, context: Context) -> bytes:
        """Answer one resource, encoded.

        :raises Failure: the name is none, or there is no such resource.
        """
        asked = request.SerializeToString()
        if asked not in self._answered:  # else the very same request was a good one
            refuse(
                request_violations(request),
                name_violations(self._of.patterns, request.name, "name"),
            )
        revision = self._source.revision
        found = await self._source.get(request.name)
        if found is None:
            raise NotFound(request.name, self._of.name)
        tell_revision(context, revision)
        answer: bytes = self._answered.of(asked, found, self._encoded)
        return answer

    async def list(self, request: Any, context: Context) -> Message:
        """Answer one page of resources.

        :raises Violations: what is wrong with the request.
        """
        parents = self._of.parents
        parent = request.parent if parents else ""
        query, wrong = query_of(request, self._of, parent)
        misplaced = name_violations(parents, parent, "parent", wildcards=True) if parents else ()
        refuse(request_violations(request), misplaced, wrong)
        revision = self._source.revision
        answer: Any = self._answer()
        if query is not None:
            page = await read_page(self._source, query, self._message)
            getattr(answer, self._of.list_field).extend(page.messages)
            answer.next_page_token = page.next_token
        tell_revision(context, revision)
        listed: Message = answer
        return listed

    def _encoded(self, resource: Any) -> bytes:
        return self._message(resource).SerializeToString()

    def _of_model(self, resource: Any) -> Message:
        message: Message = to_message(resource, self._of.message)
        return message
