"""VirtualServices: which hosts and gateways they are for, and their routes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.fields import entries, inner, number, text, texts
from trafficctl_istio.evaluation.hosts import full_name
from trafficctl_istio.evaluation.route_conditions import conditions, gateway_name

if TYPE_CHECKING:
    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.route_conditions import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a route sends a part of its calls.

    :ivar port: 0: the only one, or the one that was called.
    :ivar headers: changes of the request's headers, as written.
    """

    host: str
    port: int
    subset: str
    weight: int
    headers: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route; ``body`` has what is done with a request besides sending it on."""

    head: Head
    conditions: tuple[Condition, ...]
    targets: tuple[Target, ...]
    body: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualService:
    """One VirtualService.

    :ivar gateways: ``mesh``, or ``<namespace>/<name>``.
    """

    head: Head
    hosts: tuple[str, ...]
    gateways: tuple[str, ...]
    export_to: tuple[str, ...]
    http: tuple[Route, ...]
    tls: tuple[Route, ...]
    tcp: tuple[Route, ...]


def virtual_service(head: Head, body: Json, domain: str) -> VirtualService:
    """Read a VirtualService."""
    spec = inner(body, "spec")
    bound = texts(spec, "gateways") or ("mesh",)
    return VirtualService(
        head=head,
        hosts=tuple(full_name(it, head.namespace, domain) for it in texts(spec, "hosts")),
        gateways=tuple(gateway_name(it, head.namespace) for it in bound),
        export_to=texts(spec, "exportTo"),
        http=_routes(head, spec, "http", domain),
        tls=_routes(head, spec, "tls", domain),
        tcp=_routes(head, spec, "tcp", domain),
    )


def _routes(head: Head, spec: Json, kind: str, domain: str) -> tuple[Route, ...]:
    return tuple(
        Route(
            head=head,
            conditions=conditions(it, head.namespace),
            targets=tuple(_target(to, head.namespace, domain) for to in entries(it, "route")),
            body=it,
        )
        for it in entries(spec, kind)
    )


def _target(body: Json, namespace: str, domain: str) -> Target:
    destination = inner(body, "destination")
    return Target(
        host=full_name(text(destination, "host"), namespace, domain),
        port=number(destination, "port", "number"),
        subset=text(destination, "subset"),
        weight=number(body, "weight"),
        headers=inner(body, "headers", "request"),
    )
