"""Rules about mutual TLS: what proves who calls, and what a listener that sniffs cannot bear."""

from collections.abc import Iterator

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.model.access import AccessRule, AnyClient, Caller
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.model.workload import Workload

from trafficctl_server.compile.destinations import Destination, ServingIntent
from trafficctl_server.compile.inventory import port_of
from trafficctl_server.compile.sayings import Saying
from trafficctl_server.compile.statements import service_ports

_SPEAKS_FIRST = frozenset({Protocol.Value.TCP_SERVER_FIRST, Protocol.Value.MYSQL})


def identity_violations(intent: ServingIntent, view: Destination) -> Iterator[Violation]:
    """Find rules by caller that nothing would prove (``IDENTITY_NEEDS_MUTUAL_TLS``).

    :param view: the destination as all intents describe it: what one leaves unset, another sets.
    """
    modes = {mode for port in service_ports(intent) for mode in view.modes_at(port)}
    if isinstance(intent, InboundIntent):
        if MutualTls.Mode.DISABLED in modes:
            yield Violation(
                field="mutual_tls.mode",
                rule="IDENTITY_NEEDS_MUTUAL_TLS",
                description="the service admits the ingress gateway by its identity, which "
                "DISABLED cannot prove: use STRICT or PERMISSIVE",
            )
        return
    if isinstance(intent, InterclusterIntent) and MutualTls.Mode.DISABLED in modes:
        yield Violation(
            field="mutual_tls.mode",
            rule="IDENTITY_NEEDS_MUTUAL_TLS",
            description="over clusters callers come by mutual TLS, which DISABLED does not take: "
            "use STRICT or PERMISSIVE",
        )
        return
    for index, caller in enumerate(intent.callers):
        yield from _proven(index, caller, modes)


def is_proven(said: Saying, view: Destination) -> bool:
    """Say that :func:`identity_violations` finds nothing in an intent, as what it says tells."""
    if said.anyone:
        return False
    return not view.modes or all(view.modes_at(it) == {MutualTls.Mode.STRICT} for it in said.ports)


def _proven(index: int, caller: Caller, modes: set[MutualTls.Mode]) -> Iterator[Violation]:
    denies = any(it.action is AccessRule.Action.DENY for it in caller.access)
    if _is_anyone(caller):
        if MutualTls.Mode.STRICT in modes:
            yield Violation(
                field=f"callers[{index}].any_client.identity",
                rule="IDENTITY_NEEDS_MUTUAL_TLS",
                description="ANYONE includes plaintext: set mutual_tls.mode to PERMISSIVE or "
                "DISABLED, or use MESH_IDENTITY",
            )
    elif MutualTls.Mode.DISABLED in modes:
        yield Violation(
            field="mutual_tls.mode",
            rule="IDENTITY_NEEDS_MUTUAL_TLS",
            description=f"callers[{index}] needs an identity, which DISABLED cannot prove",
        )
    elif denies and MutualTls.Mode.PERMISSIVE in modes:
        yield Violation(
            field=f"callers[{index}].access",
            rule="IDENTITY_NEEDS_MUTUAL_TLS",
            description="a DENY by caller is dodged in plaintext: set mutual_tls.mode to STRICT",
        )


def server_first_violations(
    intent: ServingIntent, view: Destination, workload: Workload | None
) -> Iterator[Violation]:
    """Find listeners that would wait for bytes that never come (``SERVER_FIRST_NEEDS_STRICT``).

    :param workload: what is served, where it is known: it may say what a port speaks.
    """
    for port in service_ports(intent):
        known = port_of(workload, port) if workload is not None else None
        protocol = view.protocol(port) or (known.protocol if known is not None else None)
        if protocol in _SPEAKS_FIRST and MutualTls.Mode.PERMISSIVE in view.modes_at(port):
            yield Violation(
                field="mutual_tls.mode",
                rule="SERVER_FIRST_NEEDS_STRICT",
                description=f"a PERMISSIVE listener waits for the caller's first bytes, and on "
                f"port {port} the server speaks first: use STRICT or DISABLED",
            )
            return


def _is_anyone(caller: Caller) -> bool:
    return caller.any_client is not None and caller.any_client.identity is AnyClient.Identity.ANYONE
