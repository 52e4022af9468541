"""From a slice to the module of its scope kind."""

from dataclasses import replace
from operator import attrgetter
from typing import Final

from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_istio.gates import check_version
from trafficctl_istio.rendering import (
    destination,
    exposed_host,
    external,
    gateway,
    namespace,
    workload,
)

_WAVE: Final = attrgetter("wave")


def render(slice_: TrafficSlice) -> Rendering:
    """Give the whole content of a slice.

    Manifests are in the order of their waves.

    :raises Refused: the slice asks for something that Istio cannot express.
    """
    check_version(slice_.mesh.version)
    rendering = Rendering()
    if slice_.destination:
        rendering = destination.render(slice_, slice_.destination)
    elif slice_.external:
        rendering = external.render(slice_, slice_.external)
    elif slice_.exposed_host:
        rendering = exposed_host.render(slice_, slice_.exposed_host)
    elif slice_.workload:
        rendering = workload.render(slice_, slice_.workload)
    elif slice_.gateway:
        rendering = gateway.render(slice_, slice_.gateway)
    elif slice_.namespace:
        rendering = namespace.render(slice_, slice_.namespace)
    ordered = tuple(sorted(rendering.manifests, key=_WAVE))
    return rendering if ordered == rendering.manifests else replace(rendering, manifests=ordered)
