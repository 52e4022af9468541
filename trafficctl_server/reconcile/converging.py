"""What became of one intent: pure, from what was decided and what the ledger says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from trafficctl_sdk.model.convergence import Convergence, Notice, ObjectRef
from trafficctl_sdk.model.realization import Realization
from trafficctl_sdk.names import object_id
from trafficctl_sdk.rpc_status import RpcStatus

from trafficctl_server.compile.names import NO_CLUSTER, cluster_name, realization_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from trafficctl_server.compile.resolve import Resolution
    from trafficctl_server.compile.standings import Standing
    from trafficctl_server.reconcile.entry import Entry

State = Convergence.State
Stage = Convergence.Stage
Reason = Convergence.Reason

MAX_OBJECTS: Final = 500
"""So many objects a realization lists; it counts them all."""

ORDER: Final = (
    State.DELETING,
    State.REFUSED,
    State.HELD,
    State.DRIFTED,
    State.RETRYING,
    State.WAITING,
    State.PROGRESSING,
    State.SETTLED,
    State.NOT_APPLICABLE,
)
"""An aggregate is in the first of these that any of its parts is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failing:
    """Why a scope has nothing new in a cluster: its driver failed, or intents contradict."""

    reason: Reason
    detail: str
    field: str = ""
    state: State = State.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything that one intent's convergence follows from.

    :ivar resolution: none while the intent is being deleted.
    :ivar busy: clusters where one of its scopes is still being compiled or rendered.
    :ivar failing: by cluster, what holds its scopes up after they were compiled.
    :ivar notices: by cluster, what drivers remarked.
    :ivar settled_at: by cluster, the stage that counts as settled.
    :ivar leaving: the intent is being deleted.
    """

    intent: str
    uid: str
    generation: int
    accepted_time: int
    resolution: Resolution | None
    entries: Sequence[Entry]
    busy: frozenset[str]
    failing: Mapping[str, Failing]
    notices: Mapping[str, tuple[Notice, ...]]
    drivers: Mapping[str, str]
    settled_at: Mapping[str, Stage]
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class Lasting:
    """What of a realization outlasts the next one: where it stood, and since when."""

    state: State | None
    stage: Stage | None
    reason: Reason | None
    update_time: int | None
    last_transition_time: int | None
    intent_uid: str
    last_good_generation: int

    @classmethod
    def of(cls, said: Realization) -> Lasting:
        """Take it from what was said."""
        convergence = said.convergence or Convergence()
        return cls(
            state=convergence.state,
            stage=convergence.stage,
            reason=convergence.reason,
            update_time=said.update_time,
            last_transition_time=convergence.last_transition_time,
            intent_uid=said.intent_uid,
            last_good_generation=said.last_good_generation,
        )

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Lasting:
        """Take it from what was said, as JSON: without all that does not last."""
        convergence = said.get("convergence", _NONE)
        return cls(
            state=_STATES.get(convergence.get("state")),
            stage=_STAGES.get(convergence.get("stage")),
            reason=_REASONS.get(convergence.get("reason")),
            update_time=said.get("update_time"),
            last_transition_time=convergence.get("last_transition_time"),
            intent_uid=said.get("intent_uid", ""),
            last_good_generation=said.get("last_good_generation", 0),
        )


_NONE: Final[Mapping[str, Any]] = {}
_STATES: Final[Mapping[Any, State]] = {it.name: it for it in State}
_STAGES: Final[Mapping[Any, Stage]] = {it.name: it for it in Stage}
_REASONS: Final[Mapping[Any, Reason]] = {it.name: it for it in Reason}


def realizations(it: Situation, before: Mapping[str, Lasting], now: int) -> dict[str, Realization]:
    """Give the realizations of an intent by cluster id, ``none`` for none at all.

    :param before: what was said last, for what lasts (times, the last good generation).
    """
    by_cluster: dict[str, list[Entry]] = {}
    for entry in it.entries:
        by_cluster.setdefault(entry.cluster, []).append(entry)
    standings: dict[str, Standing] = {}
    roles: Mapping[str, Sequence[object]] = {}
    if it.resolution is not None:
        roles = it.resolution.roles
        for standing in it.resolution.standings:
            worst = standings.get(standing.cluster)
            if worst is None or ORDER.index(standing.state) < ORDER.index(worst.state):
                standings[standing.cluster] = standing
    clusters = {*by_cluster, *standings, *roles}
    found = {
        cluster or NO_CLUSTER: _realization(
            it,
            cluster,
            entries=by_cluster.get(cluster, []),
            standing=standings.get(cluster),
            before=before.get(cluster or NO_CLUSTER),
            now=now,
        )
        for cluster in clusters
    }
    return dict(sorted(found.items()))


def aggregate(states: Sequence[State]) -> State:
    """Give the state of a whole by those of its parts; WAITING where there is none."""
    present = set(states)
    return next((it for it in ORDER if it in present), State.WAITING)


def counts(states: Sequence[State]) -> Convergence.Counts:
    """Count states."""
    found = Counter(it.lower() for it in states)
    return Convergence.Counts(**found, total=len(states))


def object_ref(entry: Entry) -> ObjectRef:
    """Point to one object of an intent."""
    convergence = object_convergence(entry)
    return ObjectRef(
        object=managed_name(entry),
        kind=entry.key.kind,
        state=convergence.state,
        stage=convergence.stage,
        reason=convergence.reason,
    )


def managed_name(entry: Entry) -> str:
    """Give the resource name of an object of the ledger."""
    return f"{cluster_name(entry.cluster)}/objects/{object_id(entry.cluster, entry.ledger_key.key)}"


def object_convergence(entry: Entry) -> Convergence:
    """Say how far one object got."""
    state, reason, detail, error = State.PROGRESSING, None, "", None
    stage = Stage.RENDERED
    if entry.settled:
        state, stage = State.SETTLED, Stage.OBSERVED
    if entry.trouble is not None:
        trouble = entry.trouble
        state, reason = State(trouble.state), Reason(trouble.reason)
        stage = Stage.RENDERED
        detail = trouble.detail
        error = RpcStatus(code=_UNAVAILABLE, message=detail) if state is State.RETRYING else None
    if entry.tombstone:
        state = State.DELETING
    return Convergence(
        state=state,
        stage=stage,
        reason=reason,
        detail=detail,
        error=error,
        attempt=entry.trouble.attempt if entry.trouble is not None else 0,
        next_attempt_time=(entry.trouble.next_attempt or None) if entry.trouble else None,
        rendered_time=entry.rendered_at or None,
        delivered_time=(entry.written_at or None) if entry.settled else None,
    )


_UNAVAILABLE: Final = 14
"""google.rpc.Code of what may work later."""


def _realization(
    it: Situation,
    cluster: str,
    *,
    entries: list[Entry],
    standing: Standing | None,
    before: Lasting | None,
    now: int,
) -> Realization:
    convergence = _convergence(it, cluster, entries, standing)
    same = before is not None and (before.state, before.stage, before.reason) == (
        convergence.state,
        convergence.stage,
        convergence.reason,
    )
    settled = convergence.state is State.SETTLED
    shown = sorted(entries, key=lambda entry: entry.ledger_key.key)
    notices = it.notices.get(cluster, ())
    if it.resolution is not None:
        notices += tuple(
            Notice(reason=remark.reason, field=remark.field, text=remark.text)
            for remark in it.resolution.remarks
            if remark.cluster == cluster
        )
    roles = it.resolution.roles.get(cluster, ()) if it.resolution is not None else ()
    return Realization(
        name=realization_name(it.intent, cluster),
        update_time=before.update_time if same and before is not None else now,
        cluster=cluster_name(cluster) if cluster else "",
        roles=tuple(Realization.Role(role.value) for role in roles),
        convergence=_with_times(convergence, it, before if same else None, now),
        intent_uid=it.uid,
        generation=it.generation,
        objects=tuple(object_ref(entry) for entry in shown[:MAX_OBJECTS]),
        object_count=len(entries),
        notices=tuple(sorted(set(notices), key=lambda n: (str(n.reason), n.field, n.text))),
        last_good_generation=(
            it.generation
            if settled
            else before.last_good_generation
            if before is not None and before.intent_uid == it.uid
            else 0
        ),
        driver=it.drivers.get(cluster, ""),
    )


def _convergence(
    it: Situation, cluster: str, entries: list[Entry], standing: Standing | None
) -> Convergence:
    """Give state, stage and reason of one intent in one cluster."""
    if it.leaving:
        worst = _hindered(it, cluster, standing) or _worst(entries) or Convergence()
        return replace(worst, state=State.DELETING, stage=Stage.ACCEPTED)
    held_up = _hindered(it, cluster, standing) or _worst(entries)
    if held_up is not None:
        return held_up
    if standing is not None:
        return _held_up(standing)
    return Convergence(state=State.SETTLED, stage=it.settled_at.get(cluster, Stage.DELIVERED))


def _hindered(it: Situation, cluster: str, standing: Standing | None) -> Convergence | None:
    """Say what keeps an intent from being rendered in a cluster; none: it is rendered."""
    if standing is not None and standing.state is State.REFUSED:
        return _held_up(standing)
    failing = it.failing.get(cluster)
    if failing is not None:
        return Convergence(
            state=failing.state,
            stage=Stage.ACCEPTED,
            reason=failing.reason,
            detail=failing.detail,
            field=failing.field,
        )
    if standing is not None and standing.state is not State.NOT_APPLICABLE:
        return _held_up(standing)
    if cluster in it.busy:
        return Convergence(state=State.PROGRESSING, stage=Stage.ACCEPTED)
    return None


def _held_up(standing: Standing) -> Convergence:
    return Convergence(
        state=standing.state,
        stage=Stage.ACCEPTED,
        reason=standing.reason,
        detail=standing.detail,
        field=standing.field,
    )


def _worst(entries: list[Entry]) -> Convergence | None:
    """Give the convergence of the object that is farthest back; none: all are settled."""
    found = [
        (_living(entry), object_convergence(entry))
        for entry in entries
        if not entry.settled or entry.trouble
    ]
    if not found:
        return None
    state, worst = min(found, key=lambda it: ORDER.index(it[0]))
    return Convergence(
        state=state,
        stage=worst.stage,
        reason=worst.reason,
        detail=worst.detail,
        error=worst.error,
        attempt=worst.attempt,
        next_attempt_time=worst.next_attempt_time,
    )


def _living(entry: Entry) -> State:
    """Give an object's state for an intent that stays: to leave a cluster is not to be deleted."""
    return State(entry.trouble.state) if entry.trouble is not None else State.PROGRESSING


def _with_times(
    convergence: Convergence, it: Situation, last: Lasting | None, now: int
) -> Convergence:
    stage = convergence.stage or Stage.ACCEPTED
    reached = {stage} | ({Stage.RENDERED, Stage.DELIVERED} if stage in _AFTER_DELIVERY else set())
    return Convergence(
        state=convergence.state,
        stage=convergence.stage,
        reason=convergence.reason,
        detail=convergence.detail,
        field=convergence.field,
        error=convergence.error,
        attempt=convergence.attempt,
        next_attempt_time=convergence.next_attempt_time,
        last_transition_time=last.last_transition_time if last is not None else now,
        accepted_time=it.accepted_time or None,
        rendered_time=_latest(it.entries, "rendered_at") if Stage.RENDERED in reached else None,
        delivered_time=_latest(it.entries, "written_at") if Stage.DELIVERED in reached else None,
    )


_AFTER_DELIVERY: Final = (Stage.DELIVERED, Stage.OBSERVED, Stage.IN_EFFECT)


def _latest(entries: Sequence[Entry], name: str) -> int | None:
    return max((getattr(entry, name) for entry in entries), default=0) or None
