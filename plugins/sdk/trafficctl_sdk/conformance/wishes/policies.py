"""What traffic policies say."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from trafficctl_sdk.conformance.wishes.wish import (
    SECOND,
    SERVED,
    Body,
    Choice,
    Pair,
    Wish,
    at,
    joined,
)
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

_CLUSTERS: Final = ("clusters/north", "clusters/west")
_OVER_CLUSTERS: Final = ("intercluster",)
_SERVER: Final = "clusters/west"
_HASH: Final = "load_balancing.consistent_hash"
_HEADER: Final = at(f"{_HASH}.header", "x-user")
_ROUND_ROBIN: Final = at("load_balancing.round_robin", {})

_Values = tuple[object, object]


def policy_wishes() -> Iterator[Wish]:
    """Give each thing that a policy can say: by itself, then for the clusters of an override."""
    for wish in (*_of_endpoints(), *_of_requests(), *_parts(), *_routes()):
        yield _below("traffic_policy", wish)


def _below(path: str, wish: Wish) -> Wish:
    if isinstance(wish, Pair):
        return replace(wish, one=at(path, wish.one), other=at(path, wish.other))
    bodies = {f"{path}.{leaf}": at(path, body) for leaf, body in wish.bodies.items()}
    return replace(wish, bodies=bodies)


def _each(path: str, values: Mapping[str, _Values], beside: Body | None = None) -> Iterator[Pair]:
    """Give one pair for each field below a path, alone but for what it cannot be without."""
    for name, (one, other) in values.items():
        yield Pair(
            one=joined(beside or {}, at(f"{path}.{name}", one)),
            other=joined(beside or {}, at(f"{path}.{name}", other)),
        )


def _branches(path: str, *names: str, beside: Body | None = None) -> Choice:
    return Choice(
        bodies={f"{path}.{name}": joined(beside or {}, at(f"{path}.{name}", {})) for name in names}
    )


def _of_endpoints() -> Iterator[Wish]:
    yield _branches("load_balancing", "round_robin", "least_request", "random", "passthrough")
    yield from _each(_HASH, {"header": ("x-user", "x-team"), "query_parameter": ("user", "team")})
    yield Choice(
        bodies={
            f"{_HASH}.header": at(f"{_HASH}.header", "user"),
            f"{_HASH}.query_parameter": at(f"{_HASH}.query_parameter", "user"),
            f"{_HASH}.source_address": at(f"{_HASH}.source_address", {}),
            f"{_HASH}.cookie.name": at(f"{_HASH}.cookie", {"name": "user"}),
        }
    )
    cookie = at(f"{_HASH}.cookie.name", "user")
    yield from _each(f"{_HASH}.cookie", {"name": ("user", "team")})
    made = joined(cookie, at(f"{_HASH}.cookie.ttl", 60 * SECOND))
    yield from _each(f"{_HASH}.cookie", {"ttl": (60 * SECOND, 90 * SECOND)}, cookie)
    yield from _each(f"{_HASH}.cookie", {"path": ("/a", "/b")}, made)
    yield _branches(_HASH, "ring", "maglev", beside=_HEADER)
    yield from _each(
        _HASH,
        {"ring.minimum_size": (2048, 4096), "maglev.table_size": (5003, 10007)},
        _HEADER,
    )
    yield from _each("load_balancing", {"warmup": (30 * SECOND, 60 * SECOND)}, _ROUND_ROBIN)
    warm = joined(_ROUND_ROBIN, at("load_balancing.warmup", 30 * SECOND))
    yield from _each("load_balancing", {"warmup_aggression": (2.0, 3.0)}, warm)
    yield from (replace(it, kinds=SERVED) for it in _localities())
    yield from _each(
        "connection_limits",
        {
            "max_connections": (100, 200),
            "connect_timeout": (2 * SECOND, 3 * SECOND),
            "max_pending": (10, 20),
            "max_requests": (50, 60),
            "max_per_connection": (5, 6),
            "max_retries": (2, 4),
            "idle_timeout": (30 * SECOND, 60 * SECOND),
            "max_age": (600 * SECOND, 900 * SECOND),
        },
    )
    keepalive = at("connection_limits.keepalive.time", 60 * SECOND)
    yield from _each("connection_limits.keepalive", {"time": (60 * SECOND, 90 * SECOND)})
    yield from _each(
        "connection_limits.keepalive",
        {"interval": (10 * SECOND, 20 * SECOND), "probes": (3, 5)},
        keepalive,
    )
    triggers = ("gateway_errors", "server_errors", "connect_failures")
    yield from _each("outlier_detection", dict.fromkeys(triggers, (4, 7)))
    yield Choice(
        bodies={f"outlier_detection.{it}": at(f"outlier_detection.{it}", 4) for it in triggers}
    )
    for trigger in triggers:
        yield from _each(
            "outlier_detection",
            {
                "interval": (5 * SECOND, 7 * SECOND),
                "base_ejection": (40 * SECOND, 60 * SECOND),
                "max_percent": (20, 40),
            },
            at(f"outlier_detection.{trigger}", 4),
        )


def _localities() -> Iterator[Wish]:
    yield _branches("locality", "prefer_local", "spread")
    yield from _each("locality.failover_priority", {"labels": (["disk"], ["tier"])})
    one, other = (
        at("locality.failover.rules", [{"from_region": one, "to_region": other}])
        for one, other in (("r1", "r2"), ("r3", "r4"))
    )
    yield Pair(one=one, other=other)
    yield Pair(one=_shares("r1", "r2", 60), other=_shares("r3", "r4", 30))
    yield Pair(
        one=_shares("r1", "r2", 60, {"zone": "z1"}), other=_shares("r1", "r2", 60, {"zone": "z3"})
    )
    yield Pair(
        one=_shares("r1", "r2", 60, {"zone": "z1", "sub_zone": "s1"}),
        other=_shares("r1", "r2", 60, {"zone": "z1", "sub_zone": "s3"}),
    )


def _shares(one: str, other: str, weight: int, place: Body | None = None) -> Body:
    """Give the shares of two regions, for callers in the first of them."""
    to = [
        {"locality": {"region": one, **(place or {})}, "weight": weight},
        {"locality": {"region": other}, "weight": 100 - weight},
    ]
    rule = {"from_locality": {"region": one, **(place or {})}, "to": to}
    return at("locality.distribute.rules", [rule])


def _of_requests() -> Iterator[Wish]:
    """Give what a policy and each of its routes can say of requests."""
    yield Pair(one={"timeout": 2 * SECOND}, other={"timeout": 3 * SECOND})
    repeatable = at("retries.idempotence", "IDEMPOTENT")
    yield from _each("retries", {"attempts": (3, 4)}, repeatable)
    tried = joined(repeatable, at("retries.attempts", 3))
    yield from _each(
        "retries",
        {
            "per_try_timeout": (SECOND, 2 * SECOND),
            "backoff": (SECOND // 10, SECOND // 5),
        },
        tried,
    )
    conditions = [it for it in TrafficPolicy.Retries.Condition if it != "STATUSES"]
    yield Choice(
        bodies={
            f"retries.conditions.{it}": joined(tried, at("retries.conditions", [it.value]))
            for it in conditions
        }
        | {
            "retries.conditions.STATUSES": joined(
                tried, at("retries", {"conditions": ["STATUSES"], "statuses": [429]})
            )
        }
    )
    chosen = joined(tried, at("retries.conditions", ["STATUSES"]))
    yield from _each("retries", {"statuses": ([429], [502, 504])}, chosen)
    # The server holds the conditions to it, so that a driver need not.
    yield _values("retries.idempotence", ("IDEMPOTENT", "NOT_IDEMPOTENT"), tried, synonyms=True)
    yield _values("retries.other_localities", ("ENABLED", "DISABLED"), tried)
    yield Pair(
        one=at("fault.delay", {"duration": SECOND, "percent": 10.0}),
        other=at("fault.delay", {"duration": 2 * SECOND, "percent": 20.0}),
    )
    for status, values in (("http_status", (503, 404)), ("grpc_status", (14, 7))):
        yield Pair(
            one=at("fault.abort", {status: values[0], "percent": 10.0}),
            other=at("fault.abort", {status: values[1], "percent": 20.0}),
            protocol="GRPC" if status == "grpc_status" else "HTTP",
        )


def _values(path: str, names: tuple[str, ...], beside: Body, *, synonyms: bool = False) -> Choice:
    return Choice(
        bodies={f"{path}.{name}": joined(beside, at(path, name)) for name in names},
        synonyms=synonyms,
    )


def _parts() -> Iterator[Wish]:
    """Give what names parts of the service, or other workloads."""
    targets: Mapping[str, _Values] = {
        "subset": ("blue", "green"),
        "cluster": _CLUSTERS,
        "workload": ("copy", "shadow"),
    }
    for target, (one, other) in targets.items():
        yield Pair(
            one={"mirrors": [{target: one, "percent": 10.0}]},
            other={"mirrors": [{target: other, "percent": 20.0}]},
            kinds=_OVER_CLUSTERS if target == "cluster" else SERVED,
        )
    for parts, part, names in (
        ("subsets", "subset", ("blue", "green")),
        ("clusters", "cluster", _CLUSTERS),
    ):
        first, second = names
        yield Pair(
            one=at(f"shift.{parts}.weights", _weights(part, first, second, 60)),
            other=at(f"shift.{parts}.weights", _weights(part, second, first, 30)),
            kinds=_OVER_CLUSTERS if parts == "clusters" else SERVED,
        )


def _weights(part: str, one: str, other: str, weight: int) -> list[Body]:
    return [{part: one, "weight": weight}, {part: other, "weight": 100 - weight}]


def _route(**said: Any) -> Body:
    whole = {"id": "main", "matches": [{"path": {"prefix": "/a"}}], **said}
    if not {"redirect", "respond", "shift"} & whole.keys():
        whole = {"forward": {}, **whole}
    return {"routes": [whole]}


def _routes() -> Iterator[Wish]:
    yield Pair(one=_route(id="main"), other=_route(id="second"))
    yield from _matches()
    yield Choice(
        bodies={
            "routes.forward": _route(forward={}),
            "routes.redirect.path": _route(redirect={"path": "/b"}),
            "routes.respond.status": _route(respond={"status": 503}),
        }
    )
    for action, said in (
        ("redirect", {"scheme": ("https", "http")}),
        ("redirect", {"host": ("a.example.com", "b.example.com")}),
        ("redirect", {"path": ("/b", "/c"), "code": (302, 307)}),
        ("respond", {"status": (503, 404), "body": ("later", "never")}),
        ("rewrite", {"prefix": ("/b", "/c")}),
        ("rewrite", {"path": ("/b", "/c")}),
        ("rewrite", {"host": ("a.example.com", "b.example.com")}),
    ):
        yield Pair(
            one=_route(**{action: {key: values[0] for key, values in said.items()}}),
            other=_route(**{action: {key: values[1] for key, values in said.items()}}),
        )
    for edits in ("request_headers", "response_headers"):
        for edit, one, other in (
            ("set", {"x-a": "1"}, {"x-b": "2"}),
            ("add", {"x-a": "1"}, {"x-b": "2"}),
            ("remove", ["x-a"], ["x-b"]),
        ):
            yield Pair(one=_route(**{edits: {edit: one}}), other=_route(**{edits: {edit: other}}))
    for wish in (*_of_requests(), *_parts()):
        yield _in_route(wish)


def _in_route(wish: Wish) -> Wish:
    if isinstance(wish, Pair):
        return replace(wish, one=_route(**wish.one), other=_route(**wish.other))
    bodies = {f"routes.{leaf}": _route(**body) for leaf, body in wish.bodies.items()}
    return replace(wish, bodies=bodies)


def _match(**said: Any) -> Body:
    return _route(matches=[said])


def _matches() -> Iterator[Wish]:
    texts = {"exact": ("gold", "new"), "prefix": ("gold", "new"), "suffix": ("gold", "new")}
    texts["regex"] = ("g.*", "n.*")
    paths = dict.fromkeys(("exact", "prefix", "suffix"), ("/a", "/b"))
    paths["template"] = ("/a/{*}", "/b/{*}")
    for kind, (one, other) in paths.items():
        yield Pair(one=_match(path={kind: one}), other=_match(path={kind: other}))
    yield Choice(bodies={f"routes.matches.path.{it}": _match(path={it: "/a"}) for it in paths})
    yield Pair(one=_match(methods=["GET"]), other=_match(methods=["PUT"]))
    for place in ("headers", "query_parameters"):
        for kind, (one, other) in texts.items():
            yield Pair(
                one=_match(**{place: [{"name": "tier", kind: one}]}),
                other=_match(**{place: [{"name": "level", kind: other}]}),
            )
        bodies = {
            f"routes.matches.{place}.{kind}": _match(**{place: [{"name": "tier", kind: value}]})
            for kind, value in (
                *((kind, "gold") for kind in texts),
                ("present", {}),
                ("absent", {}),
            )
        }
        yield Choice(bodies=bodies)


def override_wishes() -> Iterator[Wish]:
    """Give the same for the clusters where the policy acts."""
    for wish in policy_wishes():
        for kinds, cluster in (
            (("intercluster", "outbound"), "clusters/east"),
            (("intracluster", "inbound"), "clusters/west"),
        ):
            yield overridden(wish, kinds, cluster)


def overridden(wish: Wish, kinds: tuple[str, ...], cluster: str) -> Wish:
    """Say something in an override instead."""

    def moved(body: Body) -> Body:
        return {"overrides": [{"clusters": [cluster], **body}]}

    kept = tuple(it for it in kinds if it in wish.kinds)
    if isinstance(wish, Pair):
        return replace(wish, one=moved(wish.one), other=moved(wish.other), kinds=kept)
    bodies = {f"overrides.{leaf}": moved(body) for leaf, body in wish.bodies.items()}
    return replace(wish, bodies=bodies, kinds=kept)


def mutual_tls_wishes() -> Iterator[Wish]:
    """Give the modes of mutual TLS, by itself and in an override."""
    yield from _modes(("STRICT", "PERMISSIVE"), {}, SERVED)
    anyone = {"callers": [{"any_client": {"identity": "ANYONE"}}]}
    yield from _modes(("PERMISSIVE", "DISABLED"), anyone, ("intracluster",))
    off = at("mutual_tls.mode", "DISABLED")
    yield Choice(
        bodies={
            "overrides.mutual_tls.mode.DISABLED": {
                **anyone,
                **off,
                "overrides": [{"clusters": [_SERVER], **off}],
            }
        },
        kinds=("intracluster",),
    )


def _modes(modes: tuple[str, ...], beside: Body, kinds: tuple[str, ...]) -> Iterator[Wish]:
    bodies = {f"mutual_tls.mode.{it}": at("mutual_tls.mode", it) for it in modes}
    yield Choice(bodies={leaf: {**body, **beside} for leaf, body in bodies.items()}, kinds=kinds)
    elsewhere = {**beside, **at("mutual_tls.mode", "PERMISSIVE")}
    yield Choice(
        bodies={
            f"overrides.{leaf}": {**elsewhere, "overrides": [{"clusters": [_SERVER], **body}]}
            for leaf, body in bodies.items()
        },
        kinds=kinds,
    )
