"""Changes of plans: from messages to the model, and back without their secrets."""

from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import uuid4

from trafficctl.v2 import plan_pb2, resource_pb2
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.checks import model_of
from trafficctl_server.api.field_behaviors import clear_outputs
from trafficctl_server.api.messages import to_message
from trafficctl_server.api.resource_names import name_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.writing import builder
from trafficctl_server.intents.kinds import KINDS, Resource
from trafficctl_server.plans.changes import Change

_FIELDS: Final = {it.field: it for it in RESOURCE_TYPES.values()}


def change_violations(changes: Sequence[plan_pb2.Change]) -> Iterator[Violation]:
    """Find what is wrong with the names and kinds of changes, whatever they ask for."""
    for index, each in enumerate(changes):
        path = f"changes[{index}]"
        if each.WhichOneof("change") == "delete":
            patterns = [it for kind in KINDS for it in RESOURCE_TYPES[kind].patterns]
            yield from name_violations(patterns, each.delete, f"{path}.delete")
        elif each.WhichOneof("change") == "apply":
            yield from _wrong_resource(each.apply, f"{path}.apply")


def _wrong_resource(resource: resource_pb2.Resource, path: str) -> Iterator[Violation]:
    field = resource.WhichOneof("resource")
    if field is None:
        text = "exactly one type of resource is needed"
        yield Violation(field=f"{path}.resource", rule="required", description=text)
        return
    of = _FIELDS[field]
    if of.name in KINDS:
        yield from name_violations(
            of.patterns, getattr(resource, field).name, f"{path}.{field}.name"
        )
    elif of.name == "DnsProviderIntent":
        text = "no DNS provider is driven yet: leave it out"
        yield Violation(field=f"{path}.{field}", rule="FIELD_NOT_SUPPORTED", description=text)


def changes_of(changes: Sequence[plan_pb2.Change]) -> list[Change]:
    """Make the model's changes of those without violations.

    :raises Violations: an enum has a number that means nothing here.
    """
    return [_change(each, f"changes[{index}].") for index, each in enumerate(changes)]


def _change(each: plan_pb2.Change, path: str) -> Change:
    if each.WhichOneof("change") == "delete":
        return Change(name=each.delete, etag=each.etag)
    field = each.apply.WhichOneof("resource")
    wish = getattr(each.apply, str(field))
    clear_outputs(wish)
    etag = each.etag or wish.etag
    wish.etag = ""
    model: Resource = model_of(wish, f"{path}apply.{field}.")
    return Change(name=wish.name, wish=model, etag=etag, uid=str(uuid4()))


def change_message(change: Change) -> plan_pb2.Change:
    """Give the message of a change, without secrets."""
    if change.wish is None:
        return plan_pb2.Change(delete=change.name, etag=change.etag)
    of = RESOURCE_TYPES[change.kind.name]
    shown: Any = {of.field: to_message(change.wish, of.message)}
    return plan_pb2.Change(apply=resource_pb2.Resource(**shown), etag=change.etag)


def merged(stored: Resource | None, wish: Resource) -> Resource:
    """Give a wish as it replaces a stored one: as a whole, but for secrets that it leaves out.

    :raises Violations: what of the result breaks constraints, with paths in the resource.
    """
    of = RESOURCE_TYPES[type(wish).__name__]
    return builder(of, to_message(wish, of.message, secrets=True), ["*"])(stored)
