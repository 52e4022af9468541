"""Asks who reaches whom, in the words of scenario files."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from trafficctl_sdk.explain import Claim, Decision, ExplainRequest, Landing, PlacedObject

from trafficctl_server.compile.names import cluster_name
from trafficctl_server.reachability.questions import (
    CallingIdentity,
    CallingOutside,
    Question,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from trafficctl_sdk.explain import Inventory, InventoryPods, Verdict

_OUTSIDE: Final = re.compile(
    r"outside(?: at (?P<entrance>\S+))?(?: from (?P<source_address>\S+))?"
    r"(?: as (?P<certificate_name>\S+))?"
)
_ACCOUNT: Final = re.compile(
    r"(?P<namespace>[^/@ ]+)/(?P<account>[^@ ]+)@(?P<cluster>\S+)(?P<bare> without a mesh)?"
)
_WORKLOAD: Final = re.compile(r"(?P<workload>[^/@ ]+)@(?P<cluster>\S+)")
_CALL: Final = re.compile(
    r"(?P<host>\S+?):(?P<port>\d+)(?: (?P<method>[A-Z]+) (?P<path>/\S*))?(?P<rest>(?: \S+=\S+)*)"
)
_PLACE: Final = re.compile(
    r"(?P<cluster>[^:/ ]+)(?::(?P<port>\d+))?(?:/(?P<subset>\S+))?(?: (?P<weight>\d+)%)?"
)


def placed_objects(found: Mapping[str, Sequence[Any]]) -> list[PlacedObject]:
    """Give written objects, by cluster, as the evaluation reads them."""
    return [
        PlacedObject(cluster=cluster, body=body) for cluster in found for body in found[cluster]
    ]


def request_of(
    caller: str, call: str, inventory: Inventory, tokens: Mapping[str, Any]
) -> ExplainRequest:
    """Make the question of a caller and a call."""
    found = _CALL.fullmatch(call)
    assert found is not None, f"no call is written {call!r}"
    pairs = [it.split("=", 1) for it in found["rest"].split()]
    carried = [tokens[value] for name, value in pairs if name == "token"]
    return replace(
        _caller(caller, inventory),
        host=found["host"],
        port=int(found["port"]),
        method=found["method"] or "",
        path=found["path"] or "",
        headers={name: value for name, value in pairs if name != "token"},
        claims=tuple(claim for token in carried for claim in _claims(token)),
    )


def question_of(request: ExplainRequest, *, meshed: bool) -> Question | None:
    """Give the question by which a client asks the same; none: clients cannot ask that.

    :param meshed: the caller is in a cluster with a mesh, or outside of all.
    """
    who: CallingIdentity | CallingOutside
    bare = bool(request.cluster) and not request.in_mesh
    if request.claims or request.entrance or (bare and meshed):
        return None
    if request.cluster:
        who = CallingIdentity(
            cluster=cluster_name(request.cluster),
            namespace=request.namespace,
            service_account=request.service_account,
        )
    else:
        address, name = request.source_address, request.certificate_name
        who = CallingOutside(address=address, certificate_name=name)
    return Question(
        caller=who,
        port=request.port,
        host=request.host,
        method=request.method,
        path=request.path,
        headers=request.headers,
    )


def assert_answer(expected: str, verdict: Verdict, place: str) -> None:
    """Say whether a verdict is the expected one, and the call lands where it is expected to."""
    word, _, landings = expected.partition(" at ")
    assert verdict.kind.value.lower() == word, f"{place}: {told(verdict)}: {verdict.text}"
    if not landings:
        return
    wanted = [_PLACE.fullmatch(it) for it in landings.split(", ")]
    passing = sorted(
        (it for it in verdict.landings if it.decision is Decision.PASSES and it.weight),
        key=lambda it: (it.cluster or "outside", it.port, it.subset),
    )
    assert len(wanted) == len(passing), f"{place}: {told(verdict)}"
    for match, landing in zip(wanted, passing, strict=True):
        assert match is not None, f"no place is written like those in {expected!r}"
        stated = {key: value for key, value in match.groupdict().items() if value is not None}
        there = {key: value for key, value in _parts(landing).items() if key in stated}
        assert stated == there, f"{place}: {told(verdict)}"


def told(verdict: Verdict) -> str:
    """Write a verdict as scenario files do, with all that they can say."""
    places = ", ".join(
        f"{parts['cluster']}:{parts['port']}/{parts['subset']} {parts['weight']}%"
        for parts in map(_parts, verdict.landings)
    )
    return f"{verdict.kind.value.lower()} at {places}"


def _parts(landing: Landing) -> dict[str, str]:
    return {
        "cluster": landing.cluster or "outside",
        "port": str(landing.port),
        "subset": landing.subset,
        "weight": str(landing.weight),
    }


def _caller(caller: str, inventory: Inventory) -> ExplainRequest:
    nobody = ExplainRequest(
        cluster="", namespace="", service_account="", in_mesh=False, host="", port=0
    )
    outside = _OUTSIDE.fullmatch(caller)
    if outside is not None:
        return replace(
            nobody,
            entrance=outside["entrance"] or "",
            source_address=outside["source_address"] or "",
            certificate_name=outside["certificate_name"] or "",
        )
    account = _ACCOUNT.fullmatch(caller)
    if account is not None:
        cluster, namespace, name = account["cluster"], account["namespace"], account["account"]
        who = (cluster, namespace, name)
        alike = _pods(inventory, lambda it: (it.cluster, it.namespace, it.service_account) == who)
        return replace(
            nobody,
            cluster=cluster,
            namespace=namespace,
            service_account=name,
            in_mesh=not account["bare"],
            pod_labels=alike[0].labels if len({it.workload for it in alike}) == 1 else {},
        )
    workload = _WORKLOAD.fullmatch(caller)
    assert workload is not None, f"no caller is written {caller!r}"
    pods, *_ = _pods(
        inventory,
        lambda it: (
            it.cluster == workload["cluster"]
            and it.workload.endswith(f"/workloads/{workload['workload']}")
        ),
    )
    return replace(
        nobody,
        cluster=pods.cluster,
        namespace=pods.namespace,
        service_account=pods.service_account,
        pod_labels=pods.labels,
        in_mesh=pods.in_mesh,
    )


def _pods(inventory: Inventory, which: Callable[[InventoryPods], bool]) -> list[InventoryPods]:
    return [it for it in inventory.pods if which(it)]


def _claims(token: Mapping[str, Any]) -> Iterator[Claim]:
    for name, values in token["claims"].items():
        yield Claim(issuer=token["issuer"], path=tuple(name.split(".")), values=tuple(values))
