"""The kinds of intent, and the words by which capabilities name them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from trafficctl_sdk.model.dns_provider_intent import DnsProviderIntent
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent

ConnectivityIntent: TypeAlias = (
    InterclusterIntent | IntraclusterIntent | OutboundIntent | InboundIntent
)
Intent: TypeAlias = ConnectivityIntent | DnsProviderIntent

INTENT_KINDS: Final[Mapping[str, type]] = MappingProxyType(
    {
        "intercluster": InterclusterIntent,
        "intracluster": IntraclusterIntent,
        "outbound": OutboundIntent,
        "inbound": InboundIntent,
        "dns-provider": DnsProviderIntent,
    }
)
"""First segment of a capability's path → the model class of that kind."""
