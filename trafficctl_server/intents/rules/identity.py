"""Rules about mutual TLS: what proves who calls, and what a listener that sniffs cannot bear."""

from collections.abc import Iterator, Sequence

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.model.access import AccessRule, AnyClient, Caller
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.tls import MutualTls

from trafficctl_server.compile.destinations import Destination, ServingIntent, service_ports
from trafficctl_server.compile.names import last_id

_SPEAKS_FIRST = frozenset({Protocol.Value.TCP_SERVER_FIRST, Protocol.Value.MYSQL})


def identity_violations(intent: ServingIntent, view: Destination) -> Iterator[Violation]:
    """Find rules by caller that nothing would prove (``IDENTITY_NEEDS_MUTUAL_TLS``).

    :param view: the destination as all intents describe it: what one leaves unset, another sets.
    """
    modes = set(_modes(intent, view))
    if isinstance(intent, InboundIntent):
        if MutualTls.Mode.DISABLED in modes:
            yield Violation(
                field="mutual_tls.mode",
                rule="IDENTITY_NEEDS_MUTUAL_TLS",
                description="the service admits the ingress gateway by its identity, which "
                "DISABLED cannot prove: use STRICT or PERMISSIVE",
            )
        return
    for index, caller in enumerate(intent.callers):
        yield from _proven(index, caller, modes)


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
    intent: ServingIntent, view: Destination, protocols: Sequence[Protocol.Value]
) -> Iterator[Violation]:
    """Find listeners that would wait for bytes that never come (``SERVER_FIRST_NEEDS_STRICT``)."""
    if _SPEAKS_FIRST.intersection(protocols) and MutualTls.Mode.PERMISSIVE in _modes(intent, view):
        yield Violation(
            field="mutual_tls.mode",
            rule="SERVER_FIRST_NEEDS_STRICT",
            description="a PERMISSIVE listener waits for the caller's first bytes, and here the "
            "server speaks first: use STRICT or DISABLED",
        )


def _modes(intent: ServingIntent, view: Destination) -> Iterator[MutualTls.Mode]:
    """Give every mode that one of an intent's ports has in some cluster."""
    overridden = {
        last_id(cluster)
        for it in view.intents
        for override in it.overrides
        for cluster in override.clusters
    }
    for port in service_ports(intent):
        for cluster in ("-", *sorted(overridden)):
            yield view.mutual_tls(port, cluster)


def _is_anyone(caller: Caller) -> bool:
    return caller.any_client is not None and caller.any_client.identity is AnyClient.Identity.ANYONE
