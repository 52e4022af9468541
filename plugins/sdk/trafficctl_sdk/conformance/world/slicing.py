"""From one intent to all slices that it makes."""

from collections.abc import Iterator

from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.conformance.world.callers import policy_in
from trafficctl_sdk.conformance.world.calling import calling_slice, local_slice
from trafficctl_sdk.conformance.world.exposed import exposed_slices
from trafficctl_sdk.conformance.world.gateways import gateway_slices
from trafficctl_sdk.conformance.world.outside import external_slices
from trafficctl_sdk.conformance.world.serving import serving_slice, workload_slice
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import TrafficSlice


def slices_of(intent: ConnectivityIntent, version: str) -> tuple[TrafficSlice, ...]:
    """Give the slices of an intent, those of one serving and of one calling cluster.

    :param version: of the technology that the clusters run.
    """
    return tuple(_slices(intent, version))


def _slices(intent: ConnectivityIntent, version: str) -> Iterator[TrafficSlice]:
    if isinstance(intent, OutboundIntent):
        yield from external_slices(intent, version)
        yield from gateway_slices(intent, version)
        return
    yield workload_slice(intent, version)
    if isinstance(intent, InterclusterIntent):
        yield serving_slice(intent, policy_in(intent, places.CALLING)[1], version)
        yield calling_slice(intent, version)
        yield from gateway_slices(intent, version)
    elif isinstance(intent, InboundIntent):
        yield from exposed_slices(intent, version)
    else:
        local = local_slice(intent, version)
        if local is not None:
            yield local
