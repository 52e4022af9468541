"""What holds an intent up: reasons found while deciding, cluster by cluster."""

from dataclasses import dataclass

from trafficctl_sdk.model.convergence import Convergence

State = Convergence.State
Reason = Convergence.Reason


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Standing:
    """Why an intent, or a part of it, has no effect in one cluster.

    :ivar cluster: id; empty: in no cluster at all.
    :ivar field: path in the intent, as its author wrote it.
    :ivar lasting: what was rendered there before stays in force until this is settled.
    """

    cluster: str
    state: State
    reason: Reason
    field: str = ""
    detail: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Remark:
    """Something true of an intent in one cluster, without effect on its state (a notice)."""

    cluster: str
    reason: Reason
    field: str = ""
    text: str = ""


def waiting(cluster: str, reason: Reason, field: str = "", detail: str = "") -> Standing:
    """Say that a fact or an event is missing."""
    return Standing(cluster=cluster, state=State.WAITING, reason=reason, field=field, detail=detail)


def refused(cluster: str, reason: Reason, field: str = "", detail: str = "") -> Standing:
    """Say that it cannot be so until an input changes; what stands there stays."""
    return Standing(
        cluster=cluster,
        state=State.REFUSED,
        reason=reason,
        field=field,
        detail=detail,
        lasting=True,
    )


def forbidden(cluster: str, reason: Reason, field: str = "", detail: str = "") -> Standing:
    """Say that the cluster's record does not let it be so; what stands there goes."""
    return Standing(cluster=cluster, state=State.REFUSED, reason=reason, field=field, detail=detail)


def not_yours(cluster: str, namespace: str, project: str, field: str) -> Standing:
    """Say that a cluster does not give a namespace to a project."""
    return forbidden(
        cluster,
        Reason.NAMESPACE_NOT_YOURS,
        field,
        f"cluster {cluster} does not list namespace {namespace} for project {project}",
    )


def not_applicable(cluster: str, reason: Reason, detail: str = "") -> Standing:
    """Say that nothing belongs there."""
    return Standing(cluster=cluster, state=State.NOT_APPLICABLE, reason=reason, detail=detail)
