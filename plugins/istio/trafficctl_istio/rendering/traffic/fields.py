"""The fields of a traffic policy that are rendered, as leaves below the policy."""

from collections.abc import Iterable
from typing import Final


def each(path: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give the paths of several names below one path."""
    return tuple(f"{path}.{name}" for name in names)


_HASH_KEYS: Final = (
    "header",
    *each("cookie", ("name", "path", "ttl")),
    "source_address",
    "query_parameter",
)
_HASH_TABLES: Final = ("ring", "ring.minimum_size", "maglev", "maglev.table_size")
LOAD_BALANCING: Final = each(
    "load_balancing",
    (
        "round_robin",
        "least_request",
        "random",
        *each("consistent_hash", (*_HASH_KEYS, *_HASH_TABLES)),
        "warmup",
        "warmup_aggression",
    ),
)
PASSTHROUGH: Final = ("load_balancing.passthrough",)
"""Only where callers dial addresses of servers."""
LOCALITY: Final = each(
    "locality",
    (
        "prefer_local",
        "spread",
        *each(
            "distribute.rules",
            (
                *each("from_locality", ("region", "zone", "sub_zone")),
                *each("to.locality", ("region", "zone", "sub_zone")),
                "to.weight",
            ),
        ),
        *each("failover.rules", ("from_region", "to_region")),
        "failover_priority.labels",
    ),
)
CONNECTION_LIMITS: Final = each(
    "connection_limits",
    (
        "max_connections",
        "connect_timeout",
        "max_pending",
        "max_requests",
        "max_per_connection",
        "max_retries",
        "idle_timeout",
        "max_age",
        *each("keepalive", ("time", "interval", "probes")),
    ),
)
OUTLIER_DETECTION: Final = each(
    "outlier_detection",
    (
        "gateway_errors",
        "server_errors",
        "connect_failures",
        "interval",
        "base_ejection",
        "max_percent",
    ),
)
REQUESTS: Final = (
    "timeout",
    *each(
        "retries",
        (
            "attempts",
            "per_try_timeout",
            *each(
                "conditions",
                (
                    "CONNECT_FAILURE",
                    "REFUSED_STREAM",
                    "RESET",
                    "GATEWAY_ERROR",
                    "SERVER_ERROR",
                    "UNAVAILABLE",
                    "CANCELLED",
                    "DEADLINE_EXCEEDED",
                    "RESOURCE_EXHAUSTED",
                    "STATUSES",
                ),
            ),
            "statuses",
            *each("idempotence", ("IDEMPOTENT", "NOT_IDEMPOTENT")),
            "backoff",
            *each("other_localities", ("ENABLED", "DISABLED")),
        ),
    ),
    *each("fault.delay", ("duration", "percent")),
    *each("fault.abort", ("http_status", "grpc_status", "percent")),
)
"""What a policy and each of its routes may say of requests."""
MIRRORS: Final = each("mirrors", ("subset", "workload", "percent"))
MIRRORS_OVER_CLUSTERS: Final = ("mirrors.cluster",)
SHIFT: Final = each("shift.subsets.weights", ("subset", "weight"))
SHIFT_OVER_CLUSTERS: Final = each("shift.clusters.weights", ("cluster", "weight"))
_PATHS: Final = each("path", ("exact", "prefix", "suffix", "template"))
_TEXTS: Final = ("name", "exact", "prefix", "suffix", "regex", "present")
_HEADER_EDITS: Final = ("set", "add", "remove")
_ACTIONS: Final = (
    "id",
    *each(
        "matches",
        (
            *_PATHS,
            "methods",
            *each("headers", (*_TEXTS, "absent")),
            *each("query_parameters", _TEXTS),
        ),
    ),
    "forward",
    *each("redirect", ("scheme", "host", "path", "code")),
    *each("respond", ("status", "body")),
    *each("rewrite", ("prefix", "path", "host")),
    *each("request_headers", _HEADER_EDITS),
    *each("response_headers", _HEADER_EDITS),
)
ROUTES: Final = each("routes", (*_ACTIONS, *REQUESTS))
"""Routes whose requests go to the destination as a whole, or nowhere."""

OF_ENDPOINTS: Final = (*LOAD_BALANCING, *CONNECTION_LIMITS, *OUTLIER_DETECTION)
"""What a DestinationRule says of one port."""
IN_CLUSTER: Final = (
    *OF_ENDPOINTS,
    *PASSTHROUGH,
    *LOCALITY,
    *REQUESTS,
    *MIRRORS,
    *SHIFT,
    *ROUTES,
    *each("routes", (*MIRRORS, *SHIFT)),
)
"""All that can be said of a service where callers and servers are in one cluster."""
OVER_CLUSTERS: Final = (
    *OF_ENDPOINTS,
    *LOCALITY,
    *REQUESTS,
    *MIRRORS,
    *MIRRORS_OVER_CLUSTERS,
    *SHIFT,
    *SHIFT_OVER_CLUSTERS,
    *ROUTES,
    *each("routes", (*MIRRORS, *MIRRORS_OVER_CLUSTERS, *SHIFT, *SHIFT_OVER_CLUSTERS)),
)
"""All that can be said of a service that several clusters serve."""

BEHIND_GATEWAY: Final = (
    *each(
        "load_balancing",
        (
            "round_robin",
            "least_request",
            "random",
            *each("consistent_hash", ("source_address", *_HASH_TABLES)),
        ),
    ),
    *LOCALITY,
    *each(
        "connection_limits",
        (
            "max_connections",
            "connect_timeout",
            "max_age",
            *each("keepalive", ("time", "interval", "probes")),
        ),
    ),
    *each("outlier_detection", ("connect_failures", "interval", "base_ejection", "max_percent")),
    *REQUESTS,
    *ROUTES,
    "mirrors.subset",
    "mirrors.percent",
    *SHIFT,
    *each("routes", ("mirrors.subset", "mirrors.percent", *SHIFT)),
)
"""What holds if a dedicated gateway, which sees connections only, picks the endpoint."""
