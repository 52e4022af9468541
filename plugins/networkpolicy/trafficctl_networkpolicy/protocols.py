"""What NetworkPolicy sees of a protocol: the transport under it, and nothing inside."""

from typing import Final

from trafficctl_sdk.model.common import Protocol

OVER_TCP: Final = tuple(it for it in Protocol.Value if it is not Protocol.Value.UDP)
READ_AS_TCP: Final = frozenset(OVER_TCP) - {Protocol.Value.TCP}
"""Protocols that promise more than bytes, of which the port alone is held."""


def transport(protocol: Protocol.Value) -> str:
    """Give the transport as NetworkPolicy names it."""
    return "UDP" if protocol is Protocol.Value.UDP else "TCP"
