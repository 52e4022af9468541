"""Who calls, and on which path."""

from collections.abc import Mapping
from dataclasses import dataclass

from trafficctl_sdk.model.common import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SlicePort:
    """A port of a Service in this cluster.

    :ivar target: number of the workload's port, or 0 on the calling side, where it means nothing.
    :ivar target_name: name of the workload's port, where its number is not known; only in a
        cluster without a mesh.
    """

    port: int
    protocol: Protocol.Value
    target: int = 0
    target_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressGateway:
    """The dedicated egress gateway of one caller: its namespace, and the name of its objects.

    Workload, Service, ServiceAccount and Gateway all have this name, and the Service listens on
    the ports that the slices of the gateway's scope name.
    """

    namespace: str
    name: str
    principal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallingWorkload:
    """Pods of this cluster that may call, and the way that they take.

    :ivar pod_labels: empty: every pod of the namespace.
    :ivar egress: none: straight from each pod's own proxy.
    """

    namespace: str
    pod_labels: Mapping[str, str]
    egress: EgressGateway | None = None
