"""Drivers as clients see them."""

from typing import Final

import grpc
from trafficctl_sdk.driver_info import Capability
from trafficctl_sdk.intent_kinds import INTENT_KINDS
from trafficctl_sdk.model.driver import Driver
from trafficctl_sdk.rpc_status import RpcStatus

from trafficctl_server.drivers.roster import DriverState, DriverStatus

_REFUSED: Final = grpc.StatusCode.FAILED_PRECONDITION.value[0]


def driver_resource(status: DriverStatus) -> Driver:
    """Give the resource of a driver, loaded or refused."""
    refused = status.state is DriverState.REFUSED
    return Driver(
        name=f"drivers/{status.name}",
        state=Driver.State(status.state.value),
        distribution=status.distribution,
        version=status.version,
        hook_api=".".join(map(str, status.hook_api or ())),
        # Scopes are what meshes and packet filters rule; a driver of anything else declares none.
        kinds=(status.kind.value,) if status.kind and status.scope_kinds else (),
        capabilities=tuple(map(_capability, status.capabilities)),
        refusal=RpcStatus(code=_REFUSED, message=status.refusal) if refused else None,
        health=None
        if refused
        else Driver.Health(detail=status.health, failure_count=status.restarts),
        facts_produced=status.facts_produced,
        facts_consumed=status.facts_consumed,
    )


def _capability(capability: Capability) -> Driver.Capability:
    word, _, path = capability.path.partition(".")
    kind = INTENT_KINDS.get(word)
    return Driver.Capability(
        field_path=f"{kind.__name__}.{path}" if kind is not None else capability.path,
        support=Driver.Capability.Support(capability.support.value),
        since=capability.since,
        note=capability.note,
    )
