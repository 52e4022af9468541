"""Messages of ``trafficctl/v2/convergence.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum

from trafficctl_sdk.rpc_status import RpcStatus


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """Tells how far something is on its way from wish to effect.

    The same words are used for one object, for one intent in one cluster (realization) and for an
    intent as a whole.
    """

    class State(enum.StrEnum):
        """Says what is going on now."""

        #: Being compiled, queued or written.
        PROGRESSING = "PROGRESSING"

        #: A fact or an event is missing; nothing is wrong.
        WAITING = "WAITING"

        #: An attempt failed for now; `attempt`, `next_attempt_time` and `error` tell more.
        RETRYING = "RETRYING"

        #: The brake, a paused rollout or a foreign owner stops it until someone acts.
        HELD = "HELD"

        #: It cannot be so; `field` names what. The last good rendering stays in force.
        REFUSED = "REFUSED"

        #: It was settled, differs now, and is not repaired by policy or because of a fight.
        DRIFTED = "DRIFTED"

        #: This generation reached the stage that the cluster counts as settled.
        SETTLED = "SETTLED"

        #: Nothing belongs there; the reason says why.
        NOT_APPLICABLE = "NOT_APPLICABLE"

        #: No longer wanted; stays until the cluster confirms the removal.
        DELETING = "DELETING"

    class Stage(enum.StrEnum):
        """Says how far the present generation got.

        It only grows within one generation, falls back to ACCEPTED with a new one and to RENDERED
        when drift is found.
        """

        #: The wish is stored durably.
        ACCEPTED = "ACCEPTED"

        #: The wanted objects are worked out and in the ledger.
        RENDERED = "RENDERED"

        #: The target took the write.
        DELIVERED = "DELIVERED"

        #: The objects were read back equal.
        OBSERVED = "OBSERVED"

        #: The proxies, network functions or name servers have it.
        IN_EFFECT = "IN_EFFECT"

    class Reason(enum.StrEnum):
        """Says why a state is what it is, or what a notice is about.

        New values may be added: treat an unknown one by its state.
        """

        #: WAITING: no workload of this id is in the inventory.
        WORKLOAD_UNKNOWN = "WORKLOAD_UNKNOWN"

        #: WAITING: the workload is known, but runs nowhere yet.
        WORKLOAD_NOT_PLACED = "WORKLOAD_NOT_PLACED"

        #: WAITING: the selector matches no cluster.
        NO_CLUSTER_SELECTED = "NO_CLUSTER_SELECTED"

        #: WAITING: the cluster's record lists the namespace with LEAVE, so access is not
        #: restricted.
        NAMESPACE_NOT_GOVERNED = "NAMESPACE_NOT_GOVERNED"

        #: WAITING: the workload does not list the service port, or nobody has said yet which port
        #: of the pods is behind it.
        TARGET_PORT_UNKNOWN = "TARGET_PORT_UNKNOWN"

        #: WAITING: something else is not known yet; the detail says what.
        FACT_MISSING = "FACT_MISSING"

        #: WAITING: a gateway on the path has no address yet.
        GATEWAY_ADDRESS_UNKNOWN = "GATEWAY_ADDRESS_UNKNOWN"

        #: WAITING: the cluster has no external domain to complete a name prefix.
        EXTERNAL_DOMAIN_UNKNOWN = "EXTERNAL_DOMAIN_UNKNOWN"

        #: WAITING: a Secret that is referred to is not there.
        SECRET_MISSING = "SECRET_MISSING"

        #: WAITING: the serving side goes first and is not ready.
        SERVING_SIDE_FIRST = "SERVING_SIDE_FIRST"

        #: WAITING: the rollout has not come to this cluster yet.
        ROLLOUT_PENDING = "ROLLOUT_PENDING"

        #: WAITING: plaintext calls still arrive, so STRICT has to wait.
        PLAINTEXT_STILL_SEEN = "PLAINTEXT_STILL_SEEN"

        #: WAITING: the source of the names has not been heard of lately; the last known are in use.
        SOURCE_STALE = "SOURCE_STALE"

        #: WAITING: the cluster is being drained and takes nothing new.
        CLUSTER_DRAINING = "CLUSTER_DRAINING"

        #: RETRYING: the cluster does not answer.
        CLUSTER_UNREACHABLE = "CLUSTER_UNREACHABLE"

        #: RETRYING: the other side asks for fewer requests.
        THROTTLED = "THROTTLED"

        #: RETRYING: the other side had an internal error.
        SERVER_ERROR = "SERVER_ERROR"

        #: RETRYING: somebody else wrote the object at the same time.
        WRITE_CONFLICT = "WRITE_CONFLICT"

        #: RETRYING: the cluster does not know this kind of object yet.
        CRD_MISSING = "CRD_MISSING"

        #: RETRYING: our credentials do not allow the write.
        FORBIDDEN = "FORBIDDEN"

        #: RETRYING: the namespace is being deleted.
        NAMESPACE_TERMINATING = "NAMESPACE_TERMINATING"

        #: RETRYING: the directory cannot be written.
        TARGET_UNWRITABLE = "TARGET_UNWRITABLE"

        #: RETRYING: the DNS provider answered with an error.
        PROVIDER_ERROR = "PROVIDER_ERROR"

        #: HELD: the change takes away or alters more than the safety brake lets pass.
        BRAKE_TRIPPED = "BRAKE_TRIPPED"

        #: HELD: an earlier batch of the rollout failed.
        ROLLOUT_PAUSED = "ROLLOUT_PAUSED"

        #: HELD: an object of this name belongs to somebody else.
        FOREIGN_OBJECT = "FOREIGN_OBJECT"

        #: REFUSED: no driver of the cluster can express a field that is set.
        FIELD_NOT_SUPPORTED = "FIELD_NOT_SUPPORTED"

        #: REFUSED: the intent asks for another service mesh than the cluster has.
        MESH_MISMATCH = "MESH_MISMATCH"

        #: REFUSED: the cluster's mesh version cannot do it.
        MESH_VERSION_TOO_OLD = "MESH_VERSION_TOO_OLD"

        #: REFUSED: no driver is loaded for the cluster's technology.
        NO_DRIVER = "NO_DRIVER"

        #: REFUSED: the clusters share no root of trust, so no identity crosses between them.
        NO_COMMON_ROOT = "NO_COMMON_ROOT"

        #: REFUSED: another intent says otherwise about the same thing.
        INTENT_CONFLICT = "INTENT_CONFLICT"

        #: REFUSED: the stated protocol is not the one that the workload speaks.
        PROTOCOL_MISMATCH = "PROTOCOL_MISMATCH"

        #: REFUSED: the cluster or provider does not accept the object as it is.
        REJECTED_BY_SERVER = "REJECTED_BY_SERVER"

        #: REFUSED: a name that follows from the intent is longer than the technology allows.
        NAME_TOO_LONG = "NAME_TOO_LONG"

        #: REFUSED: the namespace's data-plane mode cannot do it.
        DATA_PLANE_MODE = "DATA_PLANE_MODE"

        #: REFUSED: the cluster's record does not let the project place things in the namespace.
        NAMESPACE_NOT_YOURS = "NAMESPACE_NOT_YOURS"

        #: REFUSED: the driver failed on this; not tried again until the input or the driver
        #: changes.
        DRIVER_FAILED = "DRIVER_FAILED"

        #: DRIFTED: somebody changed the object; the detail names the field manager.
        EDITED_BY = "EDITED_BY"

        #: DRIFTED: somebody deleted the object; the detail says who, where known.
        DELETED_BY = "DELETED_BY"

        #: DRIFTED: somebody keeps undoing our repair, so it was stopped.
        FIGHT = "FIGHT"

        #: NOT_APPLICABLE: none of the callers runs in the cluster.
        NO_CALLER_HERE = "NO_CALLER_HERE"

        #: NOT_APPLICABLE: caller and destination are not together in the cluster.
        SAME_CLUSTER_ONLY = "SAME_CLUSTER_ONLY"

        #: NOT_APPLICABLE: nobody calls the destination from or in the cluster.
        NOT_CALLED = "NOT_CALLED"

        #: Notice, no state: calls without proof of identity are let in.
        PLAINTEXT_ADMITTED = "PLAINTEXT_ADMITTED"

        #: Notice, no state: the rule is not enforced, as the caller can go around the proxy, or as
        #: nothing there can hold it.
        ADVISORY_ONLY = "ADVISORY_ONLY"

        #: Notice, no state: several workloads run as this account and cannot be told apart.
        SHARED_SERVICE_ACCOUNT = "SHARED_SERVICE_ACCOUNT"

        #: Notice, no state: a first ALLOW closes the destination to all callers that it does not
        #: name.
        DEFAULT_DENY_FLIP = "DEFAULT_DENY_FLIP"

        #: Notice, no state: a stated fact is not what was observed; the stated one is used.
        FACT_DIFFERS = "FACT_DIFFERS"

        #: Notice, no state: the mesh ignores timeout and retries where faults are injected.
        FAULT_DISABLES_TIMEOUT = "FAULT_DISABLES_TIMEOUT"

        #: Notice, no state: the server's greeting passes a gateway before any policy acts.
        SERVER_SPEAKS_FIRST = "SERVER_SPEAKS_FIRST"

        #: Notice, no state: another target answers behind the same name; nothing is deleted there
        #: unseen.
        TARGET_REPLACED = "TARGET_REPLACED"

        #: Notice, no state: several workloads' pods carry the same labels, and without a mesh they
        #: cannot be told apart.
        SHARED_POD_LABELS = "SHARED_POD_LABELS"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Counts:
        """Counts realizations by state, so that a summary hides nothing."""

        #: Those in state PROGRESSING.
        progressing: int = dataclasses.field(default=0, metadata={"number": 1, "output_only": True})

        #: Those in state WAITING.
        waiting: int = dataclasses.field(default=0, metadata={"number": 2, "output_only": True})

        #: Those in state RETRYING.
        retrying: int = dataclasses.field(default=0, metadata={"number": 3, "output_only": True})

        #: Those in state HELD.
        held: int = dataclasses.field(default=0, metadata={"number": 4, "output_only": True})

        #: Those in state REFUSED.
        refused: int = dataclasses.field(default=0, metadata={"number": 5, "output_only": True})

        #: Those in state DRIFTED.
        drifted: int = dataclasses.field(default=0, metadata={"number": 6, "output_only": True})

        #: Those in state SETTLED.
        settled: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

        #: Those in state NOT_APPLICABLE.
        not_applicable: int = dataclasses.field(
            default=0, metadata={"number": 8, "output_only": True}
        )

        #: Those in state DELETING.
        deleting: int = dataclasses.field(default=0, metadata={"number": 9, "output_only": True})

        #: All of them.
        total: int = dataclasses.field(default=0, metadata={"number": 10, "output_only": True})

    #: What is going on now.
    state: Convergence.State | None = dataclasses.field(
        default=None, metadata={"number": 1, "output_only": True}
    )

    #: How far the present generation got. An object of a directory is OBSERVED once it is written
    #: and compared; a settled realization says the stage at which its cluster counts as settled.
    stage: Convergence.Stage | None = dataclasses.field(
        default=None, metadata={"number": 2, "output_only": True}
    )

    #: Why the state is what it is.
    reason: Convergence.Reason | None = dataclasses.field(
        default=None, metadata={"number": 3, "output_only": True}
    )

    #: The particulars of the reason, as text for people.
    detail: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

    #: The path of the field in the intent that the reason is about, such as `callers[2].egress`.
    field: str = dataclasses.field(default="", metadata={"number": 5, "output_only": True})

    #: What the last failed attempt was answered with. Set in RETRYING.
    error: RpcStatus | None = dataclasses.field(
        default=None, metadata={"number": 6, "output_only": True}
    )

    #: The number of attempts since the last success.
    attempt: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When it is tried again. Set in RETRYING.
    next_attempt_time: int | None = dataclasses.field(
        default=None, metadata={"number": 8, "output_only": True}
    )

    #: When the state last changed.
    last_transition_time: int | None = dataclasses.field(
        default=None, metadata={"number": 9, "output_only": True}
    )

    #: When the present generation was stored durably.
    accepted_time: int | None = dataclasses.field(
        default=None, metadata={"number": 10, "output_only": True}
    )

    #: When its objects were last worked out.
    rendered_time: int | None = dataclasses.field(
        default=None, metadata={"number": 11, "output_only": True}
    )

    #: When the target took the write.
    delivered_time: int | None = dataclasses.field(
        default=None, metadata={"number": 12, "output_only": True}
    )

    #: When the objects were read back equal.
    observed_time: int | None = dataclasses.field(
        default=None, metadata={"number": 13, "output_only": True}
    )

    #: When the proxies, network functions or name servers had it.
    in_effect_time: int | None = dataclasses.field(
        default=None, metadata={"number": 14, "output_only": True}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ObjectRef:
    """Points to one object in a cluster and tells how it fares."""

    #: The resource name of the object in the ledger, `clusters/{cluster}/objects/{object}`.
    object: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

    #: What it is: a Kubernetes kind such as `ServiceEntry`, or the word of its technology.
    kind: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

    #: What is going on with it.
    state: Convergence.State | None = dataclasses.field(
        default=None, metadata={"number": 3, "output_only": True}
    )

    #: How far it got.
    stage: Convergence.Stage | None = dataclasses.field(
        default=None, metadata={"number": 4, "output_only": True}
    )

    #: Why.
    reason: Convergence.Reason | None = dataclasses.field(
        default=None, metadata={"number": 5, "output_only": True}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Tells the author of an intent something true that has no effect on its state."""

    #: What it is about.
    reason: Convergence.Reason | None = dataclasses.field(
        default=None, metadata={"number": 1, "output_only": True}
    )

    #: The path of the field concerned, such as `callers[2].workload`.
    field: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

    #: The particulars, as text for people.
    text: str = dataclasses.field(default="", metadata={"number": 3, "output_only": True})
