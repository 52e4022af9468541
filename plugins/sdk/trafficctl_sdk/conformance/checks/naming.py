"""Names of objects: stable, never shared, and never outside of what a driver may own."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from trafficctl_sdk.admission.output import InvalidOutputError, check_rendering
from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.conformance.checks.telling import gist, place
from trafficctl_sdk.conformance.findings import BrokenError, UndeclaredError
from trafficctl_sdk.conformance.probes import INSTEAD
from trafficctl_sdk.conformance.subject import Rendered
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.conformance.wishes.bases import Way, completed, ways
from trafficctl_sdk.conformance.world.places import egress
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.names import object_name
from trafficctl_sdk.slices import TrafficSlice

Key: TypeAlias = tuple[str, str, str, str]
"""API group, kind, namespace, name."""

_UNNAMED: Final = re.compile(
    r"traffic_policy\.(?!routes\.id)|mutual_tls\.|callers\.access\."
    r"|cors\.|jwt_providers\.(?!id)"
)
"""Leaves that make no object another one."""
_IDENTITIES: Final = (
    ("shop", "reviews"),
    ("shop", "reviews-reviews"),
    ("shop-reviews", "reviews"),
    ("a-b", "c"),
    ("a", "b-c"),
    ("n" * 60 + "-aa", "s" * 60 + "-aa"),
    ("n" * 60 + "-aa", "s" * 60 + "-ab"),
    ("n" * 60 + "-ab", "s" * 60 + "-aa"),
)
"""Namespaces and services that a careless name would take for each other."""
_LONGEST_LABEL: Final = 63


def keys_of(rendering: Rendered) -> tuple[Key, ...]:
    """Give the keys of all objects of a rendering."""
    return tuple(_key(it.body) for it in rendering.rendering.manifests)


def _key(body: Mapping[str, Any]) -> Key:
    group = body["apiVersion"].rpartition("/")[0]
    metadata = body["metadata"]
    return group, body["kind"], metadata.get("namespace", ""), metadata["name"]


def _shown(key: Key) -> str:
    _, kind, namespace, name = key
    return f"{kind} {namespace}/{name}" if namespace else f"{kind} {name}"


def stable(trial: Trial) -> None:
    """Check that an object keeps its name when something is changed or a caller added."""
    for path, probes in sorted(trial.probes.by_leaf.items()):
        if not _UNNAMED.match(path.partition(".")[2]):
            continue
        for probe in probes:
            before = _keys(trial, probe.intent)
            for said, other in probe.others.items():
                after = _keys(trial, other)
                if before is None or after is None:
                    continue
                # What is chosen instead may bring or save objects; what is only said otherwise not.
                if before != after and (INSTEAD in said or _alike(before) == _alike(after)):
                    raise BrokenError(
                        f"{_shown(min(before ^ after))} changes its name with what is said",
                        f"an {probe.kind} intent with {probe.leaf} {said}",
                    )
    for kind in trial.kinds:
        for way in ways(kind, trial.declared):
            _keeps(trial, kind, way)


def _alike(keys: set[Key]) -> list[tuple[str, str, str]]:
    """Give the keys without their names."""
    return sorted((group, kind, namespace) for group, kind, namespace, _ in keys)


def _keeps(trial: Trial, kind: str, way: Way) -> None:
    if kind == "inbound":
        return
    callers = [{"workload": {"workload": it}} for it in ("page", "audit")]
    one, both = (
        completed(kind, {"callers": callers[:count]}, "", trial.declared, way) for count in (1, 2)
    )
    before, after = _keys(trial, one), _keys(trial, both)
    if before is not None and after is not None and not before <= after:
        raise BrokenError(
            f"{_shown(min(before - after))} changes its name when another caller comes",
            f"an {kind} intent with a second caller",
        )


def _keys(trial: Trial, intent: ConnectivityIntent) -> set[Key] | None:
    """Give the keys of all objects of an intent; none: a slice of it is refused."""
    found: set[Key] = set()
    for _, answer in trial.outcome(intent).answers:
        if not isinstance(answer, Rendered):
            return None
        found.update(keys_of(answer))
    return found


def distinct(trial: Trial) -> None:
    """Check that scopes share no object, however alike they are called, and names stay legal."""
    holders: dict[tuple[str, Key], str] = {}
    for it in _namesakes(trial):
        answer = trial.subject.answer(it)
        if not isinstance(answer, Rendered):
            raise BrokenError(
                f"a slice is taken by one name and not by another: {gist(answer)}", place(it)
            )
        try:
            check_rendering(answer.rendering, [one.intent for one in it.origins])
        except InvalidOutputError as error:
            raise BrokenError(f"a long name makes it illegal: {error}", place(it)) from None
        for key in keys_of(answer):
            _check_label(key, it)
            held = holders.setdefault((it.cluster, key), str(it.scope))
            if held != str(it.scope):
                raise BrokenError(
                    f"{_shown(key)} is rendered for {held} too; use object_name with the scope",
                    place(it),
                )


def _check_label(key: Key, traffic_slice: TrafficSlice) -> None:
    if key[1] in ("Namespace", "Service") and (len(key[3]) > _LONGEST_LABEL or "." in key[3]):
        raise BrokenError(
            f"{_shown(key)}: its name must be a DNS label of at most {_LONGEST_LABEL}",
            place(traffic_slice),
        )


def _namesakes(trial: Trial) -> Iterator[TrafficSlice]:
    """Give every kind of slice that the driver takes, under each of the names."""
    plain = [
        it
        for kind in trial.kinds
        for way in ways(kind, trial.declared)
        for it in trial.slices_of(completed(kind, {}, "", trial.declared, way))
        if isinstance(trial.subject.answer(it), Rendered)
    ]
    if not plain:
        raise UndeclaredError("no plain slice is rendered")
    for namespace, service in _IDENTITIES:
        for it in plain:
            yield _renamed(it, namespace, service)


def _renamed(traffic_slice: TrafficSlice, namespace: str, service: str) -> TrafficSlice:
    """Give a slice about a service, or a host outside, of other names."""
    names = {"shop": namespace, "reviews": service, "api": f"api.{service}"[:_LONGEST_LABEL]}
    text = json.dumps(to_json(traffic_slice))
    text = text.replace(egress("page").name, object_name("egress-page", namespace, service))
    changed = re.sub(r"(?<![-\w])(shop|reviews|api)(?![-\w])", lambda it: names[it[0]], text)
    return from_json(TrafficSlice, json.loads(changed))


def own(trial: Trial) -> None:
    """Check that objects stand in namespaces of the slice, and that no user's is written."""
    for it in trial.stock:
        answer = trial.subject.answer(it)
        if not isinstance(answer, Rendered):
            continue
        texts = set(_texts(to_json(it)))
        for key in keys_of(answer):
            _, kind, namespace, name = key
            if namespace and namespace not in texts:
                raise BrokenError(
                    f"{_shown(key)} stands in a namespace that the slice does not name", place(it)
                )
            if kind == "Namespace" and name not in _ours(it):
                raise BrokenError(
                    f"{_shown(key)} is a user's: a driver may write its own only", place(it)
                )


def _ours(it: TrafficSlice) -> set[str]:
    found: set[str] = set()
    if it.namespace is not None and it.namespace.ours:
        found.add(it.namespace.namespace)
    if it.gateway is not None:
        found.add(it.gateway.gateway.namespace)
    if it.destination is not None:
        found.add(it.destination.home_namespace)
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
