"""What is wrong with an outbound intent where nothing but addresses is seen."""

from collections.abc import Iterator
from typing import Final

from trafficctl_sdk.errors import Violation
from trafficctl_sdk.model.outbound_intent import OutboundIntent

NAMES_ONLY: Final = (
    "NetworkPolicy knows addresses, not names: state static addresses, or the networks of"
    " original_destination"
)


def outside_violations(intent: OutboundIntent) -> Iterator[Violation]:
    """Find hosts of which only the name is known."""
    for index, host in enumerate(intent.hosts):
        dialled = host.original_destination
        if host.static is None and (dialled is None or not dialled.cidrs):
            yield Violation(
                field=f"hosts[{index}]", rule="networkpolicy.addresses", description=NAMES_ONLY
            )
