"""The hooks of the NetworkPolicy driver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.explain import ExplainRequest, Inventory, PlacedObject, Verdict
from trafficctl_sdk.facts import Fact
from trafficctl_sdk.host import Host
from trafficctl_sdk.intent_kinds import Intent
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.markers import hookimpl
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_networkpolicy import evaluation
from trafficctl_networkpolicy.capabilities import INFO
from trafficctl_networkpolicy.name_servers import NameServers, flaws, name_servers
from trafficctl_networkpolicy.outside import outside_violations
from trafficctl_networkpolicy.rendering.scopes import render


@dataclass(slots=True)
class _Configured:
    """What this process was configured with, once, before anything is rendered."""

    servers: NameServers = field(default_factory=NameServers)


_configured: Final = _Configured()


@hookimpl
def trafficctl_driver_info() -> DriverInfo:
    """Say what the driver enforces."""
    return INFO


@hookimpl
def trafficctl_configure(settings: Mapping[str, str], host: Host) -> Sequence[Violation]:  # noqa: ARG001 - the hook's signature
    """Take where pods ask for names; refuse what cannot be read."""
    found = tuple(flaws(settings))
    if not found:
        _configured.servers = name_servers(settings)
    return found


@hookimpl
def trafficctl_validate_intent(intent: Intent, facts: Sequence[Fact]) -> Sequence[Violation]:  # noqa: ARG001 - the hook's signature
    """Say what NetworkPolicy cannot hold."""
    return tuple(outside_violations(intent)) if isinstance(intent, OutboundIntent) else ()


@hookimpl
def trafficctl_render_slice(slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's signature
    """Render one scope."""
    return render(slice, _configured.servers)


@hookimpl
def trafficctl_explain(
    request: ExplainRequest, objects: Sequence[PlacedObject], inventory: Inventory
) -> Verdict:
    """Judge one call by the semantics of NetworkPolicy."""
    return evaluation.explain(evaluation.index(objects, inventory), request)


@hookimpl
def trafficctl_explain_calls(
    requests: Sequence[ExplainRequest], objects: Sequence[PlacedObject], inventory: Inventory
) -> Sequence[Verdict]:
    """Judge many calls over the same objects, read once."""
    found = evaluation.index(objects, inventory)
    return tuple(evaluation.explain(found, it) for it in requests)
