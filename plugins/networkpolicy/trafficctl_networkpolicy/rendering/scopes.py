"""From a slice to the module of its scope kind."""

from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_networkpolicy.rendering import external, namespace, workload


def render(slice_: TrafficSlice) -> Rendering:
    """Give the whole content of a slice.

    :raises Refused: the slice asks for something that NetworkPolicy cannot express.
    """
    if slice_.workload:
        return workload.render(slice_, slice_.workload)
    if slice_.external:
        return external.render(slice_, slice_.external)
    if slice_.namespace:
        return namespace.render(slice_, slice_.namespace)
    return Rendering()
