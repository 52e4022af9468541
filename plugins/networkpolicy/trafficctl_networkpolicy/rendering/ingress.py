"""Who may come in: the rules of a policy for what pods take."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from trafficctl_sdk.slices import CallingWorkload, Grant, SparedCaller

from trafficctl_networkpolicy.access import lets_everything
from trafficctl_networkpolicy.objects import Json, pods, port, rule
from trafficctl_networkpolicy.protocols import transport
from trafficctl_networkpolicy.refusals import refuse

_Labels: TypeAlias = tuple[tuple[str, str], ...]
_Peers: TypeAlias = tuple[tuple[str, _Labels], ...]
"""Sorted namespaces with labels of pods; empty: anybody."""

_Port: TypeAlias = tuple[str, int, str]
"""Transport, number or 0, name."""

_ANY_ACCOUNT: Final = "/sa/*"


def ingress_rules(grants: Iterable[Grant], spared: Iterable[SparedCaller]) -> list[Json]:
    """Give the rules that let in who is granted or spared something, in a stable order.

    :raises Refused: an access rule, or a spared caller, says more than NetworkPolicy can hold.
    """
    found: defaultdict[_Peers, set[_Port]] = defaultdict(set)
    for grant in grants:
        _check(grant)
        reached = (transport(grant.protocol), grant.port, grant.port_name)
        found[_peers(grant.callers)].add(reached)
    for caller, ports in _spared(spared):
        found[caller].update(("TCP", number, "") for number in ports)
    return [
        rule(
            "from",
            [pods(namespace, dict(labels)) for namespace, labels in peers],
            [port(*it) for it in sorted(found[peers])],
        )
        for peers in sorted(found)
    ]


def _peers(callers: Iterable[CallingWorkload]) -> _Peers:
    return tuple(sorted({(it.namespace, tuple(sorted(it.pod_labels.items()))) for it in callers}))


def _check(grant: Grant) -> None:
    """Refuse what is more than who may reach which port."""
    if not lets_everything(grant.access) or grant.source_ranges or grant.jwt_provider:
        raise refuse(
            "callers.access",
            "access",
            "NetworkPolicy lets connections in and reads nothing of them: allow all requests",
        )
    if grant.principals and not grant.callers:
        raise refuse(
            "callers",
            "identity",
            "nothing proves an account without a mesh: name a workload, or a namespace",
        )


def _spared(spared: Iterable[SparedCaller]) -> Iterator[tuple[_Peers, tuple[int, ...]]]:
    for it in spared:
        if it.paths or (it.principal and not it.principal.endswith(_ANY_ACCOUNT)):
            raise refuse(
                "governed_namespaces.spared_callers",
                "spared",
                "NetworkPolicy tells neither accounts nor paths apart: spare a namespace or"
                " anybody, on whole ports",
            )
        yield ((it.namespace, ()),) if it.namespace else (), it.ports
