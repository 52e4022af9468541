"""Messages of ``trafficctl/v2/traffic_policy.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from trafficctl_sdk.model.access import HeaderMatch, PathMatch
from trafficctl_sdk.model.common import Locality as CommonLocality
from trafficctl_sdk.model.common import Toggle
from trafficctl_sdk.model.tls import MutualTls


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TrafficPolicy:
    """Shapes the traffic of an intent's callers to its destination, on the intent's ports.

    What is absent is left to the mesh unless the field states a default. Several intents may state
    the same field for one destination and port if they say the same; only one of them may have
    `routes`.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class LoadBalancing:
        """Picks one endpoint for a request."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class RoundRobin:
            """Takes one after the other."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class LeastRequest:
            """Takes one with few requests under way."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Random:
            """Takes any one."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Passthrough:
            """Takes the address that the caller dialled."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class ConsistentHash:
            """Takes the same endpoint for the same key."""

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class Cookie:
                """Names a cookie."""

                #: The name of the cookie, at most 128 characters.
                name: str = dataclasses.field(default="", metadata={"number": 1})

                #: The path for which a cookie made here is sent. Default: none is stated in it.
                path: str = dataclasses.field(default="", metadata={"number": 2})

                #: How long a cookie lives that is made for callers who send none; 0 s: until the
                #: caller's session ends. Absent: none is made.
                ttl: int | None = dataclasses.field(default=None, metadata={"number": 3})

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class SourceAddress:
                """Takes the address of the caller as key."""

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class Ring:
                """Spreads keys by a ring of points."""

                #: The smallest number of points, 1-8388608; more spread more evenly. Default: 1024.
                minimum_size: int = dataclasses.field(default=0, metadata={"number": 1})

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class Maglev:
                """Spreads keys by a Maglev table."""

                #: The number of places, a prime number up to 5000011. Default: 65537.
                table_size: int = dataclasses.field(default=0, metadata={"number": 1})

            #: The value of this header.
            header: str | None = dataclasses.field(
                default=None, metadata={"number": 1, "oneof": "key"}
            )

            #: The value of a cookie.
            cookie: TrafficPolicy.LoadBalancing.ConsistentHash.Cookie | None = dataclasses.field(
                default=None, metadata={"number": 2, "oneof": "key"}
            )

            #: The address of the caller.
            source_address: TrafficPolicy.LoadBalancing.ConsistentHash.SourceAddress | None = (
                dataclasses.field(default=None, metadata={"number": 3, "oneof": "key"})
            )

            #: The value of this query parameter. At most 128 characters.
            query_parameter: str | None = dataclasses.field(
                default=None, metadata={"number": 4, "oneof": "key"}
            )

            #: A ring of points.
            ring: TrafficPolicy.LoadBalancing.ConsistentHash.Ring | None = dataclasses.field(
                default=None, metadata={"number": 5, "oneof": "table"}
            )

            #: A Maglev table: quicker than a ring, but moves more keys when endpoints change.
            maglev: TrafficPolicy.LoadBalancing.ConsistentHash.Maglev | None = dataclasses.field(
                default=None, metadata={"number": 6, "oneof": "table"}
            )

        #: One after the other.
        round_robin: TrafficPolicy.LoadBalancing.RoundRobin | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "algorithm"}
        )

        #: One with few requests under way.
        least_request: TrafficPolicy.LoadBalancing.LeastRequest | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "algorithm"}
        )

        #: Any one.
        random: TrafficPolicy.LoadBalancing.Random | None = dataclasses.field(
            default=None, metadata={"number": 3, "oneof": "algorithm"}
        )

        #: The address that the caller dialled, without balancing.
        passthrough: TrafficPolicy.LoadBalancing.Passthrough | None = dataclasses.field(
            default=None, metadata={"number": 4, "oneof": "algorithm"}
        )

        #: The same one for the same key, as long as it is there.
        consistent_hash: TrafficPolicy.LoadBalancing.ConsistentHash | None = dataclasses.field(
            default=None, metadata={"number": 5, "oneof": "algorithm"}
        )

        #: How long a new endpoint gets less than its share, up to 1 h. Absent: it gets all at once.
        warmup: int | None = dataclasses.field(default=None, metadata={"number": 6})

        #: How the share grows meanwhile, 1-10: 1 evenly, more means slower at first. Default: 1.
        warmup_aggression: float = dataclasses.field(default=0.0, metadata={"number": 7})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Locality:
        """Says which places are preferred, and where to go when they fail."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class PreferLocal:
            """Prefers the caller's own place."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Spread:
            """Treats all places alike."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Distribute:
            """Sends stated shares to stated places."""

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class Rule:
                """States the shares for callers in one place."""

                @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
                class To:
                    """States the share of one place."""

                    #: The place. Without a zone: the whole region.
                    locality: CommonLocality | None = dataclasses.field(
                        default=None, metadata={"number": 1}
                    )

                    #: Its share in percent, 1-100.
                    weight: int = dataclasses.field(default=0, metadata={"number": 2})

                #: Where the caller is. Without a zone: the whole region.
                from_locality: CommonLocality | None = dataclasses.field(
                    default=None, metadata={"number": 1}
                )

                #: Where its requests go, 1-64 places. The weights add up to 100.
                to: tuple[TrafficPolicy.Locality.Distribute.Rule.To, ...] = dataclasses.field(
                    default=(), metadata={"number": 2}
                )

            #: The shares by where the caller is, 1-64 rules.
            rules: tuple[TrafficPolicy.Locality.Distribute.Rule, ...] = dataclasses.field(
                default=(), metadata={"number": 1}
            )

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Failover:
            """Says where to go when a region fails."""

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class Rule:
                """Sends the callers of one region to another when theirs fails."""

                #: The region that fails.
                from_region: str = dataclasses.field(default="", metadata={"number": 1})

                #: The region that takes over.
                to_region: str = dataclasses.field(default="", metadata={"number": 2})

            #: One rule per region that can fail, 1-64.
            rules: tuple[TrafficPolicy.Locality.Failover.Rule, ...] = dataclasses.field(
                default=(), metadata={"number": 1}
            )

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class FailoverPriority:
            """Prefers endpoints by how many labels, in order, are the same as the caller's."""

            #: 1-8 label names, the most important first, such as `topology.kubernetes.io/region`;
            #: or `name=value` to prefer a stated value.
            labels: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

        #: The caller's own place first, then the next nearest. The default.
        prefer_local: TrafficPolicy.Locality.PreferLocal | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "preference"}
        )

        #: All places alike.
        spread: TrafficPolicy.Locality.Spread | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "preference"}
        )

        #: Stated shares.
        distribute: TrafficPolicy.Locality.Distribute | None = dataclasses.field(
            default=None, metadata={"number": 3, "oneof": "preference"}
        )

        #: Stated regions to go to when a region fails.
        failover: TrafficPolicy.Locality.Failover | None = dataclasses.field(
            default=None, metadata={"number": 4, "oneof": "preference"}
        )

        #: Those that have most labels in common with the caller.
        failover_priority: TrafficPolicy.Locality.FailoverPriority | None = dataclasses.field(
            default=None, metadata={"number": 5, "oneof": "preference"}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class ConnectionLimits:
        """Limits connections and requests, per calling proxy.

        Numbers that are absent or 0 are left to the mesh.
        """

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Keepalive:
            """Finds out dead connections by TCP keep-alive."""

            #: How long a connection is quiet before the first probe.
            time: int | None = dataclasses.field(default=None, metadata={"number": 1})

            #: The time between probes.
            interval: int | None = dataclasses.field(default=None, metadata={"number": 2})

            #: The number of unanswered probes after which the connection counts as dead, 1-32.
            probes: int = dataclasses.field(default=0, metadata={"number": 3})

        #: The number of connections.
        max_connections: int = dataclasses.field(default=0, metadata={"number": 1})

        #: How long making a connection may take. Default where several clusters serve: 1 s.
        connect_timeout: int | None = dataclasses.field(default=None, metadata={"number": 2})

        #: The number of requests that may wait for a connection.
        max_pending: int = dataclasses.field(default=0, metadata={"number": 3})

        #: The number of requests under way.
        max_requests: int = dataclasses.field(default=0, metadata={"number": 4})

        #: The number of requests that one connection carries before it is closed; 1 means a
        #: connection for each request.
        max_per_connection: int = dataclasses.field(default=0, metadata={"number": 5})

        #: The number of retries under way.
        max_retries: int = dataclasses.field(default=0, metadata={"number": 6})

        #: How long a connection may be without a request before it is closed; 0 s: for ever.
        idle_timeout: int | None = dataclasses.field(default=None, metadata={"number": 7})

        #: How old a connection may get before it is closed.
        max_age: int | None = dataclasses.field(default=None, metadata={"number": 8})

        #: How dead connections are found out.
        keepalive: TrafficPolicy.ConnectionLimits.Keepalive | None = dataclasses.field(
            default=None, metadata={"number": 9}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class OutlierDetection:
        """Leaves out endpoints that fail several times in a row."""

        #: Answers 502, 503 and 504, and failed connects.
        gateway_errors: int | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "trigger"}
        )

        #: Answers 500-599, and failed connects.
        server_errors: int | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "trigger"}
        )

        #: Failed connects only.
        connect_failures: int | None = dataclasses.field(
            default=None, metadata={"number": 3, "oneof": "trigger"}
        )

        #: How often endpoints are looked at. Default: 10 s.
        interval: int | None = dataclasses.field(default=None, metadata={"number": 4})

        #: How long an endpoint is left out the first time; longer each time after. Default: 30 s.
        base_ejection: int | None = dataclasses.field(default=None, metadata={"number": 5})

        #: The largest share of the endpoints that is left out at once, in percent, 1-100. The last
        #: one always stays.
        max_percent: int = dataclasses.field(default=0, metadata={"number": 6})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Retries:
        """Sends failed requests again."""

        class Condition(enum.StrEnum):
            """Names a failure after which a request is sent again."""

            #: The connection could not be made; the server saw nothing.
            CONNECT_FAILURE = "CONNECT_FAILURE"

            #: The server refused the stream before it did anything.
            REFUSED_STREAM = "REFUSED_STREAM"

            #: The connection broke without an answer.
            RESET = "RESET"

            #: The answer was 502, 503 or 504.
            GATEWAY_ERROR = "GATEWAY_ERROR"

            #: The answer was 500-599, or none came.
            SERVER_ERROR = "SERVER_ERROR"

            #: The gRPC status was UNAVAILABLE.
            UNAVAILABLE = "UNAVAILABLE"

            #: The gRPC status was CANCELLED.
            CANCELLED = "CANCELLED"

            #: The gRPC status was DEADLINE_EXCEEDED.
            DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"

            #: The gRPC status was RESOURCE_EXHAUSTED.
            RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED"

            #: The answer was one of `statuses`.
            STATUSES = "STATUSES"

        class Idempotence(enum.StrEnum):
            """Says whether requests may arrive twice."""

            #: They may.
            IDEMPOTENT = "IDEMPOTENT"

            #: They must not; only failures before the server saw the request are retried.
            NOT_IDEMPOTENT = "NOT_IDEMPOTENT"

        #: How often a request is sent again at most, 0-10. 0 turns retries off.
        attempts: int | None = dataclasses.field(default=None, metadata={"number": 1})

        #: How long each attempt may take, 1 ms-1 h. Default: what is left of `timeout`.
        per_try_timeout: int | None = dataclasses.field(default=None, metadata={"number": 2})

        #: The failures after which it is sent again. Default: CONNECT_FAILURE and REFUSED_STREAM.
        conditions: tuple[TrafficPolicy.Retries.Condition, ...] = dataclasses.field(
            default=(), metadata={"number": 3}
        )

        #: The HTTP statuses that STATUSES means, 400-599. At most 64.
        statuses: tuple[int, ...] = dataclasses.field(default=(), metadata={"number": 4})

        #: Whether requests may arrive twice without harm. Has no default: only the author knows.
        idempotence: TrafficPolicy.Retries.Idempotence | None = dataclasses.field(
            default=None, metadata={"number": 5}
        )

        #: The pause before the first retry; later ones wait longer. Default: 25 ms.
        backoff: int | None = dataclasses.field(default=None, metadata={"number": 6})

        #: Whether a retry may go to another place than the attempt before. Default: DISABLED.
        other_localities: Toggle.Value | None = dataclasses.field(
            default=None, metadata={"number": 7}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Fault:
        """Delays or fails a share of the requests on purpose."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Delay:
            """Lets requests wait before they go on."""

            #: How long.
            duration: int | None = dataclasses.field(default=None, metadata={"number": 1})

            #: The share of requests, in percent, above 0 up to 100.
            percent: float = dataclasses.field(default=0.0, metadata={"number": 2})

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Abort:
            """Answers requests with an error without passing them on."""

            #: An HTTP status, 200-599.
            http_status: int | None = dataclasses.field(
                default=None, metadata={"number": 1, "oneof": "status"}
            )

            #: A gRPC status code, 1-16.
            grpc_status: int | None = dataclasses.field(
                default=None, metadata={"number": 2, "oneof": "status"}
            )

            #: The share of requests, in percent, above 0 up to 100.
            percent: float = dataclasses.field(default=0.0, metadata={"number": 3})

        #: Requests that wait first.
        delay: TrafficPolicy.Fault.Delay | None = dataclasses.field(
            default=None, metadata={"number": 1}
        )

        #: Requests that are answered with an error.
        abort: TrafficPolicy.Fault.Abort | None = dataclasses.field(
            default=None, metadata={"number": 2}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Mirror:
        """Sends copies of a share of the requests somewhere else."""

        #: A subset of the destination, by the id that its workload gives it.
        subset: str | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "target"}
        )

        #: The destination in one cluster, such as `clusters/east`.
        cluster: str | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "target"}
        )

        #: Another workload of the same bundle, by id.
        workload: str | None = dataclasses.field(
            default=None, metadata={"number": 3, "oneof": "target"}
        )

        #: The share of requests that are copied, in percent, above 0 up to 100.
        percent: float = dataclasses.field(default=0.0, metadata={"number": 4})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Shift:
        """Splits requests by weight."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Subsets:
            """Splits over subsets."""

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class Weight:
                """States the share of one subset."""

                #: The id that the destination's workload gives the subset.
                subset: str = dataclasses.field(default="", metadata={"number": 1})

                #: Its share in percent, 0-100.
                weight: int | None = dataclasses.field(default=None, metadata={"number": 2})

            #: 1-64 subsets, each once. The weights add up to 100.
            weights: tuple[TrafficPolicy.Shift.Subsets.Weight, ...] = dataclasses.field(
                default=(), metadata={"number": 1}
            )

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Clusters:
            """Splits over clusters."""

            @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
            class Weight:
                """States the share of one cluster."""

                #: The resource name of the cluster, such as `clusters/east`.
                cluster: str = dataclasses.field(default="", metadata={"number": 1})

                #: Its share in percent, 0-100.
                weight: int | None = dataclasses.field(default=None, metadata={"number": 2})

            #: 1-256 clusters, each once. The weights add up to 100.
            weights: tuple[TrafficPolicy.Shift.Clusters.Weight, ...] = dataclasses.field(
                default=(), metadata={"number": 1}
            )

        #: Subsets of the destination.
        subsets: TrafficPolicy.Shift.Subsets | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "over"}
        )

        #: Clusters that serve the destination. Excludes `locality`.
        clusters: TrafficPolicy.Shift.Clusters | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "over"}
        )

    #: How one endpoint is picked for a request.
    load_balancing: TrafficPolicy.LoadBalancing | None = dataclasses.field(
        default=None, metadata={"number": 1}
    )

    #: Which places are preferred. Default: `prefer_local`.
    locality: TrafficPolicy.Locality | None = dataclasses.field(
        default=None, metadata={"number": 2}
    )

    #: How many connections and requests are let through at once, and for how long.
    connection_limits: TrafficPolicy.ConnectionLimits | None = dataclasses.field(
        default=None, metadata={"number": 3}
    )

    #: When a failing endpoint is left out for a while. Default where several clusters serve: after
    #: 3 failed connects, since fail-over would not happen otherwise.
    outlier_detection: TrafficPolicy.OutlierDetection | None = dataclasses.field(
        default=None, metadata={"number": 4}
    )

    #: How long a whole request may take, retries included, 1 ms-1 h. HTTP family only.
    timeout: int | None = dataclasses.field(default=None, metadata={"number": 5})

    #: When a failed request is sent again. Default: twice, if the connection could not be made or
    #: the stream was refused, which repeats no write. HTTP family only.
    retries: TrafficPolicy.Retries | None = dataclasses.field(default=None, metadata={"number": 6})

    #: Faults put in on purpose, for tests. Where they are, meshes ignore `timeout` and `retries`
    #: (notice FAULT_DISABLES_TIMEOUT).
    fault: TrafficPolicy.Fault | None = dataclasses.field(default=None, metadata={"number": 7})

    #: Where copies of requests go; their answers are thrown away. At most 8.
    mirrors: tuple[TrafficPolicy.Mirror, ...] = dataclasses.field(
        default=(), metadata={"number": 8}
    )

    #: How requests are split over subsets or clusters.
    shift: TrafficPolicy.Shift | None = dataclasses.field(default=None, metadata={"number": 9})

    #: Rules by path, method, header or query. The first that matches wins; requests that match none
    #: take the fields 5-9 of this message. At most 64; ids are unique. HTTP family only.
    routes: tuple[Route, ...] = dataclasses.field(default=(), metadata={"number": 10})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Treats some requests differently."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Forward:
        """Sends requests to the destination as they are."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Redirect:
        """Tells the caller to ask elsewhere."""

        #: `http` or `https`. Default: that of the request.
        scheme: str = dataclasses.field(default="", metadata={"number": 1})

        #: The host, without port. Default: that of the request.
        host: str = dataclasses.field(default="", metadata={"number": 2})

        #: The whole new path, starting with `/`. At most 1024 characters.
        path: str | None = dataclasses.field(
            default=None, metadata={"number": 3, "oneof": "path_change"}
        )

        #: The HTTP status: 301, 302, 307 or 308. Default: 301.
        code: int = dataclasses.field(default=0, metadata={"number": 4})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Respond:
        """Answers requests on the spot."""

        #: The HTTP status, 200-599.
        status: int = dataclasses.field(default=0, metadata={"number": 1})

        #: The body, as text, at most 64 KiB. Default: none.
        body: str = dataclasses.field(default="", metadata={"number": 2})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Rewrite:
        """Changes the request before it goes on."""

        #: What replaces the prefix that the route matched, starting with `/`. At most 1024
        #: characters.
        prefix: str | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "path_change"}
        )

        #: The whole new path, starting with `/`. At most 1024 characters.
        path: str | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "path_change"}
        )

        #: The new host, without port. Default: it stays.
        host: str = dataclasses.field(default="", metadata={"number": 3})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class HeaderEdit:
        """Changes headers."""

        #: Headers that get exactly this value. At most 32.
        set: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 1})

        #: Headers that get this value besides what they have. At most 32.
        add: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 2})

        #: Headers that are taken out. At most 32.
        remove: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: The name of the route, unique within the policy; for people, plans and metrics.
    id: str = dataclasses.field(default="", metadata={"number": 1})

    #: Which requests it is for: those that match any of 1-16 conditions.
    matches: tuple[RequestMatch, ...] = dataclasses.field(default=(), metadata={"number": 2})

    #: They go to the destination.
    forward: Route.Forward | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "action"}
    )

    #: They go to the destination, split by weight.
    shift: TrafficPolicy.Shift | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "action"}
    )

    #: The caller is told to ask elsewhere.
    redirect: Route.Redirect | None = dataclasses.field(
        default=None, metadata={"number": 5, "oneof": "action"}
    )

    #: They are answered on the spot.
    respond: Route.Respond | None = dataclasses.field(
        default=None, metadata={"number": 6, "oneof": "action"}
    )

    #: What is changed in the request before it goes on.
    rewrite: Route.Rewrite | None = dataclasses.field(default=None, metadata={"number": 7})

    #: Replaces the policy's `timeout`, 1 ms-1 h.
    timeout: int | None = dataclasses.field(default=None, metadata={"number": 8})

    #: Replaces the policy's `retries`.
    retries: TrafficPolicy.Retries | None = dataclasses.field(default=None, metadata={"number": 9})

    #: Replaces the policy's `fault`.
    fault: TrafficPolicy.Fault | None = dataclasses.field(default=None, metadata={"number": 10})

    #: Replaces the policy's `mirrors`. At most 8.
    mirrors: tuple[TrafficPolicy.Mirror, ...] = dataclasses.field(
        default=(), metadata={"number": 11}
    )

    #: Changes to the headers of the request.
    request_headers: Route.HeaderEdit | None = dataclasses.field(
        default=None, metadata={"number": 12}
    )

    #: Changes to the headers of the answer.
    response_headers: Route.HeaderEdit | None = dataclasses.field(
        default=None, metadata={"number": 13}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RequestMatch:
    """Puts conditions on a request that must all hold.

    At least one is given.
    """

    #: The path.
    path: PathMatch | None = dataclasses.field(default=None, metadata={"number": 1})

    #: The methods, in capitals, any of which will do. At most 16. Empty: the method does not
    #: matter.
    methods: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 2})

    #: The headers, all of which must match. At most 16.
    headers: tuple[HeaderMatch, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: The query parameters, all of which must match. At most 16.
    query_parameters: tuple[HeaderMatch, ...] = dataclasses.field(
        default=(), metadata={"number": 4}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOverride:
    """Makes an exception for some clusters.

    What it states replaces the intent's whole message of that name there.
    """

    #: The clusters it is for, 1-256 resource names. A cluster may be in one override only.
    clusters: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    #: Replaces the intent's traffic policy for callers in these clusters.
    traffic_policy: TrafficPolicy | None = dataclasses.field(default=None, metadata={"number": 2})

    #: Replaces the intent's mutual TLS for the service in these clusters. Not for outbound intents.
    mutual_tls: MutualTls | None = dataclasses.field(default=None, metadata={"number": 3})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SdwanHints:
    """Says which path packets take through the SD-WAN.

    What is absent is chosen by the driver from the clusters' facts; the realization says what it
    chose.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Overlay:
        """Goes through the tunnels between sites."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Uplinks:
        """Goes out by the uplinks of the calling site."""

        class Mode(enum.StrEnum):
            """Says how several uplinks are used."""

            #: The next one only when those before it are down.
            FAILOVER = "FAILOVER"

            #: All at once, by weight.
            BALANCE = "BALANCE"

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Order:
            """Names one uplink."""

            #: The network behind the uplink, as the cluster's facts name it. At most 63 characters.
            network: str = dataclasses.field(default="", metadata={"number": 1})

            #: Its share beside the others with BALANCE, 1-1000. Default: that of the cluster's
            #: facts.
            weight: int = dataclasses.field(default=0, metadata={"number": 2})

        #: How several uplinks are used.
        mode: SdwanHints.Uplinks.Mode | None = dataclasses.field(
            default=None, metadata={"number": 1}
        )

        #: The uplinks, at most 16; with FAILOVER the preferred one first. Default: those of the
        #: cluster's facts, in their order.
        order: tuple[SdwanHints.Uplinks.Order, ...] = dataclasses.field(
            default=(), metadata={"number": 2}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Hub:
        """Goes through a hub."""

        #: The name of the hub, as the cluster's facts list it. At most 63 characters.
        name: str = dataclasses.field(default="", metadata={"number": 1})

    #: The tunnels between sites.
    overlay: SdwanHints.Overlay | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "path"}
    )

    #: The uplinks of the calling site.
    uplinks: SdwanHints.Uplinks | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "path"}
    )

    #: A stated hub.
    hub: SdwanHints.Hub | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "path"}
    )

    #: How long connections of one source stay on the uplink that the first one took, 1 s-24 h.
    sticky_timeout: int | None = dataclasses.field(default=None, metadata={"number": 4})

    #: Whether only the caller's pods are steered, not the whole site. Default: ENABLED.
    pods_only: Toggle.Value | None = dataclasses.field(default=None, metadata={"number": 5})
