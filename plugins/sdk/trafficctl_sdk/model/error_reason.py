"""Messages of ``trafficctl/v2/error_reason.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum


class ErrorReason(enum.StrEnum):
    """Why a request failed: `reason` of the google.rpc.ErrorInfo that every error carries, under
    the domain `trafficctl.dev`. Each begins with the gRPC code it comes with. What a cluster does
    later is never an error of a request; it is in Convergence.
    """

    #: INVALID_ARGUMENT. The request breaks constraints: a field, an id, an unknown enum value, a
    #: mask path, a filter or a page token. All violations are listed.
    VIOLATIONS = "VIOLATIONS"

    #: INVALID_ARGUMENT. No loaded driver can express the field anywhere it would go. Metadata:
    #: driver, cluster.
    FIELD_NOT_SUPPORTED = "FIELD_NOT_SUPPORTED"

    #: INVALID_ARGUMENT. The intent and the workload name different protocols for a port.
    PROTOCOL_MISMATCH = "PROTOCOL_MISMATCH"

    #: INVALID_ARGUMENT. The intent and the workload disagree about the addressing.
    ADDRESSING_MISMATCH = "ADDRESSING_MISMATCH"

    #: INVALID_ARGUMENT. A rule depends on who the caller is, but mutual TLS does not prove it.
    IDENTITY_NEEDS_MUTUAL_TLS = "IDENTITY_NEEDS_MUTUAL_TLS"

    #: INVALID_ARGUMENT. The server speaks first on this port, so mutual TLS cannot be PERMISSIVE.
    SERVER_FIRST_NEEDS_STRICT = "SERVER_FIRST_NEEDS_STRICT"

    #: INVALID_ARGUMENT. The request id was used before with another body.
    REQUEST_ID_REUSED = "REQUEST_ID_REUSED"

    #: NOT_FOUND. There is no such resource, parent group or plan.
    NOT_FOUND = "NOT_FOUND"

    #: ALREADY_EXISTS. The id is taken.
    ALREADY_EXISTS = "ALREADY_EXISTS"

    #: ABORTED. Somebody changed the resource meanwhile. Metadata: the current value.
    ETAG_MISMATCH = "ETAG_MISMATCH"

    #: ABORTED. The plan is not the one that was looked at. Metadata: the current digest.
    PLAN_DIGEST = "PLAN_DIGEST"

    #: ABORTED. The held change is not the one that was looked at. Metadata: the current digest.
    HELD_CHANGE_DIFFERS = "HELD_CHANGE_DIFFERS"

    #: FAILED_PRECONDITION. The intent contradicts another one. Details: ConflictInfo, one per
    #: contradiction.
    INTENT_CONFLICT = "INTENT_CONFLICT"

    #: FAILED_PRECONDITION. The host, zone name or destination belongs to another project.
    HOST_CLAIMED = "HOST_CLAIMED"

    #: FAILED_PRECONDITION. The group still has intents; delete them first, or all at once with
    #: `force`.
    GROUP_NOT_EMPTY = "GROUP_NOT_EMPTY"

    #: FAILED_PRECONDITION. An intent still serves the workload.
    WORKLOAD_IN_USE = "WORKLOAD_IN_USE"

    #: FAILED_PRECONDITION. The server still owns objects in the cluster; drain it first.
    CLUSTER_NOT_DRAINED = "CLUSTER_NOT_DRAINED"

    #: FAILED_PRECONDITION. The cluster is in a state that does not allow this.
    CLUSTER_STATE = "CLUSTER_STATE"

    #: FAILED_PRECONDITION. The plan is in a state that does not allow this.
    PLAN_STATE = "PLAN_STATE"

    #: FAILED_PRECONDITION. What the plan was computed from has changed; compute it again.
    PLAN_STALE = "PLAN_STALE"

    #: FAILED_PRECONDITION. The object belongs to nobody else, so there is nothing to adopt.
    NOT_FOREIGN = "NOT_FOREIGN"

    #: FAILED_PRECONDITION. The group takes changes only through a plan.
    PLAN_REQUIRED = "PLAN_REQUIRED"

    #: FAILED_PRECONDITION. The group takes changes only through an approved plan.
    APPROVAL_REQUIRED = "APPROVAL_REQUIRED"

    #: FAILED_PRECONDITION. The author of a plan may not approve it.
    PLAN_OWN_APPROVAL = "PLAN_OWN_APPROVAL"

    #: OUT_OF_RANGE. The revision is no longer kept. Metadata: oldest_revision.
    HISTORY_COMPACTED = "HISTORY_COMPACTED"

    #: INVALID_ARGUMENT. The revision does not exist yet.
    FUTURE_REVISION = "FUTURE_REVISION"

    #: UNAUTHENTICATED. The caller gave no credentials, or none that are valid.
    UNAUTHENTICATED = "UNAUTHENTICATED"

    #: PERMISSION_DENIED. The caller may not do this. Metadata: the role needed.
    FORBIDDEN = "FORBIDDEN"

    #: PERMISSION_DENIED. The cluster does not let the project use this namespace. Metadata: the
    #: role needed.
    NAMESPACE_NOT_YOURS = "NAMESPACE_NOT_YOURS"

    #: RESOURCE_EXHAUSTED. Too much is going on at once; try again after the time given.
    OVERLOADED = "OVERLOADED"

    #: RESOURCE_EXHAUSTED. A watcher does not keep up; resume from its last whole revision.
    SLOW_CONSUMER = "SLOW_CONSUMER"

    #: RESOURCE_EXHAUSTED. No address or port is left in a pool.
    POOL_EXHAUSTED = "POOL_EXHAUSTED"

    #: UNAVAILABLE. The store is away, full or read-only; try again after the time given.
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"

    #: UNAVAILABLE. The server is shutting down; try again, another replica answers.
    SERVER_DRAINING = "SERVER_DRAINING"

    #: DEADLINE_EXCEEDED. The time the caller gave ran out.
    DEADLINE = "DEADLINE"

    #: UNIMPLEMENTED. The method comes with a later version of the server.
    UNIMPLEMENTED = "UNIMPLEMENTED"

    #: INTERNAL. Something went wrong inside. Details: RequestInfo with the trace id; never a text
    #: from inside.
    INTERNAL = "INTERNAL"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ConflictInfo:
    """How two intents contradict each other, as detail of an `INTENT_CONFLICT` or `HOST_CLAIMED`
    error and in the problems of a plan.
    """

    class Kind(enum.StrEnum):
        """What intents can contradict each other about."""

        #: The protocol of a port.
        PROTOCOL = "PROTOCOL"

        #: Mutual TLS of a port.
        MUTUAL_TLS = "MUTUAL_TLS"

        #: Where the TLS session ends.
        TERMINATION = "TERMINATION"

        #: A field of the traffic policy.
        TRAFFIC_POLICY = "TRAFFIC_POLICY"

        #: The routes, which come from one intent only.
        ROUTES = "ROUTES"

        #: The way out of the cluster, or the size of a dedicated gateway.
        EGRESS_PATH = "EGRESS_PATH"

        #: The addressing of the destination.
        ADDRESSING = "ADDRESSING"

        #: The name outside the destination's own cluster.
        EXTERNAL_PREFIX = "EXTERNAL_PREFIX"

        #: A subset of the destination's pods.
        SUBSET = "SUBSET"

        #: The settings of a token issuer.
        JWT_PROVIDER = "JWT_PROVIDER"

        #: How an external host is reached.
        EXTERNAL_HOST = "EXTERNAL_HOST"

        #: The protocol or TLS of an outer port.
        LISTENER = "LISTENER"

        #: An exposed host.
        HOST = "HOST"

        #: The path prefix of an exposed host.
        PATH_PREFIX = "PATH_PREFIX"

        #: A name that is published.
        DNS_NAME = "DNS_NAME"

    #: What it is about.
    kind: ConflictInfo.Kind | None = dataclasses.field(
        default=None, metadata={"number": 1, "output_only": True}
    )

    #: The path of the field in the caller's own intent.
    field: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

    #: The name of the other intent; of one the caller may not read, the name of its project only.
    other_intent: str = dataclasses.field(default="", metadata={"number": 3, "output_only": True})

    #: The path of the field in the other intent.
    other_field: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

    #: The value in the caller's own intent, as JSON text.
    ours: str = dataclasses.field(default="", metadata={"number": 5, "output_only": True})

    #: The value in the other intent, as JSON text.
    theirs: str = dataclasses.field(default="", metadata={"number": 6, "output_only": True})

    #: What can be done about it, for people.
    way_out: str = dataclasses.field(default="", metadata={"number": 7, "output_only": True})
