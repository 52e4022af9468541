"""Get and List, for any type of resource."""

from collections.abc import Awaitable, Callable
from typing import Any

from google.protobuf.message import Message

from trafficctl_server.api.answers import Answer, Answers
from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.interceptors.decoding import decoded, takes_bytes
from trafficctl_server.api.listing.paging import query_of, read_page
from trafficctl_server.api.messages import to_message
from trafficctl_server.api.resource_names import name_violations
from trafficctl_server.api.resource_types import ResourceType
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.api.sources import Source
from trafficctl_server.intents.failures import NotFound


class Reading:
    """Answers what is there.

    :param request: class of the request to Get.
    :param answer: class of the answer to List.
    :param message: makes the message of a resource; none: by the class of the model.
    """

    def __init__(
        self,
        of: ResourceType,
        source: Source,
        request: type[Any],
        answer: type[Any],
        message: Callable[[Any], Message] | None = None,
    ) -> None:
        self._of = of
        self._source = source
        self._request = request
        self._answer = answer
        self._message: Callable[[Any], Message] = message or self._of_model
        self._answers = Answers()

    @takes_bytes
    def get(self, asked: bytes, context: Context) -> bytes | Awaitable[bytes]:
        """Answer one resource, encoded; what was asked lately and is in memory, at once.

        :raises Failure: the name is none, or there is no such resource.
        """
        answer = self._answers.of(asked)
        revision = self._source.revision
        if answer is None or self._source.at_hand(answer.name) is not answer.found:
            return self._found(asked, context)
        tell_revision(context, revision)
        return answer.text

    async def _found(self, asked: bytes, context: Context) -> bytes:
        request = decoded(self._request.FromString, asked)
        refuse(
            request_violations(request),
            name_violations(self._of.patterns, request.name, "name"),
        )
        revision = self._source.revision
        found = await self._source.get(request.name)
        if found is None:
            raise NotFound(request.name, self._of.name)
        text = self._message(self._source.resource(found)).SerializeToString()
        self._answers.keep(asked, Answer(request.name, found, text))
        tell_revision(context, revision)
        return text

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

    def _of_model(self, resource: Any) -> Message:
        message: Message = to_message(resource, self._of.message)
        return message
