"""The parts of a destination that a policy names, each with the path of its field."""

from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.model.traffic_policy import TrafficPolicy


class Named(NamedTuple):
    """One mention of a part.

    :ivar field: path below the policy; ``kind``: subset, cluster or workload; ``part``: its id.
    :ivar share: whether it gets anything: parts that get nothing are there for a change to come.
    """

    field: str
    kind: str
    part: str
    share: bool


_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class Parts(NamedTuple):
    """The parts that routes may name, and what they are called there.

    :ivar subsets: by id; ``clusters``: by id; the names of the DestinationRule's subsets.
    :ivar workloads: hosts of other workloads, by id.
    """

    subsets: Mapping[str, str] = _NONE
    clusters: Mapping[str, str] = _NONE
    workloads: Mapping[str, str] = _NONE


NO_PARTS: Final = Parts()
_WAY_OUT: Final = {
    "subset": "name a subset of the destination's workload that has pods where it is called",
    "cluster": "name a cluster that serves the destination",
    "workload": "it must run in the calling cluster and have this Service port",
}


def named_parts(policy: TrafficPolicy | None) -> Iterator[Named]:
    """Give every part that is mentioned."""
    if policy is None:
        return
    yield from _of(policy.shift, policy.mirrors, "")
    for index, route in enumerate(policy.routes):
        yield from _of(route.shift, route.mirrors, f"routes[{index}].")


def _of(
    shift: TrafficPolicy.Shift | None, mirrors: tuple[TrafficPolicy.Mirror, ...], below: str
) -> Iterator[Named]:
    if shift and shift.subsets:
        for index, part in enumerate(shift.subsets.weights):
            at = f"{below}shift.subsets.weights[{index}].subset"
            yield Named(at, "subset", part.subset, share=bool(part.weight))
    if shift and shift.clusters:
        for index, one in enumerate(shift.clusters.weights):
            at = f"{below}shift.clusters.weights[{index}].cluster"
            yield Named(at, "cluster", cluster_id(one.cluster), share=bool(one.weight))
    for index, mirror in enumerate(mirrors):
        for kind, name in (
            ("subset", mirror.subset),
            ("cluster", mirror.cluster and cluster_id(mirror.cluster)),
            ("workload", mirror.workload),
        ):
            if name:
                yield Named(f"{below}mirrors[{index}].{kind}", kind, name, share=True)


def cluster_id(name: str) -> str:
    """Give the id of a cluster by its resource name."""
    return name.rsplit("/", 1)[-1]


def check_parts(policy: TrafficPolicy | None, parts: Parts) -> None:
    """Refuse parts that are not there: their share of the requests would fail.

    :raises Refused: with the path of each.
    """
    known: Mapping[str, Container[str]] = {
        "subset": parts.subsets,
        "cluster": parts.clusters,
        "workload": parts.workloads,
    }
    missing = [it for it in named_parts(policy) if it.share and it.part not in known[it.kind]]
    if missing:
        raise Refused(
            *(
                Violation(
                    field=f"traffic_policy.{it.field}",
                    rule=f"istio.no_{it.kind}",
                    description=f"{it.kind} {it.part} gets no requests here: {_WAY_OUT[it.kind]}",
                )
                for it in missing
            )
        )
