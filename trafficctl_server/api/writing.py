"""Create, Update and Delete, for any kind of resource that clients write."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from google.protobuf.message import Message
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.change_requests import change_request
from trafficctl_server.api.checks import model_of, refuse, request_violations
from trafficctl_server.api.field_behaviors import clear_outputs, keep_secrets
from trafficctl_server.api.field_masks import mask_violations, merge
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.messages import to_message
from trafficctl_server.api.resource_names import id_violations, name_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES, ResourceType
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.api.validation import violations
from trafficctl_server.intents.intake import Build, Intake
from trafficctl_server.intents.kinds import Kind, Resource
from trafficctl_server.intents.removal import Removal

_SERVICE: Final = "trafficctl.v2.{}Service/{}"


class Writing:
    """Takes wishes of one kind, and takes them back."""

    def __init__(self, kind: Kind, intake: Intake, removal: Removal) -> None:
        self._kind = kind
        self._of = RESOURCE_TYPES[kind.name]
        self._intake = intake
        self._removal = removal

    async def create(self, request: Any, context: Context) -> Message:
        """Create a resource and answer it once it is durable.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, self._method("Create"))
        message = getattr(request, self._of.field)
        clear_outputs(message)
        message.ClearField("name")
        chosen = getattr(request, f"{self._of.field}_id")
        parents = self._of.parents
        refuse(
            request_violations(request, self._of.field),
            name_violations(parents, request.parent, "parent") if parents else (),
            id_violations(self._of.collection, chosen, f"{self._of.field}_id"),
        )
        place = f"{request.parent}/" if parents else ""
        message.name = f"{place}{self._of.collection}/{chosen}"
        return self.answer(await self._intake.create(model_of(message), change), context)

    async def update(self, request: Any, context: Context) -> Message:
        """Change a resource and answer it once the change is durable.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, self._method("Update"))
        message = getattr(request, self._of.field)
        clear_outputs(message)
        refuse(request_violations(request, self._of.field), update_violations(self._of, request))
        answered = await self._intake.update(
            self._kind,
            message.name,
            builder(self._of, message, request.update_mask.paths),
            change,
            etag=message.etag,
            allow_missing=request.allow_missing,
        )
        return self.answer(answered, context)

    async def delete(self, request: Any, context: Context) -> Message:
        """Delete a resource and answer it as it is until every cluster has confirmed.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, self._method("Delete"))
        refuse(
            request_violations(request), name_violations(self._of.patterns, request.name, "name")
        )
        answered = await self._removal.delete(
            self._kind,
            request.name,
            change,
            etag=request.etag,
            force=getattr(request, "force", False),
            allow_missing=request.allow_missing,
        )
        return self.answer(answered, context)

    def answer(self, resource: Resource, context: Context) -> Message:
        """Give the message of a changed resource, with its revision after it."""
        tell_revision(context, resource.revision)
        message: Message = to_message(resource, self._of.message)
        return message

    def _method(self, verb: str) -> str:
        return _SERVICE.format(self._kind.name, f"{verb}{self._kind.name}")


def update_violations(of: ResourceType, request: Any, path: str = "") -> tuple[Violation, ...]:
    """Check the name and the mask of an Update.

    :param path: where the request itself stands, with a dot at its end.
    """
    name = getattr(request, of.field).name
    below = f"{path}{of.field}." if path else ""
    return (
        *name_violations(of.patterns, name, f"{below}name"),
        *mask_violations(of.message.DESCRIPTOR, request.update_mask.paths, f"{path}update_mask"),
    )


def builder(of: ResourceType, wish: Any, paths: Sequence[str], path: str = "") -> Build:
    """Make what merges a wish into whatever is stored when it is asked.

    :param wish: message of the wish, without outputs.
    :param paths: of the update mask, checked.
    :param path: where the wish stands in the request, with a dot at its end; empty: paths start
        from the wish.
    """

    def build(stored: Resource | None) -> Resource:
        before = of.message() if stored is None else to_message(stored, of.message, secrets=True)
        clear_outputs(before)
        merged = merge(before, wish, paths)
        keep_secrets(before, merged)
        merged.name = wish.name
        merged.etag = ""
        refuse([replace(it, field=f"{path}{it.field}") for it in violations(merged)])
        built: Resource = model_of(merged, path)
        return built

    return build
