"""The two ways from a caller's proxy to a host and its parts: straight, or by its own gateway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from trafficctl_sdk.slices import EgressGateway, MeshFacts

from trafficctl_istio.objects.networking import destination
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.egress_hop import to_gateway


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a host that routes may name, and what they are called there.

    :ivar subsets: by id; ``clusters``: by id; the names of the DestinationRule's subsets.
    :ivar workloads: hosts of other workloads, by id.
    """

    subsets: Mapping[str, str] = field(default_factory=dict)
    clusters: Mapping[str, str] = field(default_factory=dict)
    workloads: Mapping[str, str] = field(default_factory=dict)


NO_PARTS: Final = Parts()


def _named(names: Mapping[str, str], wanted: str, what: str) -> str:
    found = names.get(wanted)
    if found is None:
        raise refuse(
            "traffic_policy",
            f"istio.no_{what}",
            f"{what} {wanted} does not serve the destination here; name one that does",
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Straight:
    """From each pod's own proxy."""

    host: str
    port: int
    parts: Parts = NO_PARTS

    def whole(self) -> Json:
        """Give the host itself."""
        return destination(self.host, self.port)

    def subset(self, subset: str) -> Json:
        """Give a subset of the host."""
        return destination(self.host, self.port, _named(self.parts.subsets, subset, "subset"))

    def cluster(self, cluster: str) -> Json:
        """Give the host in one cluster."""
        return destination(self.host, self.port, _named(self.parts.clusters, cluster, "cluster"))

    def workload(self, workload: str) -> Json:
        """Give another workload, by the name of its own Service."""
        return destination(_named(self.parts.workloads, workload, "workload"), self.port)


@dataclass(frozen=True, slots=True, kw_only=True)
class ByGateway:
    """Through the caller's dedicated gateway.

    :ivar hop: the gateway's port.
    """

    gateway: EgressGateway
    mesh: MeshFacts
    host: str
    port: int
    hop: int

    def whole(self) -> Json:
        """Give the gateway as the way to the whole host."""
        return to_gateway(self.gateway, self.mesh, self.host, self.port, self.hop)

    def subset(self, subset: str) -> Json:
        """Refuse: the gateway has no way to a part."""
        raise self._none(f"subset {subset}")

    def cluster(self, cluster: str) -> Json:
        """Refuse: the gateway has no way to a part."""
        raise self._none(f"cluster {cluster}")

    def workload(self, workload: str) -> Json:
        """Refuse: the gateway has no way to another workload."""
        raise self._none(f"workload {workload}")

    def _none(self, part: str) -> Exception:
        return refuse(
            "traffic_policy",
            "istio.part_behind_gateway",
            f"a dedicated gateway has no way to {part}; let its callers go by sidecar",
        )
