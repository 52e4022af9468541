"""From a slice to the module of its scope kind."""

from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_networkpolicy.name_servers import NameServers
from trafficctl_networkpolicy.rendering import external, namespace, workload


def render(slice_: TrafficSlice, servers: NameServers) -> Rendering:
    """Give the whole content of a slice.

    :param servers: whom pods ask for names.
    :raises Refused: the slice asks for something that NetworkPolicy cannot express.
    """
    if slice_.workload:
        return workload.render(slice_, slice_.workload)
    if slice_.external:
        return external.render(slice_, slice_.external)
    if slice_.namespace:
        return namespace.render(slice_, slice_.namespace, servers)
    return Rendering()
