"""The hooks, each a line or three."""

from collections.abc import Sequence

from trafficctl_sdk import (
    DriverInfo,
    Fact,
    Intent,
    Refused,
    Rendering,
    TrafficSlice,
    Violation,
    hookimpl,
)

from trafficctl_example.capabilities import INFO
from trafficctl_example.rendering import render_workload
from trafficctl_example.validation import longest_sheet


@hookimpl
def trafficctl_driver_info() -> DriverInfo:
    """Name the driver and what it takes down."""
    return INFO


@hookimpl
def trafficctl_validate_intent(intent: Intent, facts: Sequence[Fact]) -> Sequence[Violation]:  # noqa: ARG001 - the hook's own arguments
    """Refuse what does not fit on one sheet."""
    return longest_sheet(intent)


@hookimpl
def trafficctl_render_slice(slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's own argument
    """Write one ConfigMap for a workload."""
    if slice.workload is None:
        raise Refused(
            Violation(field="", rule="example.scope", description="only workloads are written down")
        )
    return Rendering(manifests=(render_workload(slice.workload),))
