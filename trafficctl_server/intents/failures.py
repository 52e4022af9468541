"""Why a request cannot be answered as asked: what RPC code raises.

Plain Python: the one table that turns these into ``google.rpc.Status`` is ``api.status``. The text
is for the client: lower case, no full stop, what to do next, nothing from inside. Whatever varies
in it stands in ``metadata`` too, so that programs need not parse it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trafficctl_sdk.errors import Violation


class Failure(Exception):  # noqa: N818 - answers to a client, most of them no error of the server
    """Any of the below; raised as such by nobody.

    :ivar metadata: what varies in the text, by name.
    """

    def __init__(self, text: str, **metadata: str) -> None:
        super().__init__(text)
        self.metadata = metadata


class Violations(Failure):
    """The request breaks rules; all of them are named, never only the first."""

    def __init__(self, violations: Sequence[Violation], **metadata: str) -> None:
        self.violations = tuple(violations)
        first = self.violations[0]
        more = f" (and {len(self.violations) - 1} more)" if len(self.violations) > 1 else ""
        super().__init__(f"{first.field}: {first.description}{more}", **metadata)

    def move_below(self, prefix: str) -> None:
        """Say where in a batch the fields stand; does nothing where they say it already."""
        self.violations = tuple(
            it
            if it.field.startswith(prefix)
            else replace(it, field=f"{prefix}.{it.field}" if it.field else prefix)
            for it in self.violations
        )


class FieldNotSupported(Violations):
    """Fields that no loaded driver enforces in a cluster concerned."""

    def __init__(self, violations: Sequence[Violation], driver: str, cluster: str) -> None:
        super().__init__(violations, driver=driver, cluster=cluster)


class ProtocolMismatch(Violations):
    """A port's protocol as stated and as the inventory knows it differ."""


class AddressingMismatch(Violations):
    """A workload's addressing as stated and as the inventory knows it differ."""


class IdentityNeedsMutualTls(Violations):
    """A rule by caller where mutual TLS does not prove who calls."""


class ServerFirstNeedsStrict(Violations):
    """A protocol whose server speaks first on a listener that sniffs."""


class RequestIdReused(Failure):
    """A request id came again with another body."""

    def __init__(self, request_id: str) -> None:
        super().__init__(
            f"request_id {request_id} was used for another request: choose a new one",
            request_id=request_id,
        )


class FutureRevision(Failure):
    """A Watch from a revision that does not exist yet."""

    def __init__(self, current: int) -> None:
        super().__init__(
            f"the revision lies in the future: start at {current} or earlier",
            current_revision=str(current),
        )


class _Named(Failure):
    """About one resource.

    :ivar kind: its type, such as ``Cluster``.
    """

    def __init__(self, text: str, name: str, kind: str) -> None:
        super().__init__(text, name=name, kind=kind)
        self.name = name
        self.kind = kind


class NotFound(_Named):
    """No such resource, or a parent that is missing."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"{kind} {name} does not exist: create it or correct the name", name, kind)


class AlreadyExists(_Named):
    """The id is taken."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(f"{kind} {name} exists: update it or choose another id", name, kind)


class _Moved(Failure):
    """What the client saw is not what is there now.

    :ivar current: the value now.
    """

    def __init__(self, text: str, name: str, current: str) -> None:
        super().__init__(text, name=name, current=current)
        self.name = name
        self.current = current


class EtagMismatch(_Moved):
    """Somebody else changed the resource since it was read."""

    def __init__(self, name: str, current: str) -> None:
        super().__init__(f"{name} was changed meanwhile: read it again and retry", name, current)


class PlanDigestMismatch(_Moved):
    """The plan is not the one that was looked at."""

    def __init__(self, name: str, current: str) -> None:
        super().__init__(f"{name} was computed again: look at it again and retry", name, current)


class HeldChangeDiffers(_Moved):
    """What a cluster holds back is not what was looked at."""

    def __init__(self, name: str, current: str) -> None:
        super().__init__(f"what {name} holds has moved: look at it again and retry", name, current)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictInfo:
    """Two wishes that cannot both hold.

    :ivar kind: a value's name of ``ConflictInfo.Kind``, such as ``PROTOCOL``.
    :ivar field: path in the request.
    :ivar other_intent: name of the other one; of its project only if the caller may not read it.
    :ivar ours: what the request says; ``theirs``: what the other one says.
    :ivar way_out: what to do.
    """

    kind: str
    field: str
    other_intent: str
    other_field: str
    ours: str
    theirs: str
    way_out: str


class Conflict(Failure):
    """The request contradicts other intents; all contradictions are named."""

    def __init__(self, conflicts: Sequence[ConflictInfo]) -> None:
        self.conflicts = tuple(conflicts)
        first = self.conflicts[0]
        more = f" (and {len(self.conflicts) - 1} more)" if len(self.conflicts) > 1 else ""
        super().__init__(
            f"{first.field} contradicts {first.other_field} of {first.other_intent}:"
            f" {first.way_out}{more}",
            field=first.field,
            other_intent=first.other_intent,
            other_field=first.other_field,
        )


class HostClaimed(Conflict):
    """A host or zone name belongs to another project."""


class WrongState(Failure):
    """Something must change first; raised as one of the below.

    :ivar subject: name of the resource whose state is in the way.
    :ivar what: what must change first, for a person.
    """

    def __init__(self, text: str, subject: str, what: str, **metadata: str) -> None:
        super().__init__(text, name=subject, **metadata)
        self.subject = subject
        self.what = what


class GroupNotEmpty(WrongState):
    """A group with intents is not deleted without ``force``."""

    def __init__(self, name: str) -> None:
        what = "delete its intents first, or set force to delete all at once"
        super().__init__(f"{name} has intents: {what}", name, what)


class WorkloadInUse(WrongState):
    """An intent serves the workload.

    :ivar intents: names of the intents.
    """

    def __init__(self, name: str, intents: Sequence[str]) -> None:
        self.intents = tuple(intents)
        what = "delete these intents first"
        served = ", ".join(self.intents)
        super().__init__(f"{name} is served by {served}: {what}", name, what, intents=served)


class ClusterNotDrained(WrongState):
    """A cluster that may still hold objects of ours."""

    def __init__(self, name: str) -> None:
        what = "drain it first, or set force to forget a lost one"
        super().__init__(f"{name} still owns objects: {what}", name, what)


class ClusterState(WrongState):
    """The cluster's state forbids it."""

    def __init__(self, name: str, state: str, what: str) -> None:
        super().__init__(f"{name} is {state}: {what}", name, what, state=state)


class PlanState(WrongState):
    """The plan's state forbids it."""

    def __init__(self, name: str, state: str, what: str) -> None:
        super().__init__(f"{name} is {state}: {what}", name, what, state=state)


class PlanStale(WrongState):
    """The world moved since the plan was computed."""

    def __init__(self, name: str) -> None:
        what = "compute it again"
        super().__init__(f"{name} no longer fits what is there: {what}", name, what)


class NotForeign(WrongState):
    """Only an object of somebody else can be adopted."""

    def __init__(self, name: str) -> None:
        what = "there is nothing to adopt"
        super().__init__(f"{name} is no foreign object: {what}", name, what)


class PlanRequired(WrongState):
    """The group takes changes by plan only."""

    def __init__(self, group: str) -> None:
        what = "put the change into a plan and apply it"
        super().__init__(f"{group} takes changes by plan only: {what}", group, what)


class ApprovalRequired(WrongState):
    """The group takes approved plans only."""

    def __init__(self, plan: str) -> None:
        what = "ask somebody to approve it"
        super().__init__(f"{plan} needs approval: {what}", plan, what)


class PlanOwnApproval(WrongState):
    """Nobody approves a plan of one's own."""

    def __init__(self, plan: str) -> None:
        what = "ask somebody else to approve it"
        super().__init__(f"{plan} is your own: {what}", plan, what)


class HistoryCompacted(Failure):
    """The revision asked for is no longer kept.

    :ivar oldest: the oldest revision that is.
    """

    def __init__(self, oldest: int) -> None:
        self.oldest = oldest
        super().__init__(
            f"history before revision {oldest} is gone: start again from 0",
            oldest_revision=str(oldest),
        )


class Unauthenticated(Failure):
    """No credentials, or bad ones; which of the two is nobody's business."""

    def __init__(self) -> None:
        super().__init__("credentials are missing or not valid: send a known bearer token")


class Forbidden(Failure):
    """The principal lacks a role."""

    def __init__(self, role: str) -> None:
        super().__init__(f"this needs the role {role}: ask for it", role=role)


class NamespaceNotYours(Failure):
    """The cluster does not give the namespace to this project."""

    def __init__(self, namespace: str, cluster: str, project: str) -> None:
        super().__init__(
            f"namespace {namespace} of {cluster} is not given to project {project}:"
            " ask for it in the cluster's record",
            namespace=namespace,
            cluster=cluster,
            project=project,
        )


class _Exhausted(Failure):
    """Something is used up.

    :ivar subject: what.
    """

    def __init__(self, text: str, subject: str, **metadata: str) -> None:
        super().__init__(text, subject=subject, **metadata)
        self.subject = subject


class Overloaded(_Exhausted):
    """Too many at once."""

    def __init__(self, subject: str, limit: int) -> None:
        super().__init__(
            f"more than {limit} {subject} at once: retry later", subject, limit=str(limit)
        )


class SlowConsumer(_Exhausted):
    """A watcher reads slower than things change."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            f"the watch fell behind: resume from revision {revision} and read faster",
            "watch buffer",
            last_revision=str(revision),
        )


class PoolExhausted(_Exhausted):
    """A pool of addresses or ports is empty."""

    def __init__(self, pool: str) -> None:
        super().__init__(f"{pool} is used up: ask for a larger one", pool)


class StoreUnavailable(Failure):
    """Nothing can be kept now: the store is away, full, locked or read-only.

    :ivar reason: why, for the operator; it goes to the log, not to the client.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__("the store takes no changes now, nothing was kept: retry later")


class Draining(Failure):
    """The server is shutting down."""

    def __init__(self) -> None:
        super().__init__("the server is shutting down: retry, another one may answer")


class DeadlineExpired(Failure):
    """The time for the RPC is over."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"not done within {seconds:g}s: a change may have been kept, repeat it with the same"
            " request_id",
            seconds=f"{seconds:g}",
        )


class NotServed(Failure):
    """A method that this server does not serve.

    :ivar why: why not, or since when.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"not served: {why}", why=why)
