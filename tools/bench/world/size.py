"""How large the world is, and how its parts are spread."""

from dataclasses import dataclass
from typing import Final

PER_SERVICE: Final = 5
"""Intents about each service: two intercluster, two intracluster, one inbound."""
PER_HOST: Final = 5
"""Outbound intents about each host."""
EGRESS_CALLERS: Final = 4
"""Workloads of each namespace that have a dedicated egress gateway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldSize:
    """A world of so many clusters and namespaces; each namespace is in two clusters.

    :ivar services: workloads of each namespace, an even number from 18 on; each is a destination.
    :ivar hosts: outside hosts that each namespace calls; each is a destination.
    """

    clusters: int
    namespaces: int
    services: int = 32
    hosts: int = 8

    @property
    def egress_services(self) -> int:
        """Services of each namespace that are called through egress gateways over HTTP.

        With one outbound intent about each host they are one intent in ten.
        """
        return self.services * 3 // 8

    def homes(self, namespace: int) -> tuple[int, int]:
        """Give the two clusters of a namespace."""
        one = namespace % self.clusters
        step = 1 + (namespace // self.clusters) % (self.clusters - 1)
        return one, (one + step) % self.clusters

    @property
    def workloads(self) -> int:
        """How many workloads there are."""
        return self.namespaces * self.services

    @property
    def destinations(self) -> int:
        """How many services and outside hosts are called."""
        return self.namespaces * (self.services + self.hosts)

    @property
    def intents(self) -> int:
        """How many intents there are."""
        return self.namespaces * (self.services * PER_SERVICE + self.hosts * PER_HOST)


FULL: Final = WorldSize(clusters=50, namespaces=500)
"""100,000 intents over 20,000 destinations."""
THOUSAND: Final = WorldSize(clusters=50, namespaces=5)
"""1,000 intents: what one change costs in a small world."""
SMALL: Final = WorldSize(clusters=2, namespaces=1, services=20, hosts=1)
"""105 intents: enough to run every row."""
