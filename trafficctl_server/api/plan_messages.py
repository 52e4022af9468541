"""Plans, and what they would do, as messages."""

from google.rpc.error_details_pb2 import BadRequest
from trafficctl.v2 import error_reason_pb2, managed_object_pb2, plan_pb2

from trafficctl_server.api.well_known import fill_timestamp
from trafficctl_server.compile.names import cluster_name
from trafficctl_server.plans.object_changes import ObjectChange
from trafficctl_server.plans.plan import Approval, Plan, Problems, Summary


def plan_message(plan: Plan) -> plan_pb2.Plan:
    """Give the message of a plan, without its changes."""
    message = plan_pb2.Plan(
        name=plan.name,
        display_name=plan.display_name,
        description=plan.description,
        uid=plan.uid,
        etag=plan.etag,
        generation=plan.generation,
        revision=plan.revision,
        labels=plan.labels,
        annotations=plan.annotations,
        state=plan.state.value,
        creator=plan.creator,
        last_editor=plan.last_editor,
        digest=plan.digest,
        base_revision=plan.base_revision,
        approvals=map(_approval, plan.approvals),
        applied_revision=plan.applied_revision,
    )
    for field, value in (
        (message.create_time, plan.create_time),
        (message.update_time, plan.update_time),
        (message.expire_time, plan.expire_time),
    ):
        if value:
            fill_timestamp(field, value)
    if plan.digest:
        message.summary.CopyFrom(_summary(plan.summary))
    if plan.problems:
        message.problems.CopyFrom(_problems(plan.problems))
    if plan.rejection is not None:
        message.rejection.CopyFrom(_approval(plan.rejection))
    return message


def object_message(change: ObjectChange) -> plan_pb2.ObjectChange:
    """Give the message of what a plan would do to one object."""
    return plan_pb2.ObjectChange(
        cluster=cluster_name(change.cluster),
        object=change.object,
        action=change.action.value,
        fields=(
            plan_pb2.ObjectChange.FieldChange(path=it.path, before=it.before, after=it.after)
            for it in change.fields
        ),
        before=change.before,
        after=change.after,
        origins=(
            managed_object_pb2.ManagedObject.Origin(
                intent=it.intent, uid=it.uid, generation=it.generation, fields=it.fields
            )
            for it in change.origins
        ),
        kind=change.kind,
        key=change.key,
    )


def _summary(summary: Summary) -> plan_pb2.Plan.Summary:
    return plan_pb2.Plan.Summary(
        clusters=(
            plan_pb2.Plan.Summary.ClusterSummary(
                cluster=cluster_name(it.cluster),
                created=it.created,
                changed=it.changed,
                removed=it.removed,
                brake_trips=it.brake_trips,
            )
            for it in summary.clusters
        ),
        calls_opened=summary.calls_opened,
        calls_closed=summary.calls_closed,
        brake_trips=summary.brake_trips,
    )


def _problems(problems: Problems) -> plan_pb2.Plan.Problems:
    message = plan_pb2.Plan.Problems(
        conflicts=(
            error_reason_pb2.ConflictInfo(
                kind=it.kind,
                field=it.field,
                other_intent=it.other_intent,
                other_field=it.other_field,
                ours=it.ours,
                theirs=it.theirs,
                way_out=it.way_out,
            )
            for it in problems.conflicts
        )
    )
    if problems.violations:
        found = (
            BadRequest.FieldViolation(field=it.field, description=it.description, reason=it.rule)
            for it in problems.violations
        )
        message.bad_request.CopyFrom(BadRequest(field_violations=found))
    return message


def _approval(word: Approval) -> plan_pb2.Plan.Approval:
    message = plan_pb2.Plan.Approval(
        principal=word.principal, digest=word.digest, comment=word.comment
    )
    fill_timestamp(message.time, word.time)
    return message
