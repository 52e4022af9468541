"""Plans: collected, computed, looked at, approved and applied."""

from typing import Any, Final
from uuid import uuid4

from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from trafficctl.v2 import plan_pb2
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.change_requests import change_request
from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.listing.part_paging import (
    CHANGE_FIELDS,
    OBJECT_FIELDS,
    REACH_FIELDS,
    Sort,
    read_parts,
)
from trafficctl_server.api.plan_changes import change_message, change_violations, changes_of
from trafficctl_server.api.plan_messages import object_message, plan_message
from trafficctl_server.api.reachability_messages import change_message as reach_message
from trafficctl_server.api.resource_names import id_violations, name_violations
from trafficctl_server.api.resource_types import ResourceType
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.api.well_known import timestamp_to_model
from trafficctl_server.plans.changes import from_item
from trafficctl_server.plans.object_changes import from_item as object_change
from trafficctl_server.plans.parts import Section
from trafficctl_server.plans.plan import Plan
from trafficctl_server.plans.room import Plans
from trafficctl_server.reachability.effects import Difference

PLAN_TYPE: Final = ResourceType(
    name="Plan",
    message=plan_pb2.Plan,
    field="plan",
    patterns=("projects/{project}/plans/{plan}",),
)
_SERVICE: Final = "trafficctl.v2.PlanService"


class PlanService:
    """Everything but Get and List."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans
        self._changes = Sort(
            section=Section.CHANGES,
            item=lambda it: from_item(it, plans.sealer),
            message=change_message,
            fields=CHANGE_FIELDS,
        )
        self._objects = Sort(
            section=Section.OBJECTS,
            item=object_change,
            message=object_message,
            fields=OBJECT_FIELDS,
        )
        self._reach = Sort(
            section=Section.REACH,
            item=lambda it: from_json(Difference, it),
            message=reach_message,
            fields=REACH_FIELDS,
        )

    async def create(self, request: plan_pb2.CreatePlanRequest, context: Context) -> Message:
        """Create a plan; with ``validate_only`` compute it.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/CreatePlan")
        wish = request.plan
        chosen = request.plan_id or f"p-{uuid4().hex[:12]}"
        refuse(
            request_violations(request, "plan"),
            name_violations(PLAN_TYPE.parents, request.parent, "parent"),
            id_violations(PLAN_TYPE.collection, chosen, "plan_id"),
            list(change_violations(wish.changes)),
        )
        plan = Plan(
            name=f"{request.parent}/plans/{chosen}",
            display_name=wish.display_name,
            description=wish.description,
            labels=dict(wish.labels),
            annotations=dict(wish.annotations),
            expire_time=(
                timestamp_to_model(wish.expire_time) if wish.HasField("expire_time") else 0
            ),
        )
        done = await self._plans.office.create(plan, changes_of(wish.changes), change)
        return _answer(done, context)

    async def add(self, request: plan_pb2.AddPlanChangesRequest, context: Context) -> Message:
        """Add changes to a plan.

        :raises Failure: why they cannot be.
        """
        change = change_request(request, f"{_SERVICE}/AddPlanChanges")
        refuse(
            request_violations(request),
            _name_violations(request.name),
            list(change_violations(request.changes)),
        )
        done = await self._plans.office.add(
            request.name, changes_of(request.changes), change, etag=request.etag
        )
        return _answer(done, context)

    async def compute(self, request: plan_pb2.ComputePlanRequest, context: Context) -> Message:
        """Work a plan out.

        :raises Failure: it cannot be worked out now.
        """
        change = change_request(request, f"{_SERVICE}/ComputePlan")
        refuse(request_violations(request), _name_violations(request.name))
        return _answer(await self._plans.office.compute(request.name, change), context)

    async def approve(self, request: plan_pb2.ApprovePlanRequest, context: Context) -> Message:
        """Approve a plan as it was looked at.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/ApprovePlan")
        refuse(request_violations(request), _name_violations(request.name))
        done = await self._plans.office.approve(
            request.name, request.digest, request.comment, change
        )
        return _answer(done, context)

    async def reject(self, request: plan_pb2.RejectPlanRequest, context: Context) -> Message:
        """Reject a plan as it was looked at.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/RejectPlan")
        refuse(request_violations(request), _name_violations(request.name))
        done = await self._plans.office.reject(
            request.name, request.digest, request.comment, change
        )
        return _answer(done, context)

    async def apply(self, request: plan_pb2.ApplyPlanRequest, context: Context) -> Message:
        """Apply a plan as one revision.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/ApplyPlan")
        refuse(request_violations(request), _name_violations(request.name))
        done = await self._plans.applying.apply(request.name, request.digest, change)
        return _answer(done, context)

    async def delete(self, request: plan_pb2.DeletePlanRequest, context: Context) -> Message:
        """Delete a plan.

        :raises Failure: why it cannot be.
        """
        change = change_request(request, f"{_SERVICE}/DeletePlan")
        refuse(request_violations(request), _name_violations(request.name))
        done = await self._plans.office.delete(
            request.name, change, etag=request.etag, allow_missing=request.allow_missing
        )
        return _answer(done, context)

    async def list_changes(
        self, request: plan_pb2.ListPlanChangesRequest, context: Context
    ) -> Message:
        """Answer one page of the changes of a plan.

        :raises Failure: there is no such plan, or the request is wrong.
        """
        return await self._listed(request, context, self._changes, "ListPlanChanges")

    async def list_objects(
        self, request: plan_pb2.ListObjectChangesRequest, context: Context
    ) -> Message:
        """Answer one page of what a plan would do to objects.

        :raises Failure: there is no such plan, or the request is wrong.
        """
        return await self._listed(request, context, self._objects, "ListObjectChanges")

    async def list_reach(
        self, request: plan_pb2.ListReachChangesRequest, context: Context
    ) -> Message:
        """Answer one page of who would gain and who would lose access.

        :raises Failure: there is no such plan, or the request is wrong.
        """
        return await self._listed(request, context, self._reach, "ListReachChanges")

    async def _listed(self, request: Any, context: Context, sort: Sort, method: str) -> Message:
        refuse(
            request_violations(request),
            name_violations(PLAN_TYPE.patterns, request.parent, "parent"),
        )
        revision = self._plans.revision
        plan = await self._plans.shelf.plan(request.parent)
        page = await read_parts(request, plan, sort, self._plans.desk.store)
        answer: Any = _answer_type(method)()
        answer.changes.extend(page.messages)
        answer.next_page_token = page.next_token
        tell_revision(context, revision)
        listed: Message = answer
        return listed


def _answer_type(method: str) -> type[Any]:
    service = plan_pb2.DESCRIPTOR.services_by_name["PlanService"]
    return GetMessageClass(service.methods_by_name[method].output_type)


def _name_violations(name: str) -> tuple[Violation, ...]:
    return name_violations(PLAN_TYPE.patterns, name, "name")


def _answer(plan: Plan, context: Context) -> Message:
    tell_revision(context, plan.revision)
    return plan_message(plan)
