"""NetworkPolicy objects as their rules, and what a rule says of a call."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from trafficctl_networkpolicy.evaluation.answers import Answer, every, some, unknown
from trafficctl_networkpolicy.evaluation.parties import Outside, Pods

if TYPE_CHECKING:
    from trafficctl_networkpolicy.evaluation.parties import Door
    from trafficctl_networkpolicy.evaluation.selectors import Selector

Party: TypeAlias = Pods | Outside
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A range of addresses but for some parts of it; networks that cannot be read hold nothing."""

    networks: tuple[Network, ...]
    left_out: tuple[Network, ...]

    def holds(self, party: Party) -> Answer:
        """Say whether a party has an address of the range."""
        if isinstance(party, Pods):
            # Whatever the cluster's networks are, no pod has an address of one link alone.
            if all(it.is_link_local for it in self.networks):
                return False
            return unknown("pod_address", party.cluster, f"the addresses of {party.name}")
        if not party.address:
            return unknown("host_address", "", f"the addresses of {party.name}")
        address = ipaddress.ip_address(party.address)
        return any(address in it for it in self.networks) and not any(
            address in it for it in self.left_out
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One kind of party that a rule is about.

    :ivar namespaces: none: the policy's own.
    :ivar block: alone, where it is there.
    """

    own_namespace: str
    namespaces: Selector | None = None
    pods: Selector | None = None
    block: Block | None = None

    def means(self, party: Party) -> Answer:
        """Say whether a party is meant."""
        if self.block is not None:
            return self.block.holds(party)
        if isinstance(party, Outside):
            return False
        return every((self._in_namespace(party), self._is_pod(party)))

    def _in_namespace(self, party: Pods) -> Answer:
        if self.namespaces is None:
            return party.namespace == self.own_namespace
        return self.namespaces.selects(party.namespace_labels)

    def _is_pod(self, party: Pods) -> Answer:
        return self.pods is None or self.pods.selects(party.own_labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Ports of one transport.

    :ivar first: 0: all of them, or the one of that name; ``last``: at least ``first``.
    """

    transport: str
    first: int = 0
    last: int = 0
    name: str = ""

    def have(self, door: Door, cluster: str) -> Answer:
        """Say whether a door is one of them."""
        if door.transport != self.transport:
            return False
        if self.name:
            if door.name:
                return door.name == self.name
            return unknown("port_name", cluster, f"what the pods call their port {door.number}")
        if not self.first:
            return True
        if door.number:
            return self.first <= door.number <= self.last
        return unknown("port_number", cluster, f"the number of the pods' port {door.name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a policy lets through: any of the peers on any of the ports; none of a kind: all."""

    peers: tuple[Peer, ...]
    ports: tuple[Ports, ...]

    def lets(self, party: Party, door: Door, cluster: str) -> Answer:
        """Say whether a call from, or to, a party is let through."""
        on_port = not self.ports or some(it.have(door, cluster) for it in self.ports)
        by_peer = not self.peers or some(it.means(party) for it in self.peers)
        return every((on_port, by_peer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One object.

    :ivar ingress: what comes in; none: the policy says nothing of that direction. ``egress``
        alike.
    """

    name: str
    namespace: str
    origins: tuple[str, ...]
    pods: Selector
    ingress: tuple[Rule, ...] | None
    egress: tuple[Rule, ...] | None
