"""All HTTP routes of a traffic policy, from one group of callers to wherever it sends them."""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from trafficctl_sdk.model.traffic_policy import Route, TrafficPolicy

from trafficctl_istio.objects.shapes import Json, present, unshared
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.traffic.matches import narrowed, quoted, request_matches
from trafficctl_istio.rendering.traffic.parts import cluster_id
from trafficctl_istio.rendering.traffic.requests import header_settings, request_settings

_DEFAULT_REDIRECT = 301
_NO_POLICY: Final = TrafficPolicy()


class Reach(Protocol):
    """How the callers of a route reach the destination and its parts.

    Each gives the ``{"destination": …}`` of a route.

    :raises Refused: that part cannot be reached on this way.
    """

    def whole(self) -> Json:
        """Give the destination itself."""
        ...

    def subset(self, subset: str) -> Json:
        """Give a subset of it, by id."""
        ...

    def cluster(self, cluster: str) -> Json:
        """Give it in one cluster, by id."""
        ...

    def workload(self, workload: str) -> Json:
        """Give another workload of the bundle, by id."""
        ...


def http_routes(
    policy: TrafficPolicy | None,
    conditions: Sequence[Json],
    reach: Reach,
    frame: Json | None = None,
) -> Iterable[Json]:
    """Give the routes of a policy in order; the last one takes what no other took.

    :param conditions: what holds of all the requests that are meant, any of them; they become
        part of the last route.
    :param frame: what every route that goes somewhere has too, such as a rewrite of its own; it
        becomes part of the last route.
    """
    stated = policy or _NO_POLICY
    for route in stated.routes:
        for it in _route(route, stated, conditions, reach, frame or {}):
            yield unshared(it)
    last: Json = {
        "match": list(conditions),
        **(frame or {}),
        "route": targets(stated.shift, reach),
        **request_settings(stated.timeout, stated.retries, stated.fault),
    }
    if stated.mirrors:
        last["mirrors"] = _mirrors(stated.mirrors, reach)
    yield last


def targets(shift: TrafficPolicy.Shift | None, reach: Reach) -> list[Json]:
    """Give where a route goes, by weight; parts of weight 0 get nothing and are left out."""
    if shift is None:
        return [reach.whole()]
    parts: list[tuple[str, Json, int]] = []
    if shift.subsets is not None:
        parts = [
            (it.subset, reach.subset(it.subset), it.weight)
            for it in shift.subsets.weights
            if it.weight
        ]
    elif shift.clusters is not None:
        parts = [
            (it.cluster, reach.cluster(cluster_id(it.cluster)), it.weight)
            for it in shift.clusters.weights
            if it.weight
        ]
    else:
        return [reach.whole()]
    if len(parts) == 1:
        return [parts[0][1]]
    return [{**to, "weight": weight} for _, to, weight in sorted(parts, key=lambda it: it[0])]


def _mirrors(stated: Iterable[TrafficPolicy.Mirror], reach: Reach) -> list[Json]:
    ordered = sorted(
        stated, key=lambda it: (it.subset or "", it.cluster or "", it.workload or "", it.percent)
    )
    return [{**_mirrored(it, reach), "percentage": {"value": it.percent}} for it in ordered]


def _mirrored(stated: TrafficPolicy.Mirror, reach: Reach) -> Json:
    if stated.subset is not None:
        return reach.subset(stated.subset)
    if stated.cluster is not None:
        return reach.cluster(cluster_id(stated.cluster))
    return reach.workload(stated.workload or "")


def _route(
    route: Route, policy: TrafficPolicy, conditions: Sequence[Json], reach: Reach, frame: Json
) -> Iterable[Json]:
    if route.redirect is not None or route.respond is not None:
        yield {
            **_head(route, conditions, _uris(route)),
            **present(
                redirect=_redirect(route.redirect) if route.redirect else None,
                directResponse=_answer(route.respond) if route.respond else None,
                headers=header_settings(None, route.response_headers),
            ),
        }
        return
    for matches, rewrite in _rewritten(route):
        yield {
            **_head(route, conditions, matches),
            **frame,
            **present(rewrite=_both_rewrites(frame, rewrite)),
            "route": targets(route.shift, reach),
            **request_settings(
                route.timeout if route.timeout is not None else policy.timeout,
                route.retries or policy.retries,
                route.fault or policy.fault,
            ),
            **present(
                mirrors=_mirrors(route.mirrors or policy.mirrors, reach),
                headers=header_settings(route.request_headers, route.response_headers),
            ),
        }


def _both_rewrites(frame: Json, rewrite: Json) -> Json:
    given = frame.get("rewrite")
    if not isinstance(given, dict):
        return rewrite
    if set(given) & set(rewrite):
        raise refuse(
            "traffic_policy.routes.rewrite.host",
            "istio.host_behind_gateway",
            "the gateway tells hosts apart by it; leave it out",
        )
    return {**given, **rewrite}


def _head(route: Route, conditions: Sequence[Json], matches: Sequence[Json]) -> Json:
    both = [narrowed(condition, match) for condition in conditions for match in matches]
    possible = [it for it in both if it is not None]
    if not possible:
        raise refuse(
            "traffic_policy.routes.matches.path",
            "istio.never_matched",
            f"route {route.id} is for paths that never come here; leave it out",
        )
    return {"match": possible, "name": route.id}


def _uris(route: Route) -> list[Json]:
    return [it for match in route.matches for it in request_matches(match)]


def _rewritten(route: Route) -> Iterable[tuple[list[Json], Json]]:
    """Give the matches with their rewrite: each prefix that is replaced needs one of its own."""
    stated = route.rewrite
    host = present(authority=(stated.host or None) if stated else None)
    if stated is None or (stated.prefix is None and stated.path is None):
        yield _uris(route), host
    elif stated.path is not None:
        yield _uris(route), {**host, "uriRegexRewrite": _replacing("^/.*$", stated.path)}
    else:
        by_prefix: dict[str, list[Json]] = {}
        for match in route.matches:
            prefix = (match.path.prefix or "").rstrip("/") if match.path else ""
            by_prefix.setdefault(prefix, []).extend(request_matches(match))
        for prefix, matches in by_prefix.items():
            yield matches, {**host, "uriRegexRewrite": _new_prefix(prefix, stated.prefix or "")}


def _new_prefix(old: str, new: str) -> Json:
    """Replace whole segments; both ends are known to stand at a slash or at the end."""
    stripped = new.rstrip("/")
    if not old:
        return _replacing("^/", f"{stripped}/")
    if not stripped:
        return _replacing(f"^{quoted(old)}/?", "/")
    return _replacing(f"^{quoted(old)}", stripped)


def _replacing(pattern: str, text: str) -> Json:
    return {"match": pattern, "rewrite": text.replace("\\", "\\\\")}


def _redirect(stated: Route.Redirect) -> Json:
    return present(
        uri=stated.path,
        authority=stated.host or None,
        scheme=stated.scheme or None,
        redirectCode=stated.code or _DEFAULT_REDIRECT,
    )


def _answer(stated: Route.Respond) -> Json:
    return present(status=stated.status, body={"string": stated.body} if stated.body else None)
