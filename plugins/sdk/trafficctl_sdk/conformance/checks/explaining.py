"""Whether the driver's own verdicts are well formed, pure, and agree with what it renders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trafficctl_sdk.codec import canonical
from trafficctl_sdk.conformance.findings import BrokenError, UndeclaredError
from trafficctl_sdk.conformance.guard import watched
from trafficctl_sdk.conformance.probes import undeclared
from trafficctl_sdk.conformance.subject import EXPLAIN, EXPLAIN_CALLS, Rendered
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.conformance.wishes.bases import completed
from trafficctl_sdk.conformance.wishes.wish import Body
from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.inventory import inventory
from trafficctl_sdk.explain import (
    ExplainRequest,
    Inventory,
    PlacedObject,
    Verdict,
    VerdictKind,
)
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.slices import TrafficSlice

_KIND = "intracluster"
_ALL: Body = {"action": "ALLOW", "all_requests": {}}
_BOOKS: Body = {"http": {"methods": ["GET"], "paths": [{"exact": "/books"}]}}
_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """One call, and whether the intent lets it through."""

    caller: str
    allowed: bool
    method: str = "GET"
    path: str = "/books"

    def __str__(self) -> str:
        return f"{self.method} {self.path} by {self.caller}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is asked about one intent: the objects that it and its namespace give, and calls."""

    intent: ConnectivityIntent
    objects: tuple[PlacedObject, ...]
    inventory: Inventory
    calls: tuple[_Call, ...]


_CASES: Sequence[tuple[Body, tuple[_Call, ...]]] = (
    (
        {"callers": [{"access": [_ALL]}]},
        (_Call(caller="page", allowed=True), _Call(caller="audit", allowed=False)),
    ),
    (
        {"callers": [{"access": [{"action": "ALLOW", **_BOOKS}]}]},
        (
            _Call(caller="page", allowed=True),
            _Call(caller="page", allowed=False, method="PUT"),
            _Call(caller="page", allowed=False, path="/other"),
            _Call(caller="audit", allowed=False),
        ),
    ),
    (
        {"callers": [{"access": [_ALL, {"action": "DENY", **_BOOKS}]}]},
        (
            _Call(caller="page", allowed=False),
            _Call(caller="page", allowed=True, path="/other"),
        ),
    ),
)


def agrees(trial: Trial) -> None:
    """Check that verdicts on declared callers are those that the intent asks for."""
    for case in _cases(trial):
        for call in case.calls:
            request = _request(trial, call)
            verdict = _verdict(trial, case, request)
            _check_form(verdict, case, call)
            if (verdict.kind is VerdictKind.ALLOWED) is not call.allowed:
                wanted = "lets it through" if call.allowed else "does not let it through"
                raise BrokenError(
                    f"{call} is {verdict.kind.value}, and the intent {wanted}: {verdict.text}",
                    f"an {_KIND} intent, explained by the objects that were rendered for it",
                )


def pure(trial: Trial) -> None:
    """Check that a verdict rests on what is asked alone, in any order, one by one or together."""
    for case in _cases(trial):
        requests = [_request(trial, it) for it in case.calls]
        before = canonical([canonical(it).decode() for it in case.objects])
        with watched() as deeds:
            verdicts = [_verdict(trial, case, it) for it in requests]
        for deed in sorted(deeds):
            raise BrokenError(f"{EXPLAIN} calls {deed.what}; it is given all it needs", deed.where)
        if canonical([canonical(it).decode() for it in case.objects]) != before:
            raise BrokenError("explaining changes the objects that it is given", EXPLAIN)
        mixed = _Case(
            intent=case.intent,
            objects=case.objects[::-1],
            inventory=case.inventory,
            calls=case.calls,
        )
        for request, verdict in zip(requests, verdicts, strict=True):
            if canonical(_verdict(trial, mixed, request)) != canonical(verdict):
                raise BrokenError("another order of the objects gives another verdict", EXPLAIN)
        _check_together(trial, case, requests, verdicts)


def _check_together(
    trial: Trial, case: _Case, requests: list[ExplainRequest], verdicts: list[Verdict]
) -> None:
    if EXPLAIN_CALLS not in trial.subject.hooks:
        return
    together = trial.subject.call(
        EXPLAIN_CALLS, requests=requests, objects=case.objects, inventory=case.inventory
    )
    if [canonical(it) for it in together] != [canonical(it) for it in verdicts]:
        raise BrokenError("many calls together get other verdicts than one by one", EXPLAIN_CALLS)


def _cases(trial: Trial) -> Iterator[_Case]:
    if EXPLAIN not in trial.subject.hooks:
        raise UndeclaredError(f"it has no hook {EXPLAIN}")
    found = False
    for body, calls in _CASES:
        intent = completed(_KIND, body, "", trial.declared)
        if undeclared(_KIND, intent, trial.declared):
            continue
        objects = _objects(trial, intent)
        if objects is not None:
            found = True
            assert isinstance(intent, IntraclusterIntent)  # noqa: S101 - the kind that was asked for
            spoken = intent.ports[0].protocol
            assert spoken is not None  # noqa: S101 - undeclared otherwise
            world = inventory(places.SERVED, trial.mesh_version, spoken, in_mesh=trial.meshed)
            yield _Case(intent=intent, objects=objects, inventory=world, calls=calls)
    if not found:
        raise UndeclaredError(f"no plain {_KIND} intent can be said with what is declared")


def _objects(trial: Trial, intent: ConnectivityIntent) -> tuple[PlacedObject, ...] | None:
    """Give what is rendered for an intent and its governed namespace; none: it is refused."""
    governed = [
        it for it in trial.namespaces if it.namespace and it.namespace.namespace == places.NAMESPACE
    ]
    found: list[PlacedObject] = []
    for it in (*trial.slices_of(intent), *governed):
        answer = trial.subject.answer(it)
        if not isinstance(answer, Rendered):
            return None
        found += _placed(it, answer)
    return tuple(found)


def _placed(it: TrafficSlice, answer: Rendered) -> Iterator[PlacedObject]:
    origins = tuple(one.intent for one in it.origins)
    for manifest in answer.rendering.manifests:
        named = origins if manifest.origins is None else manifest.origins
        yield PlacedObject(cluster=it.cluster, body=manifest.body, origins=named)


def _request(trial: Trial, call: _Call) -> ExplainRequest:
    return ExplainRequest(
        cluster=places.SERVED,
        namespace=places.NAMESPACE,
        service_account=call.caller,
        pod_labels={"app": call.caller},
        in_mesh=trial.meshed,
        host=places.service_host(places.SERVICE),
        port=80,
        method=call.method,
        path=call.path,
    )


def _verdict(trial: Trial, case: _Case, request: ExplainRequest) -> Verdict:
    try:
        verdict = trial.subject.call(
            EXPLAIN, request=request, objects=case.objects, inventory=case.inventory
        )
    except Exception as error:
        raise BrokenError(
            f"{EXPLAIN} failed: {type(error).__name__}: {error}", _shown(request)
        ) from error
    if not isinstance(verdict, Verdict):
        raise BrokenError(
            f"{EXPLAIN} answered a {type(verdict).__name__}, must be a Verdict", _shown(request)
        )
    return verdict


def _shown(request: ExplainRequest) -> str:
    return f"a call to {request.host} by {request.service_account}"


def _check_form(verdict: Verdict, case: _Case, call: _Call) -> None:
    """Check what every verdict must be, whatever it says."""
    where = f"the verdict on {call}"
    if not verdict.text:
        raise BrokenError("a verdict has a text for people", where)
    if verdict.missing and verdict.kind is not VerdictKind.UNKNOWN:
        raise BrokenError(f"{verdict.kind.value} misses facts; only UNKNOWN does", where)
    if verdict.kind is VerdictKind.ALLOWED and not verdict.hops:
        raise BrokenError("ALLOWED names no station on the way", where)
    shares = sum(it.weight for it in verdict.landings)
    if verdict.landings and shares != _WHOLE:
        raise BrokenError(f"the weights of the landings sum to {shares}, not to {_WHOLE}", where)
    known = {_name(it) for it in case.objects}
    for hop in verdict.hops:
        for it in hop.objects:
            if it not in known:
                raise BrokenError(f"{it} decides, and no such object was given", where)
        if set(hop.intents) - {case.intent.name}:
            raise BrokenError(f"an intent is named that no object comes from: {hop.intents}", where)


def _name(it: PlacedObject) -> str:
    metadata = it.body["metadata"]
    assert isinstance(metadata, dict)  # noqa: S101 - what is no object was refused before
    return f"{it.cluster}/{it.body['kind']}/{metadata.get('namespace', '')}/{metadata['name']}"
