"""Rules over an intent and the workloads that it names, as far as these are known."""

from collections.abc import Iterator

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.common import Addressing, Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.inventory import places_of, port_of
from trafficctl_server.compile.listeners import misfit, reads_requests
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.references import referred, served_workload
from trafficctl_server.compile.world import World


def known_protocols(intent: ConnectivityIntent, world: World) -> tuple[Protocol.Value, ...]:
    """Give the protocols of an intent's ports, as stated or as the inventory knows them.

    HTTPS that ends at the gateway counts as HTTP.
    """
    if isinstance(intent, OutboundIntent):
        stated = [port.protocol for host in intent.hosts for port in host.ports]
    elif isinstance(intent, InboundIntent):
        stated = [
            Protocol.Value.HTTP
            if it.protocol is Protocol.Value.HTTPS and reads_requests(it)
            else it.protocol
            for it in intent.listeners
        ]
    else:
        workload = world.workloads.get(served_workload(intent))
        stated = [it.protocol or _inventoried(workload, it.port) for it in intent.ports]
    return tuple(it for it in stated if it is not None)


def protocol_mismatches(intent: ConnectivityIntent, world: World) -> Iterator[Violation]:
    """Find ports whose protocol the workload states otherwise (``PROTOCOL_MISMATCH``)."""
    if isinstance(intent, OutboundIntent):
        return
    workload = world.workloads.get(served_workload(intent))
    if isinstance(intent, InboundIntent):
        for index, listener in enumerate(intent.listeners):
            known = _inventoried(workload, listener.service_port)
            problem = misfit(listener, known) if known is not None else ""
            if problem:
                yield Violation(
                    field=f"listeners[{index}].protocol",
                    rule="PROTOCOL_MISMATCH",
                    description=f"{problem}: choose a listener and a port that are alike",
                )
        return
    for index, port in enumerate(intent.ports):
        known = _inventoried(workload, port.port)
        if port.protocol is not None and known not in (None, port.protocol):
            yield Violation(
                field=f"ports[{index}].protocol",
                rule="PROTOCOL_MISMATCH",
                description=f"the workload says {known} for port {port.port}: leave it unset here",
            )


def unknown_protocols(intent: ConnectivityIntent, world: World) -> Iterator[Violation]:
    """Find ports for which neither the intent nor a known workload says a protocol."""
    if isinstance(intent, OutboundIntent | InboundIntent):
        return
    workload = world.workloads.get(served_workload(intent))
    for index, port in enumerate(intent.ports):
        known = port_of(workload, port.port) if workload is not None else None
        if port.protocol is None and known is not None and known.protocol is None:
            yield Violation(
                field=f"ports[{index}].protocol",
                rule="ports.protocol_unknown",
                description=f"neither the intent nor the workload says what port {port.port} "
                "speaks: state it",
            )


def addressing_mismatches(intent: ConnectivityIntent, world: World) -> Iterator[Violation]:
    """Find addressing that a workload states otherwise (``ADDRESSING_MISMATCH``)."""
    if not isinstance(intent, OutboundIntent) and intent.destination is not None:
        workload = world.workloads.get(served_workload(intent))
        stated = intent.destination.addressing
        yield from _addressed(workload, stated, "destination.addressing")
    for index, caller in enumerate(intent.callers):
        if caller.workload is not None and caller.workload.addressing is not None:
            wanted, version = referred(intent, caller.workload)
            for it in world.versions_of(wanted):
                if not version or f"/versions/{version}/" in it.name:
                    field = f"callers[{index}].workload.addressing"
                    yield from _addressed(it, caller.workload.addressing, field)


def account_violations(intent: ConnectivityIntent, world: World) -> Iterator[Violation]:
    """Find accounts of the server that the workload does not run as."""
    if isinstance(intent, OutboundIntent) or intent.destination is None:
        return
    workload = world.workloads.get(served_workload(intent))
    accounts = {it.account for it in places_of(workload)} if workload is not None else set()
    for index, account in enumerate(intent.destination.service_accounts):
        if accounts and account not in accounts:
            yield Violation(
                field=f"destination.service_accounts[{index}]",
                rule="destination.service_accounts_known",
                description=f"workload {last_id(served_workload(intent))} does not run as "
                f"{account}: it runs as {', '.join(sorted(accounts))}",
            )


def _inventoried(workload: Workload | None, port: int) -> Protocol.Value | None:
    known = port_of(workload, port) if workload is not None else None
    return known.protocol if known is not None else None


def _addressed(
    workload: Workload | None, stated: Addressing.Mode | None, field: str
) -> Iterator[Violation]:
    if workload is None or stated is None:
        return
    known = workload.addressing or Addressing.Mode.VIRTUAL_ADDRESS
    if stated is not known:
        yield Violation(
            field=field,
            rule="ADDRESSING_MISMATCH",
            description=f"workload {last_id(workload.name)} is {known}: leave it unset here",
        )
