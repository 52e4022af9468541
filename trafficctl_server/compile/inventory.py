"""Workloads as clusters run them: the part of the world that intents refer to."""

from collections.abc import Mapping
from dataclasses import dataclass

from trafficctl_sdk.model.common import Addressing, Locality, Protocol
from trafficctl_sdk.model.workload import Placement, Workload, WorkloadPort
from trafficctl_sdk.slices import SlicePort

from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.remembering import remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One workload in one cluster, the placement's exceptions applied."""

    workload: str
    cluster: str
    namespace: str
    service: str
    account: str
    pod_labels: Mapping[str, str]
    locality: Locality | None
    placement: Placement


def service_of(workload: Workload) -> str:
    """Give the name of a workload's Kubernetes Service; the id where none is stated."""
    return workload.service or last_id(workload.name)


def destination_of(workload: Workload) -> str:
    """Give the key of the destination that a workload serves: ``<namespace>/<service>``."""
    return f"{workload.namespace}/{service_of(workload)}"


@remembered
def places_of(workload: Workload) -> tuple[Place, ...]:
    """Give every placement of a workload, sorted by cluster."""
    places = (
        Place(
            workload=workload.name,
            cluster=last_id(it.cluster),
            namespace=workload.namespace,
            service=service_of(workload),
            account=it.service_account or workload.service_account or "default",
            pod_labels=dict(sorted((it.pod_labels or workload.pod_labels).items())),
            locality=it.locality,
            placement=it,
        )
        for it in workload.placements
    )
    return tuple(sorted(places, key=lambda it: it.cluster))


def pods_of(workload: Workload) -> frozenset[str]:
    """Give the pods of a headless workload, which are called one by one, by name."""
    if workload.addressing is not Addressing.Mode.HEADLESS:
        return frozenset()
    return frozenset(pod for it in workload.placements for pod in it.pods)


def port_of(workload: Workload, number: int) -> WorkloadPort | None:
    """Give the stated port of a workload's Service with this number."""
    return next((it for it in workload.ports if it.port == number), None)


def port_here(
    workload: Workload,
    place: Place,
    number: int,
    stated: Protocol.Value | None,
    *,
    by_name: bool = False,
) -> SlicePort | None:
    """Give one port as a cluster has it; none: its target's number is not known.

    The port's protocol is the intent's, else the workload's; both were found equal before.

    :param by_name: a target of which only the name is known will do.
    """
    port = port_of(workload, number)
    if port is None:
        return None
    target = _target(port, place, number)
    protocol = stated or port.protocol
    if protocol is None or (isinstance(target, str) and not by_name):
        return None
    return SlicePort(
        port=_service_port(place, number),
        protocol=protocol,
        target=0 if isinstance(target, str) else target,
        target_name=target if isinstance(target, str) else "",
    )


def _service_port(place: Place, number: int) -> int:
    override = next((it for it in place.placement.port_overrides if it.port == number), None)
    return override.service_port if override is not None and override.service_port else number


def _target(port: WorkloadPort, place: Place, number: int) -> int | str:
    """Give the number of the pods' port, or its name where only that is known."""
    override = next((it for it in place.placement.port_overrides if it.port == number), None)
    for stated in (override, port):
        if stated is not None and stated.target_number is not None:
            return stated.target_number
        if stated is not None and stated.target_name is not None:
            return stated.target_name
    return number
