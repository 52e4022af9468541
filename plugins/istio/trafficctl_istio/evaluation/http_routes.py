"""What a proxy does with a request by its HTTP routes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.fields import inner, labels, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.journeys import End, Visit
    from trafficctl_istio.evaluation.route_conditions import Condition, Listener
    from trafficctl_istio.evaluation.streams import Payload
    from trafficctl_istio.evaluation.virtual_services import Route, Target


class Routed(NamedTuple):
    """A part of the calls, and where a route sends it."""

    visit: Visit
    target: Target
    payload: Payload


def served_at(routes: Sequence[Route], listener: Listener) -> list[tuple[Route, list[Condition]]]:
    """Give the routes that a proxy has at a listener, with those of their matches."""
    found = ((route, [it for it in route.conditions if it.is_for(listener)]) for route in routes)
    return [(route, matches) for route, matches in found if matches]


def first_match(
    routes: Sequence[tuple[Route, list[Condition]]], payload: Payload
) -> tuple[Route, Condition] | None:
    """Give the first route that a request matches, and the match."""
    for route, matches in routes:
        for condition in matches:
            if condition.holds(payload):
                return route, condition
    return None


def followed(
    visit: Visit, route: Route, condition: Condition, payload: Payload
) -> Iterator[Routed | End]:
    """Do with a request what a route says."""
    body = route.body
    visit = visit.by(route.head)
    if "redirect" in body:
        code = text(body, "redirect", "redirectCode") or "301"
        yield visit.ends(VerdictKind.DENIED, f"it is told to ask elsewhere ({code})")
        return
    if "directResponse" in body:
        code = text(body, "directResponse", "status")
        yield visit.ends(VerdictKind.DENIED, f"{visit.station.party} answers itself ({code})")
        return
    if "delegate" in body:
        yield visit.lacks("delegate", f"{route.head.name} hands routes on, which is not followed")
        return
    part = _aborted(inner(body, "fault", "abort"))
    if part >= 100:  # noqa: PLR2004 - per cent
        yield visit.ends(VerdictKind.DENIED, f"{route.head.name} aborts every request")
        return
    if part > 0:
        visit = visit.told(f"{route.head.name} aborts {part:g} percent of the requests")
    sent = _rewritten(payload, inner(body, "rewrite"), condition)
    sent = _with_headers(sent, inner(body, "headers", "request"))
    yield from spread(visit, route, sent)


def spread(visit: Visit, route: Route, payload: Payload) -> Iterator[Routed | End]:
    """Send each target its part, by weight."""
    targets = route.targets
    if len(targets) > 1:
        targets = tuple(it for it in targets if it.weight)
    total = sum(it.weight for it in targets) or len(targets)
    if not targets:
        yield visit.ends(VerdictKind.UNREACHABLE, f"{route.head.name} sends it nowhere")
    for target in targets:
        part = (target.weight or 1) / total if len(targets) > 1 else 1.0
        sent = _with_headers(payload, target.headers)
        yield Routed(visit=visit.part(part), target=target, payload=sent)


def _aborted(stated: Json) -> float:
    if not stated:
        return 0
    percentage = inner(stated, "percentage")
    return float(text(percentage, "value") or 0) if percentage else 100


def _rewritten(payload: Payload, stated: Json, condition: Condition) -> Payload:
    if not stated:
        return payload
    path, mark, query = payload.path.partition("?")
    uri = text(stated, "uri")
    pattern = text(stated, "uriRegexRewrite", "match")
    if uri and condition.prefix:
        path = uri + path[len(condition.prefix) :]
    elif uri:
        path = uri
    elif pattern:
        path = re.sub(pattern, text(stated, "uriRegexRewrite", "rewrite"), path)
    authority = text(stated, "authority") or payload.authority
    return payload.saying(path=path + mark + query)._replace(authority=authority)


def _with_headers(payload: Payload, stated: Json) -> Payload:
    if not stated:
        return payload
    changed = {name.lower(): it for name, it in payload.headers.items()}
    for operation in ("set", "add"):
        changed |= {name.lower(): it for name, it in labels(stated, operation).items()}
    for name in texts(stated, "remove"):
        changed.pop(name.lower(), None)
    authority = changed.pop("host", "") or changed.pop(":authority", "") or payload.authority
    return payload.saying(headers=changed)._replace(authority=authority)
