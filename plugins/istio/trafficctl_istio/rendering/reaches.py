"""The two ways from a caller's proxy to a host and its parts: straight, or by its own gateway."""

from typing import NamedTuple

from trafficctl_sdk.slices import EgressGateway, MeshFacts

from trafficctl_istio.objects.networking import destination
from trafficctl_istio.objects.shapes import Json
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.egress_hop import to_gateway
from trafficctl_istio.rendering.traffic.parts import NO_PARTS, Parts


class Straight(NamedTuple):
    """From each pod's own proxy."""

    host: str
    port: int
    parts: Parts = NO_PARTS

    def whole(self) -> Json:
        """Give the host itself."""
        return destination(self.host, self.port)

    def subset(self, subset: str) -> Json:
        """Give a subset of the host."""
        return destination(self.host, self.port, self.parts.subsets[subset])

    def cluster(self, cluster: str) -> Json:
        """Give the host in one cluster."""
        return destination(self.host, self.port, self.parts.clusters[cluster])

    def workload(self, workload: str) -> Json:
        """Give another workload, by the name of its own Service."""
        return destination(self.parts.workloads[workload], self.port)


class ByGateway(NamedTuple):
    """Through the caller's dedicated gateway, which tells subsets apart by server name.

    :ivar hop: the gateway's port.
    :ivar part: what of the host is meant as a whole; empty: all of it.
    """

    gateway: EgressGateway
    mesh: MeshFacts
    host: str
    port: int
    hop: int
    part: str = ""

    def whole(self) -> Json:
        """Give the gateway as the way to the whole host."""
        return self.subset(self.part)

    def subset(self, subset: str) -> Json:
        """Give the gateway as the way to a subset of the host."""
        return to_gateway(self.gateway, self.mesh, self.host, self.port, self.hop, part=subset)

    def cluster(self, cluster: str) -> Json:
        """Refuse: the gateway chooses the cluster itself."""
        raise self._none(f"cluster {cluster} alone")

    def workload(self, workload: str) -> Json:
        """Refuse: the gateway has no way to a workload of the caller's own cluster."""
        raise self._none(f"workload {workload}")

    def _none(self, part: str) -> Exception:
        return refuse(
            "traffic_policy",
            "istio.part_behind_gateway",
            f"a dedicated gateway has no way to {part}; let its callers go by sidecar",
        )
