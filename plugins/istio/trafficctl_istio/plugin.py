"""The hooks of the Istio driver."""

from collections.abc import Mapping, Sequence

from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.explain import ExplainRequest, Inventory, PlacedObject, Verdict
from trafficctl_sdk.facts import Fact
from trafficctl_sdk.host import Host
from trafficctl_sdk.intent_kinds import Intent
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.markers import hookimpl
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_istio import evaluation
from trafficctl_istio.capabilities import INFO
from trafficctl_istio.rendering.scopes import render
from trafficctl_istio.validation import violations


@hookimpl
def trafficctl_driver_info() -> DriverInfo:
    """Say what the driver enforces."""
    return INFO


@hookimpl
def trafficctl_configure(settings: Mapping[str, str], host: Host) -> Sequence[Violation]:  # noqa: ARG001 - the hook's signature
    """Refuse every setting: there are none."""
    return tuple(
        Violation(
            field=name,
            rule="istio.setting",
            description="the Istio driver has no settings; remove it",
        )
        for name in sorted(settings)
    )


@hookimpl
def trafficctl_validate_intent(intent: Intent, facts: Sequence[Fact]) -> Sequence[Violation]:  # noqa: ARG001 - the hook's signature
    """Say what Istio cannot hold."""
    return violations(intent)


@hookimpl
def trafficctl_render_slice(slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's signature
    """Render one scope."""
    return render(slice)


@hookimpl
def trafficctl_explain(
    request: ExplainRequest, objects: Sequence[PlacedObject], inventory: Inventory
) -> Verdict:
    """Judge one call by Istio's own semantics."""
    return evaluation.explain(evaluation.index(objects, inventory), request)


@hookimpl
def trafficctl_explain_calls(
    requests: Sequence[ExplainRequest], objects: Sequence[PlacedObject], inventory: Inventory
) -> Sequence[Verdict]:
    """Judge many calls over the same objects, read once."""
    return evaluation.explain_all(evaluation.index(objects, inventory), requests)
