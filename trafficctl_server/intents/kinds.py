"""The kinds of resource that are stored, and where each stands in the tree of names."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from trafficctl_sdk.intent_kinds import ConnectivityIntent
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.inbound_intent import InboundIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import OutboundIntent
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup
from trafficctl_sdk.model.workload import Workload

Resource: TypeAlias = ConnectivityIntent | TrafficIntentGroup | Cluster | Workload

_BUNDLE: Final = "projects/{}/resourceBundles/{}/versions/{}"
_GROUP: Final = f"{_BUNDLE}/trafficIntentGroups/{{}}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of stored resource.

    :ivar name: of its message, and of its rows in the store.
    :ivar collection: last but one segment of its names.
    :ivar parent: pattern of the parent's name, ``{}`` for each id; empty: no parent.
    :ivar word: first segment of the capabilities about it; empty: not an intent.
    """

    name: str
    model: type[Resource]
    collection: str
    parent: str
    word: str = ""

    @property
    def pattern(self) -> str:
        """The pattern of its names."""
        prefix = f"{self.parent}/" if self.parent else ""
        return f"{prefix}{self.collection}/{{}}"

    @property
    def is_intent(self) -> bool:
        """Whether it is a connectivity intent."""
        return bool(self.word)

    def matches(self, name: str, *, wildcards: bool = False) -> bool:
        """Say whether a name is one of this kind; ``-`` stands for any id where allowed."""
        return _fits(self.pattern, name, wildcards=wildcards)


GROUP: Final = Kind("TrafficIntentGroup", TrafficIntentGroup, "trafficIntentGroups", _BUNDLE)
INTERCLUSTER: Final = Kind(
    "InterclusterIntent", InterclusterIntent, "interclusterIntents", _GROUP, "intercluster"
)
INTRACLUSTER: Final = Kind(
    "IntraclusterIntent", IntraclusterIntent, "intraclusterIntents", _GROUP, "intracluster"
)
OUTBOUND: Final = Kind("OutboundIntent", OutboundIntent, "outboundIntents", _GROUP, "outbound")
INBOUND: Final = Kind("InboundIntent", InboundIntent, "inboundIntents", _GROUP, "inbound")
WORKLOAD: Final = Kind("Workload", Workload, "workloads", _BUNDLE)
CLUSTER: Final = Kind("Cluster", Cluster, "clusters", "")

KINDS: Final = {
    it.name: it for it in (GROUP, INTERCLUSTER, INTRACLUSTER, OUTBOUND, INBOUND, WORKLOAD, CLUSTER)
}
INTENTS: Final = tuple(it for it in KINDS.values() if it.is_intent)
REALIZATION: Final = "Realization"
"""The kind of the rows that say what became of one intent in one cluster."""


def kind_of(resource: Resource) -> Kind:
    """Give the kind of a resource."""
    return KINDS[type(resource).__name__]


def _fits(pattern: str, name: str, *, wildcards: bool) -> bool:
    wanted, given = pattern.split("/"), name.split("/")
    return len(wanted) == len(given) and all(
        (bool(it) and (wildcards or it != "-")) if segment == "{}" else it == segment
        for segment, it in zip(wanted, given, strict=True)
    )
