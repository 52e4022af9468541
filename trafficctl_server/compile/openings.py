"""What inbound intents open, so that those are found who would open one thing in two ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trafficctl_sdk.model.cluster import Gateway

from trafficctl_server.compile.branches import Trunk
from trafficctl_server.compile.facts import gateway_of
from trafficctl_server.compile.inventory import places_of
from trafficctl_server.compile.merging import Contradiction, Kind, Statement
from trafficctl_server.compile.name_index import NameIndex
from trafficctl_server.compile.names import project_of
from trafficctl_server.compile.references import served_workload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from trafficctl_sdk.model.inbound_intent import InboundIntent, InboundListener

    from trafficctl_server.compile.branches import Branch
    from trafficctl_server.compile.world import World

_WILDCARD = "*."


class ExposedHosts:
    """The hosts that are exposed, and which of them a wildcard among them means too."""

    def __init__(self) -> None:
        self._hosts: Branch[str, None] = Trunk()
        self._below: NameIndex[str] = NameIndex()

    def fork(self) -> ExposedHosts:
        """Give an independent copy."""
        other = ExposedHosts()
        other._hosts = self._hosts.fork()
        other._below = self._below.fork()
        return other

    def __bool__(self) -> bool:
        return bool(self._hosts or self._below)

    def add(self, host: str) -> None:
        """Take a host, or a wildcard."""
        self._hosts[host] = None
        for domain in domains_above(host):
            self._below.add(domain, host)

    def remove(self, host: str) -> None:
        """Forget it."""
        self._hosts.pop(host, None)
        for domain in domains_above(host):
            self._below.discard(domain, host)

    def overlapping(self, host: str) -> list[str]:
        """Give the other hosts that a host shares names with, sorted."""
        wildcards = {f"{_WILDCARD}{it}" for it in domains_above(host)}
        below = self._below.get(host.removeprefix(_WILDCARD)) if _is_wildcard(host) else ()
        return sorted({*(it for it in wildcards if it in self._hosts), *below} - {host})


def domains_above(host: str) -> Iterator[str]:
    """Give the domains that a host is below of, the nearest first; a wildcard is below its own."""
    labels = host.split(".")
    yield from (".".join(labels[at:]) for at in range(1, len(labels)))


def _is_wildcard(host: str) -> bool:
    return host.startswith(_WILDCARD)


def claimed_elsewhere(
    host: str, intents: Iterable[InboundIntent], others: Iterable[tuple[str, InboundIntent]]
) -> list[Contradiction]:
    """Find other projects that expose names which a host means too, or that mean it.

    :param others: the intents about overlapping hosts, each with its host.
    """
    theirs = [(other, it) for other, it in others]
    return [
        _in_order(_claim(host, ours), _claim(other, it))
        for ours in intents
        for other, it in theirs
        if project_of(ours.name) != project_of(it.name)
    ]


def _claim(host: str, intent: InboundIntent) -> Statement:
    return Statement(
        about="wildcard",
        kind=Kind.HOST,
        intent=intent.name,
        field="exposed_hosts",
        value=f"{host} of {project_of(intent.name)}",
        way_out="all names below a wildcard belong to the project that exposed them first: use"
        " names that no other project's wildcard means",
    )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Door:
    """A port of an ingress gateway, which reads what comes in one way for all hosts.

    :ivar tls: what comes is TLS; else it is read as it is.
    """

    cluster: str
    gateway: str
    port: int
    tls: bool

    @property
    def otherwise(self) -> Door:
        """The same port, read in the other way: only one of the two can be."""
        return replace(self, tls=not self.tls)

    def __str__(self) -> str:
        return f"door:{self.cluster}/{self.gateway}/{self.port}"


def doors_of(intent: InboundIntent, world: World) -> Iterator[tuple[Door, Statement]]:
    """Give the ports of gateways that an intent opens, with what it says of each."""
    served = world.workloads.get(served_workload(intent))
    for place in places_of(served) if served is not None else ():
        cluster = world.clusters.get(place.cluster)
        gateway = (
            gateway_of(cluster, Gateway.Role.INGRESS, intent.gateway)
            if cluster is not None
            else None
        )
        if gateway is None:
            continue
        for index, it in enumerate(intent.listeners):
            field = f"listeners[{index}]"
            plain = Door(
                cluster=place.cluster, gateway=gateway.id, port=it.redirect_from_port, tls=False
            )
            door = replace(plain, port=it.port, tls=_is_tls(it))
            yield door, _says(intent, door, field)
            if plain.port:
                yield plain, _says(intent, plain, f"{field}.redirect_from_port")


def fights_over_doors(intent: InboundIntent, world: World) -> list[Contradiction]:
    """Find intents that want a port of a gateway in the other way."""
    return [
        _in_order(ours, theirs)
        for door, ours in doors_of(intent, world)
        for other in world.intents_at(door.otherwise)
        for there, theirs in doors_of(other, world)
        if there == door.otherwise
    ]


def _is_tls(listener: InboundListener) -> bool:
    return (listener.simple or listener.mutual or listener.passthrough) is not None


def _says(intent: InboundIntent, door: Door, field: str) -> Statement:
    return Statement(
        about=str(door),
        kind=Kind.LISTENER,
        intent=intent.name,
        field=field,
        value="TLS" if door.tls else "plaintext",
        way_out=f"port {door.port} of gateway {door.gateway} is read in one way for all hosts:"
        " use another port",
    )


def _in_order(one: Statement, other: Statement) -> Contradiction:
    first, second = sorted((one, other), key=lambda it: (it.intent, it.field))
    return Contradiction(first=first, second=second)
