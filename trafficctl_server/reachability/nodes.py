"""The ends of calls as clients know them: who calls, as intents admit it, and what is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from trafficctl_sdk.codec import digest
from trafficctl_sdk.model.access import (
    AnyClient,
    ExternalCaller,
    NamespaceCaller,
    ServiceAccountCaller,
)

from trafficctl_server.compile.names import last_id

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID_LENGTH = 16

Admitted: TypeAlias = ServiceAccountCaller | NamespaceCaller | AnyClient | ExternalCaller
"""Callers that are no workloads, as intents admit them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An end of a call; exactly one of the fields that say what it is, is there.

    :ivar id: the same for the same end, in every answer.
    :ivar workload: resource name.
    :ivar host: name of a host outside of all clusters.
    :ivar service_account: callers as intents admit them, as are the three fields that follow.
    :ivar clusters: sorted ids of those it is in; empty for what is outside.
    """

    id: str
    text: str
    workload: str = ""
    host: str = ""
    service_account: ServiceAccountCaller | None = None
    namespace: NamespaceCaller | None = None
    any_client: AnyClient | None = None
    external: ExternalCaller | None = None
    clusters: tuple[str, ...] = ()

    @property
    def admitted(self) -> Admitted | None:
        """The callers that it is, unless it is a workload or a host."""
        return self.service_account or self.namespace or self.any_client or self.external


def workload_node(name: str, clusters: Iterable[str] = ()) -> Node:
    """Give the node of a workload."""
    return Node(id=name, text=last_id(name), workload=name, clusters=tuple(sorted(set(clusters))))


UNDECLARED = "*"
"""Stands for the hosts outside that no intent speaks of."""


def host_node(host: str) -> Node:
    """Give the node of a host outside."""
    if host == UNDECLARED:
        return Node(id=f"hosts/{host}", text="any host that no intent declares", host=host)
    return Node(id=f"hosts/{host}", text=host, host=host)


def admitted_node(admitted: Admitted, clusters: Iterable[str] = ()) -> Node:
    """Give the node of callers that are no workloads; equal ones have one id."""
    return Node(
        id=f"callers/{digest(admitted)[:_ID_LENGTH]}",
        text=_text(admitted),
        service_account=admitted if isinstance(admitted, ServiceAccountCaller) else None,
        namespace=admitted if isinstance(admitted, NamespaceCaller) else None,
        any_client=admitted if isinstance(admitted, AnyClient) else None,
        external=admitted if isinstance(admitted, ExternalCaller) else None,
        clusters=tuple(sorted(set(clusters))),
    )


OTHERS = Node(
    id="callers/others",
    text="everybody whom no intent names",
    any_client=AnyClient(identity=AnyClient.Identity.ANYONE),
)
"""Everybody whom no intent about a destination names."""


def _text(admitted: Admitted) -> str:
    match admitted:
        case ServiceAccountCaller():
            return f"service account {admitted.namespace}/{admitted.service_account}"
        case NamespaceCaller():
            return f"namespace {admitted.namespace}"
        case AnyClient(identity=AnyClient.Identity.MESH_IDENTITY):
            return "whoever has an identity of the mesh"
        case AnyClient():
            return "anybody"
        case ExternalCaller():
            proofs = (
                *admitted.source_ranges[:1],
                *admitted.certificate_names[:1],
                *((f"a token of {admitted.jwt_provider}",) if admitted.jwt_provider else ()),
            )
            return f"outside: {', '.join(proofs)}"
