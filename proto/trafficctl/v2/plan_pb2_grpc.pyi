"""Types of ``trafficctl/v2/plan_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import plan_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class PlanServiceStub:
    """Manages plans: change sets of any mix and size that are collected, computed, looked at,
    approved and applied as one revision.
    """
    @overload
    def __new__(cls, channel: grpc.Channel) -> PlanServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> PlanServiceAsyncStub: ...
    CreatePlan: grpc.UnaryUnaryMultiCallable[plan_pb2.CreatePlanRequest, plan_pb2.Plan]
    """Creates a plan, with changes or without.

    With `validate_only` it computes the plan, answers it and keeps nothing.
    """
    GetPlan: grpc.UnaryUnaryMultiCallable[plan_pb2.GetPlanRequest, plan_pb2.Plan]
    """Reads one plan, without its changes."""
    ListPlans: grpc.UnaryUnaryMultiCallable[plan_pb2.ListPlansRequest, plan_pb2.ListPlansResponse]
    """Lists the plans of a project, applied ones too."""
    DeletePlan: grpc.UnaryUnaryMultiCallable[plan_pb2.DeletePlanRequest, plan_pb2.Plan]
    """Deletes a plan.

    It is gone at once, in whatever state; what it applied stays.
    """
    AddPlanChanges: grpc.UnaryUnaryMultiCallable[plan_pb2.AddPlanChangesRequest, plan_pb2.Plan]
    """Adds up to 1000 changes to a plan, as often as needed, and makes it a DRAFT again.

    Fails with `PLAN_STATE` if the plan is being applied or is finished.
    """
    ComputePlan: grpc.UnaryUnaryMultiCallable[plan_pb2.ComputePlanRequest, plan_pb2.Plan]
    """Works out what the plan would do.

    The plan is READY then, or stays a DRAFT with `problems`.
    """
    ListPlanChanges: grpc.UnaryUnaryMultiCallable[
        plan_pb2.ListPlanChangesRequest, plan_pb2.ListPlanChangesResponse
    ]
    """Lists the changes that a plan is made of, without their secrets."""
    ListObjectChanges: grpc.UnaryUnaryMultiCallable[
        plan_pb2.ListObjectChangesRequest, plan_pb2.ListObjectChangesResponse
    ]
    """Lists what a plan would do to objects and records, per cluster."""
    ListReachChanges: grpc.UnaryUnaryMultiCallable[
        plan_pb2.ListReachChangesRequest, plan_pb2.ListReachChangesResponse
    ]
    """Lists who would gain and who would lose access."""
    ApprovePlan: grpc.UnaryUnaryMultiCallable[plan_pb2.ApprovePlanRequest, plan_pb2.Plan]
    """Approves a plan as it was looked at.

    Fails with `PLAN_OWN_APPROVAL` for its author, with `PLAN_DIGEST` if it is another by now.
    """
    RejectPlan: grpc.UnaryUnaryMultiCallable[plan_pb2.RejectPlanRequest, plan_pb2.Plan]
    """Rejects a plan as it was looked at; it can no longer be applied.

    Fails with `PLAN_DIGEST` if it is another by now.
    """
    ApplyPlan: grpc.UnaryUnaryMultiCallable[plan_pb2.ApplyPlanRequest, plan_pb2.Plan]
    """Applies a plan as one revision.

    Answers once that is durable; delivery follows. Fails with `PLAN_STALE` if it must be computed
    again, with `APPROVAL_REQUIRED` if somebody must approve it first.
    """

class PlanServiceAsyncStub(PlanServiceStub):
    """What ``PlanServiceStub`` is over a channel of asyncio; types only."""

    CreatePlan: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.CreatePlanRequest, plan_pb2.Plan]  # type: ignore[assignment]
    GetPlan: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.GetPlanRequest, plan_pb2.Plan]  # type: ignore[assignment]
    ListPlans: grpc.aio.UnaryUnaryMultiCallable[
        plan_pb2.ListPlansRequest, plan_pb2.ListPlansResponse
    ]  # type: ignore[assignment]
    DeletePlan: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.DeletePlanRequest, plan_pb2.Plan]  # type: ignore[assignment]
    AddPlanChanges: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.AddPlanChangesRequest, plan_pb2.Plan]  # type: ignore[assignment]
    ComputePlan: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.ComputePlanRequest, plan_pb2.Plan]  # type: ignore[assignment]
    ListPlanChanges: grpc.aio.UnaryUnaryMultiCallable[
        plan_pb2.ListPlanChangesRequest, plan_pb2.ListPlanChangesResponse
    ]  # type: ignore[assignment]
    ListObjectChanges: grpc.aio.UnaryUnaryMultiCallable[
        plan_pb2.ListObjectChangesRequest, plan_pb2.ListObjectChangesResponse
    ]  # type: ignore[assignment]
    ListReachChanges: grpc.aio.UnaryUnaryMultiCallable[
        plan_pb2.ListReachChangesRequest, plan_pb2.ListReachChangesResponse
    ]  # type: ignore[assignment]
    ApprovePlan: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.ApprovePlanRequest, plan_pb2.Plan]  # type: ignore[assignment]
    RejectPlan: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.RejectPlanRequest, plan_pb2.Plan]  # type: ignore[assignment]
    ApplyPlan: grpc.aio.UnaryUnaryMultiCallable[plan_pb2.ApplyPlanRequest, plan_pb2.Plan]  # type: ignore[assignment]

class PlanServiceServicer:
    """Manages plans: change sets of any mix and size that are collected, computed, looked at,
    approved and applied as one revision.
    """
    def CreatePlan(
        self, request: plan_pb2.CreatePlanRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Creates a plan, with changes or without.

        With `validate_only` it computes the plan, answers it and keeps nothing.
        """
    def GetPlan(
        self, request: plan_pb2.GetPlanRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Reads one plan, without its changes."""
    def ListPlans(
        self, request: plan_pb2.ListPlansRequest, context: _Context
    ) -> plan_pb2.ListPlansResponse | Awaitable[plan_pb2.ListPlansResponse]:
        """Lists the plans of a project, applied ones too."""
    def DeletePlan(
        self, request: plan_pb2.DeletePlanRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Deletes a plan.

        It is gone at once, in whatever state; what it applied stays.
        """
    def AddPlanChanges(
        self, request: plan_pb2.AddPlanChangesRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Adds up to 1000 changes to a plan, as often as needed, and makes it a DRAFT again.

        Fails with `PLAN_STATE` if the plan is being applied or is finished.
        """
    def ComputePlan(
        self, request: plan_pb2.ComputePlanRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Works out what the plan would do.

        The plan is READY then, or stays a DRAFT with `problems`.
        """
    def ListPlanChanges(
        self, request: plan_pb2.ListPlanChangesRequest, context: _Context
    ) -> plan_pb2.ListPlanChangesResponse | Awaitable[plan_pb2.ListPlanChangesResponse]:
        """Lists the changes that a plan is made of, without their secrets."""
    def ListObjectChanges(
        self, request: plan_pb2.ListObjectChangesRequest, context: _Context
    ) -> plan_pb2.ListObjectChangesResponse | Awaitable[plan_pb2.ListObjectChangesResponse]:
        """Lists what a plan would do to objects and records, per cluster."""
    def ListReachChanges(
        self, request: plan_pb2.ListReachChangesRequest, context: _Context
    ) -> plan_pb2.ListReachChangesResponse | Awaitable[plan_pb2.ListReachChangesResponse]:
        """Lists who would gain and who would lose access."""
    def ApprovePlan(
        self, request: plan_pb2.ApprovePlanRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Approves a plan as it was looked at.

        Fails with `PLAN_OWN_APPROVAL` for its author, with `PLAN_DIGEST` if it is another by now.
        """
    def RejectPlan(
        self, request: plan_pb2.RejectPlanRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Rejects a plan as it was looked at; it can no longer be applied.

        Fails with `PLAN_DIGEST` if it is another by now.
        """
    def ApplyPlan(
        self, request: plan_pb2.ApplyPlanRequest, context: _Context
    ) -> plan_pb2.Plan | Awaitable[plan_pb2.Plan]:
        """Applies a plan as one revision.

        Answers once that is durable; delivery follows. Fails with `PLAN_STALE` if it must be
        computed again, with `APPROVAL_REQUIRED` if somebody must approve it first.
        """

def add_PlanServiceServicer_to_server(
    servicer: PlanServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
