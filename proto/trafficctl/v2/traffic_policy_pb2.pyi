import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from trafficctl.v2 import access_pb2 as _access_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import tls_pb2 as _tls_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TrafficPolicy(_message.Message):
    __slots__ = ("load_balancing", "locality", "connection_limits", "outlier_detection", "timeout", "retries", "fault", "mirrors", "shift", "routes")
    class LoadBalancing(_message.Message):
        __slots__ = ("round_robin", "least_request", "random", "passthrough", "consistent_hash", "warmup", "warmup_aggression")
        class RoundRobin(_message.Message):
            __slots__ = ()
            def __init__(self) -> None: ...
        class LeastRequest(_message.Message):
            __slots__ = ()
            def __init__(self) -> None: ...
        class Random(_message.Message):
            __slots__ = ()
            def __init__(self) -> None: ...
        class Passthrough(_message.Message):
            __slots__ = ()
            def __init__(self) -> None: ...
        class ConsistentHash(_message.Message):
            __slots__ = ("header", "cookie", "source_address", "query_parameter", "ring", "maglev")
            class Cookie(_message.Message):
                __slots__ = ("name", "path", "ttl")
                NAME_FIELD_NUMBER: _ClassVar[int]
                PATH_FIELD_NUMBER: _ClassVar[int]
                TTL_FIELD_NUMBER: _ClassVar[int]
                name: str
                path: str
                ttl: _duration_pb2.Duration
                def __init__(self, name: _Optional[str] = ..., path: _Optional[str] = ..., ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...
            class SourceAddress(_message.Message):
                __slots__ = ()
                def __init__(self) -> None: ...
            class Ring(_message.Message):
                __slots__ = ("minimum_size",)
                MINIMUM_SIZE_FIELD_NUMBER: _ClassVar[int]
                minimum_size: int
                def __init__(self, minimum_size: _Optional[int] = ...) -> None: ...
            class Maglev(_message.Message):
                __slots__ = ("table_size",)
                TABLE_SIZE_FIELD_NUMBER: _ClassVar[int]
                table_size: int
                def __init__(self, table_size: _Optional[int] = ...) -> None: ...
            HEADER_FIELD_NUMBER: _ClassVar[int]
            COOKIE_FIELD_NUMBER: _ClassVar[int]
            SOURCE_ADDRESS_FIELD_NUMBER: _ClassVar[int]
            QUERY_PARAMETER_FIELD_NUMBER: _ClassVar[int]
            RING_FIELD_NUMBER: _ClassVar[int]
            MAGLEV_FIELD_NUMBER: _ClassVar[int]
            header: str
            cookie: TrafficPolicy.LoadBalancing.ConsistentHash.Cookie
            source_address: TrafficPolicy.LoadBalancing.ConsistentHash.SourceAddress
            query_parameter: str
            ring: TrafficPolicy.LoadBalancing.ConsistentHash.Ring
            maglev: TrafficPolicy.LoadBalancing.ConsistentHash.Maglev
            def __init__(self, header: _Optional[str] = ..., cookie: _Optional[_Union[TrafficPolicy.LoadBalancing.ConsistentHash.Cookie, _Mapping]] = ..., source_address: _Optional[_Union[TrafficPolicy.LoadBalancing.ConsistentHash.SourceAddress, _Mapping]] = ..., query_parameter: _Optional[str] = ..., ring: _Optional[_Union[TrafficPolicy.LoadBalancing.ConsistentHash.Ring, _Mapping]] = ..., maglev: _Optional[_Union[TrafficPolicy.LoadBalancing.ConsistentHash.Maglev, _Mapping]] = ...) -> None: ...
        ROUND_ROBIN_FIELD_NUMBER: _ClassVar[int]
        LEAST_REQUEST_FIELD_NUMBER: _ClassVar[int]
        RANDOM_FIELD_NUMBER: _ClassVar[int]
        PASSTHROUGH_FIELD_NUMBER: _ClassVar[int]
        CONSISTENT_HASH_FIELD_NUMBER: _ClassVar[int]
        WARMUP_FIELD_NUMBER: _ClassVar[int]
        WARMUP_AGGRESSION_FIELD_NUMBER: _ClassVar[int]
        round_robin: TrafficPolicy.LoadBalancing.RoundRobin
        least_request: TrafficPolicy.LoadBalancing.LeastRequest
        random: TrafficPolicy.LoadBalancing.Random
        passthrough: TrafficPolicy.LoadBalancing.Passthrough
        consistent_hash: TrafficPolicy.LoadBalancing.ConsistentHash
        warmup: _duration_pb2.Duration
        warmup_aggression: float
        def __init__(self, round_robin: _Optional[_Union[TrafficPolicy.LoadBalancing.RoundRobin, _Mapping]] = ..., least_request: _Optional[_Union[TrafficPolicy.LoadBalancing.LeastRequest, _Mapping]] = ..., random: _Optional[_Union[TrafficPolicy.LoadBalancing.Random, _Mapping]] = ..., passthrough: _Optional[_Union[TrafficPolicy.LoadBalancing.Passthrough, _Mapping]] = ..., consistent_hash: _Optional[_Union[TrafficPolicy.LoadBalancing.ConsistentHash, _Mapping]] = ..., warmup: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., warmup_aggression: _Optional[float] = ...) -> None: ...
    class Locality(_message.Message):
        __slots__ = ("prefer_local", "spread", "distribute", "failover", "failover_priority")
        class PreferLocal(_message.Message):
            __slots__ = ()
            def __init__(self) -> None: ...
        class Spread(_message.Message):
            __slots__ = ()
            def __init__(self) -> None: ...
        class Distribute(_message.Message):
            __slots__ = ("rules",)
            class Rule(_message.Message):
                __slots__ = ("from_locality", "to")
                class To(_message.Message):
                    __slots__ = ("locality", "weight")
                    LOCALITY_FIELD_NUMBER: _ClassVar[int]
                    WEIGHT_FIELD_NUMBER: _ClassVar[int]
                    locality: _common_pb2.Locality
                    weight: int
                    def __init__(self, locality: _Optional[_Union[_common_pb2.Locality, _Mapping]] = ..., weight: _Optional[int] = ...) -> None: ...
                FROM_LOCALITY_FIELD_NUMBER: _ClassVar[int]
                TO_FIELD_NUMBER: _ClassVar[int]
                from_locality: _common_pb2.Locality
                to: _containers.RepeatedCompositeFieldContainer[TrafficPolicy.Locality.Distribute.Rule.To]
                def __init__(self, from_locality: _Optional[_Union[_common_pb2.Locality, _Mapping]] = ..., to: _Optional[_Iterable[_Union[TrafficPolicy.Locality.Distribute.Rule.To, _Mapping]]] = ...) -> None: ...
            RULES_FIELD_NUMBER: _ClassVar[int]
            rules: _containers.RepeatedCompositeFieldContainer[TrafficPolicy.Locality.Distribute.Rule]
            def __init__(self, rules: _Optional[_Iterable[_Union[TrafficPolicy.Locality.Distribute.Rule, _Mapping]]] = ...) -> None: ...
        class Failover(_message.Message):
            __slots__ = ("rules",)
            class Rule(_message.Message):
                __slots__ = ("from_region", "to_region")
                FROM_REGION_FIELD_NUMBER: _ClassVar[int]
                TO_REGION_FIELD_NUMBER: _ClassVar[int]
                from_region: str
                to_region: str
                def __init__(self, from_region: _Optional[str] = ..., to_region: _Optional[str] = ...) -> None: ...
            RULES_FIELD_NUMBER: _ClassVar[int]
            rules: _containers.RepeatedCompositeFieldContainer[TrafficPolicy.Locality.Failover.Rule]
            def __init__(self, rules: _Optional[_Iterable[_Union[TrafficPolicy.Locality.Failover.Rule, _Mapping]]] = ...) -> None: ...
        class FailoverPriority(_message.Message):
            __slots__ = ("labels",)
            LABELS_FIELD_NUMBER: _ClassVar[int]
            labels: _containers.RepeatedScalarFieldContainer[str]
            def __init__(self, labels: _Optional[_Iterable[str]] = ...) -> None: ...
        PREFER_LOCAL_FIELD_NUMBER: _ClassVar[int]
        SPREAD_FIELD_NUMBER: _ClassVar[int]
        DISTRIBUTE_FIELD_NUMBER: _ClassVar[int]
        FAILOVER_FIELD_NUMBER: _ClassVar[int]
        FAILOVER_PRIORITY_FIELD_NUMBER: _ClassVar[int]
        prefer_local: TrafficPolicy.Locality.PreferLocal
        spread: TrafficPolicy.Locality.Spread
        distribute: TrafficPolicy.Locality.Distribute
        failover: TrafficPolicy.Locality.Failover
        failover_priority: TrafficPolicy.Locality.FailoverPriority
        def __init__(self, prefer_local: _Optional[_Union[TrafficPolicy.Locality.PreferLocal, _Mapping]] = ..., spread: _Optional[_Union[TrafficPolicy.Locality.Spread, _Mapping]] = ..., distribute: _Optional[_Union[TrafficPolicy.Locality.Distribute, _Mapping]] = ..., failover: _Optional[_Union[TrafficPolicy.Locality.Failover, _Mapping]] = ..., failover_priority: _Optional[_Union[TrafficPolicy.Locality.FailoverPriority, _Mapping]] = ...) -> None: ...
    class ConnectionLimits(_message.Message):
        __slots__ = ("max_connections", "connect_timeout", "max_pending", "max_requests", "max_per_connection", "max_retries", "idle_timeout", "max_age", "keepalive")
        class Keepalive(_message.Message):
            __slots__ = ("time", "interval", "probes")
            TIME_FIELD_NUMBER: _ClassVar[int]
            INTERVAL_FIELD_NUMBER: _ClassVar[int]
            PROBES_FIELD_NUMBER: _ClassVar[int]
            time: _duration_pb2.Duration
            interval: _duration_pb2.Duration
            probes: int
            def __init__(self, time: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., probes: _Optional[int] = ...) -> None: ...
        MAX_CONNECTIONS_FIELD_NUMBER: _ClassVar[int]
        CONNECT_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
        MAX_PENDING_FIELD_NUMBER: _ClassVar[int]
        MAX_REQUESTS_FIELD_NUMBER: _ClassVar[int]
        MAX_PER_CONNECTION_FIELD_NUMBER: _ClassVar[int]
        MAX_RETRIES_FIELD_NUMBER: _ClassVar[int]
        IDLE_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
        MAX_AGE_FIELD_NUMBER: _ClassVar[int]
        KEEPALIVE_FIELD_NUMBER: _ClassVar[int]
        max_connections: int
        connect_timeout: _duration_pb2.Duration
        max_pending: int
        max_requests: int
        max_per_connection: int
        max_retries: int
        idle_timeout: _duration_pb2.Duration
        max_age: _duration_pb2.Duration
        keepalive: TrafficPolicy.ConnectionLimits.Keepalive
        def __init__(self, max_connections: _Optional[int] = ..., connect_timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., max_pending: _Optional[int] = ..., max_requests: _Optional[int] = ..., max_per_connection: _Optional[int] = ..., max_retries: _Optional[int] = ..., idle_timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., max_age: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., keepalive: _Optional[_Union[TrafficPolicy.ConnectionLimits.Keepalive, _Mapping]] = ...) -> None: ...
    class OutlierDetection(_message.Message):
        __slots__ = ("gateway_errors", "server_errors", "connect_failures", "interval", "base_ejection", "max_percent")
        GATEWAY_ERRORS_FIELD_NUMBER: _ClassVar[int]
        SERVER_ERRORS_FIELD_NUMBER: _ClassVar[int]
        CONNECT_FAILURES_FIELD_NUMBER: _ClassVar[int]
        INTERVAL_FIELD_NUMBER: _ClassVar[int]
        BASE_EJECTION_FIELD_NUMBER: _ClassVar[int]
        MAX_PERCENT_FIELD_NUMBER: _ClassVar[int]
        gateway_errors: int
        server_errors: int
        connect_failures: int
        interval: _duration_pb2.Duration
        base_ejection: _duration_pb2.Duration
        max_percent: int
        def __init__(self, gateway_errors: _Optional[int] = ..., server_errors: _Optional[int] = ..., connect_failures: _Optional[int] = ..., interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., base_ejection: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., max_percent: _Optional[int] = ...) -> None: ...
    class Retries(_message.Message):
        __slots__ = ("attempts", "per_try_timeout", "conditions", "statuses", "idempotence", "backoff", "other_localities")
        class Condition(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            CONDITION_UNSPECIFIED: _ClassVar[TrafficPolicy.Retries.Condition]
            CONNECT_FAILURE: _ClassVar[TrafficPolicy.Retries.Condition]
            REFUSED_STREAM: _ClassVar[TrafficPolicy.Retries.Condition]
            RESET: _ClassVar[TrafficPolicy.Retries.Condition]
            GATEWAY_ERROR: _ClassVar[TrafficPolicy.Retries.Condition]
            SERVER_ERROR: _ClassVar[TrafficPolicy.Retries.Condition]
            UNAVAILABLE: _ClassVar[TrafficPolicy.Retries.Condition]
            CANCELLED: _ClassVar[TrafficPolicy.Retries.Condition]
            DEADLINE_EXCEEDED: _ClassVar[TrafficPolicy.Retries.Condition]
            RESOURCE_EXHAUSTED: _ClassVar[TrafficPolicy.Retries.Condition]
            STATUSES: _ClassVar[TrafficPolicy.Retries.Condition]
        CONDITION_UNSPECIFIED: TrafficPolicy.Retries.Condition
        CONNECT_FAILURE: TrafficPolicy.Retries.Condition
        REFUSED_STREAM: TrafficPolicy.Retries.Condition
        RESET: TrafficPolicy.Retries.Condition
        GATEWAY_ERROR: TrafficPolicy.Retries.Condition
        SERVER_ERROR: TrafficPolicy.Retries.Condition
        UNAVAILABLE: TrafficPolicy.Retries.Condition
        CANCELLED: TrafficPolicy.Retries.Condition
        DEADLINE_EXCEEDED: TrafficPolicy.Retries.Condition
        RESOURCE_EXHAUSTED: TrafficPolicy.Retries.Condition
        STATUSES: TrafficPolicy.Retries.Condition
        class Idempotence(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            IDEMPOTENCE_UNSPECIFIED: _ClassVar[TrafficPolicy.Retries.Idempotence]
            IDEMPOTENT: _ClassVar[TrafficPolicy.Retries.Idempotence]
            NOT_IDEMPOTENT: _ClassVar[TrafficPolicy.Retries.Idempotence]
        IDEMPOTENCE_UNSPECIFIED: TrafficPolicy.Retries.Idempotence
        IDEMPOTENT: TrafficPolicy.Retries.Idempotence
        NOT_IDEMPOTENT: TrafficPolicy.Retries.Idempotence
        ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
        PER_TRY_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
        CONDITIONS_FIELD_NUMBER: _ClassVar[int]
        STATUSES_FIELD_NUMBER: _ClassVar[int]
        IDEMPOTENCE_FIELD_NUMBER: _ClassVar[int]
        BACKOFF_FIELD_NUMBER: _ClassVar[int]
        OTHER_LOCALITIES_FIELD_NUMBER: _ClassVar[int]
        attempts: int
        per_try_timeout: _duration_pb2.Duration
        conditions: _containers.RepeatedScalarFieldContainer[TrafficPolicy.Retries.Condition]
        statuses: _containers.RepeatedScalarFieldContainer[int]
        idempotence: TrafficPolicy.Retries.Idempotence
        backoff: _duration_pb2.Duration
        other_localities: _common_pb2.Toggle.Value
        def __init__(self, attempts: _Optional[int] = ..., per_try_timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., conditions: _Optional[_Iterable[_Union[TrafficPolicy.Retries.Condition, str]]] = ..., statuses: _Optional[_Iterable[int]] = ..., idempotence: _Optional[_Union[TrafficPolicy.Retries.Idempotence, str]] = ..., backoff: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., other_localities: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ...) -> None: ...
    class Fault(_message.Message):
        __slots__ = ("delay", "abort")
        class Delay(_message.Message):
            __slots__ = ("duration", "percent")
            DURATION_FIELD_NUMBER: _ClassVar[int]
            PERCENT_FIELD_NUMBER: _ClassVar[int]
            duration: _duration_pb2.Duration
            percent: float
            def __init__(self, duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., percent: _Optional[float] = ...) -> None: ...
        class Abort(_message.Message):
            __slots__ = ("http_status", "grpc_status", "percent")
            HTTP_STATUS_FIELD_NUMBER: _ClassVar[int]
            GRPC_STATUS_FIELD_NUMBER: _ClassVar[int]
            PERCENT_FIELD_NUMBER: _ClassVar[int]
            http_status: int
            grpc_status: int
            percent: float
            def __init__(self, http_status: _Optional[int] = ..., grpc_status: _Optional[int] = ..., percent: _Optional[float] = ...) -> None: ...
        DELAY_FIELD_NUMBER: _ClassVar[int]
        ABORT_FIELD_NUMBER: _ClassVar[int]
        delay: TrafficPolicy.Fault.Delay
        abort: TrafficPolicy.Fault.Abort
        def __init__(self, delay: _Optional[_Union[TrafficPolicy.Fault.Delay, _Mapping]] = ..., abort: _Optional[_Union[TrafficPolicy.Fault.Abort, _Mapping]] = ...) -> None: ...
    class Mirror(_message.Message):
        __slots__ = ("subset", "cluster", "workload", "percent")
        SUBSET_FIELD_NUMBER: _ClassVar[int]
        CLUSTER_FIELD_NUMBER: _ClassVar[int]
        WORKLOAD_FIELD_NUMBER: _ClassVar[int]
        PERCENT_FIELD_NUMBER: _ClassVar[int]
        subset: str
        cluster: str
        workload: str
        percent: float
        def __init__(self, subset: _Optional[str] = ..., cluster: _Optional[str] = ..., workload: _Optional[str] = ..., percent: _Optional[float] = ...) -> None: ...
    class Shift(_message.Message):
        __slots__ = ("subsets", "clusters")
        class Subsets(_message.Message):
            __slots__ = ("weights",)
            class Weight(_message.Message):
                __slots__ = ("subset", "weight")
                SUBSET_FIELD_NUMBER: _ClassVar[int]
                WEIGHT_FIELD_NUMBER: _ClassVar[int]
                subset: str
                weight: int
                def __init__(self, subset: _Optional[str] = ..., weight: _Optional[int] = ...) -> None: ...
            WEIGHTS_FIELD_NUMBER: _ClassVar[int]
            weights: _containers.RepeatedCompositeFieldContainer[TrafficPolicy.Shift.Subsets.Weight]
            def __init__(self, weights: _Optional[_Iterable[_Union[TrafficPolicy.Shift.Subsets.Weight, _Mapping]]] = ...) -> None: ...
        class Clusters(_message.Message):
            __slots__ = ("weights",)
            class Weight(_message.Message):
                __slots__ = ("cluster", "weight")
                CLUSTER_FIELD_NUMBER: _ClassVar[int]
                WEIGHT_FIELD_NUMBER: _ClassVar[int]
                cluster: str
                weight: int
                def __init__(self, cluster: _Optional[str] = ..., weight: _Optional[int] = ...) -> None: ...
            WEIGHTS_FIELD_NUMBER: _ClassVar[int]
            weights: _containers.RepeatedCompositeFieldContainer[TrafficPolicy.Shift.Clusters.Weight]
            def __init__(self, weights: _Optional[_Iterable[_Union[TrafficPolicy.Shift.Clusters.Weight, _Mapping]]] = ...) -> None: ...
        SUBSETS_FIELD_NUMBER: _ClassVar[int]
        CLUSTERS_FIELD_NUMBER: _ClassVar[int]
        subsets: TrafficPolicy.Shift.Subsets
        clusters: TrafficPolicy.Shift.Clusters
        def __init__(self, subsets: _Optional[_Union[TrafficPolicy.Shift.Subsets, _Mapping]] = ..., clusters: _Optional[_Union[TrafficPolicy.Shift.Clusters, _Mapping]] = ...) -> None: ...
    LOAD_BALANCING_FIELD_NUMBER: _ClassVar[int]
    LOCALITY_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_LIMITS_FIELD_NUMBER: _ClassVar[int]
    OUTLIER_DETECTION_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    RETRIES_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    MIRRORS_FIELD_NUMBER: _ClassVar[int]
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    ROUTES_FIELD_NUMBER: _ClassVar[int]
    load_balancing: TrafficPolicy.LoadBalancing
    locality: TrafficPolicy.Locality
    connection_limits: TrafficPolicy.ConnectionLimits
    outlier_detection: TrafficPolicy.OutlierDetection
    timeout: _duration_pb2.Duration
    retries: TrafficPolicy.Retries
    fault: TrafficPolicy.Fault
    mirrors: _containers.RepeatedCompositeFieldContainer[TrafficPolicy.Mirror]
    shift: TrafficPolicy.Shift
    routes: _containers.RepeatedCompositeFieldContainer[Route]
    def __init__(self, load_balancing: _Optional[_Union[TrafficPolicy.LoadBalancing, _Mapping]] = ..., locality: _Optional[_Union[TrafficPolicy.Locality, _Mapping]] = ..., connection_limits: _Optional[_Union[TrafficPolicy.ConnectionLimits, _Mapping]] = ..., outlier_detection: _Optional[_Union[TrafficPolicy.OutlierDetection, _Mapping]] = ..., timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., retries: _Optional[_Union[TrafficPolicy.Retries, _Mapping]] = ..., fault: _Optional[_Union[TrafficPolicy.Fault, _Mapping]] = ..., mirrors: _Optional[_Iterable[_Union[TrafficPolicy.Mirror, _Mapping]]] = ..., shift: _Optional[_Union[TrafficPolicy.Shift, _Mapping]] = ..., routes: _Optional[_Iterable[_Union[Route, _Mapping]]] = ...) -> None: ...

class Route(_message.Message):
    __slots__ = ("id", "matches", "forward", "shift", "redirect", "respond", "rewrite", "timeout", "retries", "fault", "mirrors", "request_headers", "response_headers")
    class Forward(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Redirect(_message.Message):
        __slots__ = ("scheme", "host", "path", "code")
        SCHEME_FIELD_NUMBER: _ClassVar[int]
        HOST_FIELD_NUMBER: _ClassVar[int]
        PATH_FIELD_NUMBER: _ClassVar[int]
        CODE_FIELD_NUMBER: _ClassVar[int]
        scheme: str
        host: str
        path: str
        code: int
        def __init__(self, scheme: _Optional[str] = ..., host: _Optional[str] = ..., path: _Optional[str] = ..., code: _Optional[int] = ...) -> None: ...
    class Respond(_message.Message):
        __slots__ = ("status", "body")
        STATUS_FIELD_NUMBER: _ClassVar[int]
        BODY_FIELD_NUMBER: _ClassVar[int]
        status: int
        body: str
        def __init__(self, status: _Optional[int] = ..., body: _Optional[str] = ...) -> None: ...
    class Rewrite(_message.Message):
        __slots__ = ("prefix", "path", "host")
        PREFIX_FIELD_NUMBER: _ClassVar[int]
        PATH_FIELD_NUMBER: _ClassVar[int]
        HOST_FIELD_NUMBER: _ClassVar[int]
        prefix: str
        path: str
        host: str
        def __init__(self, prefix: _Optional[str] = ..., path: _Optional[str] = ..., host: _Optional[str] = ...) -> None: ...
    class HeaderEdit(_message.Message):
        __slots__ = ("set", "add", "remove")
        class SetEntry(_message.Message):
            __slots__ = ("key", "value")
            KEY_FIELD_NUMBER: _ClassVar[int]
            VALUE_FIELD_NUMBER: _ClassVar[int]
            key: str
            value: str
            def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
        class AddEntry(_message.Message):
            __slots__ = ("key", "value")
            KEY_FIELD_NUMBER: _ClassVar[int]
            VALUE_FIELD_NUMBER: _ClassVar[int]
            key: str
            value: str
            def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
        SET_FIELD_NUMBER: _ClassVar[int]
        ADD_FIELD_NUMBER: _ClassVar[int]
        REMOVE_FIELD_NUMBER: _ClassVar[int]
        set: _containers.ScalarMap[str, str]
        add: _containers.ScalarMap[str, str]
        remove: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, set: _Optional[_Mapping[str, str]] = ..., add: _Optional[_Mapping[str, str]] = ..., remove: _Optional[_Iterable[str]] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    FORWARD_FIELD_NUMBER: _ClassVar[int]
    SHIFT_FIELD_NUMBER: _ClassVar[int]
    REDIRECT_FIELD_NUMBER: _ClassVar[int]
    RESPOND_FIELD_NUMBER: _ClassVar[int]
    REWRITE_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    RETRIES_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    MIRRORS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_HEADERS_FIELD_NUMBER: _ClassVar[int]
    RESPONSE_HEADERS_FIELD_NUMBER: _ClassVar[int]
    id: str
    matches: _containers.RepeatedCompositeFieldContainer[RequestMatch]
    forward: Route.Forward
    shift: TrafficPolicy.Shift
    redirect: Route.Redirect
    respond: Route.Respond
    rewrite: Route.Rewrite
    timeout: _duration_pb2.Duration
    retries: TrafficPolicy.Retries
    fault: TrafficPolicy.Fault
    mirrors: _containers.RepeatedCompositeFieldContainer[TrafficPolicy.Mirror]
    request_headers: Route.HeaderEdit
    response_headers: Route.HeaderEdit
    def __init__(self, id: _Optional[str] = ..., matches: _Optional[_Iterable[_Union[RequestMatch, _Mapping]]] = ..., forward: _Optional[_Union[Route.Forward, _Mapping]] = ..., shift: _Optional[_Union[TrafficPolicy.Shift, _Mapping]] = ..., redirect: _Optional[_Union[Route.Redirect, _Mapping]] = ..., respond: _Optional[_Union[Route.Respond, _Mapping]] = ..., rewrite: _Optional[_Union[Route.Rewrite, _Mapping]] = ..., timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., retries: _Optional[_Union[TrafficPolicy.Retries, _Mapping]] = ..., fault: _Optional[_Union[TrafficPolicy.Fault, _Mapping]] = ..., mirrors: _Optional[_Iterable[_Union[TrafficPolicy.Mirror, _Mapping]]] = ..., request_headers: _Optional[_Union[Route.HeaderEdit, _Mapping]] = ..., response_headers: _Optional[_Union[Route.HeaderEdit, _Mapping]] = ...) -> None: ...

class RequestMatch(_message.Message):
    __slots__ = ("path", "methods", "headers", "query_parameters")
    PATH_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    QUERY_PARAMETERS_FIELD_NUMBER: _ClassVar[int]
    path: _access_pb2.PathMatch
    methods: _containers.RepeatedScalarFieldContainer[str]
    headers: _containers.RepeatedCompositeFieldContainer[_access_pb2.HeaderMatch]
    query_parameters: _containers.RepeatedCompositeFieldContainer[_access_pb2.HeaderMatch]
    def __init__(self, path: _Optional[_Union[_access_pb2.PathMatch, _Mapping]] = ..., methods: _Optional[_Iterable[str]] = ..., headers: _Optional[_Iterable[_Union[_access_pb2.HeaderMatch, _Mapping]]] = ..., query_parameters: _Optional[_Iterable[_Union[_access_pb2.HeaderMatch, _Mapping]]] = ...) -> None: ...

class ClusterOverride(_message.Message):
    __slots__ = ("clusters", "traffic_policy", "mutual_tls")
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    TRAFFIC_POLICY_FIELD_NUMBER: _ClassVar[int]
    MUTUAL_TLS_FIELD_NUMBER: _ClassVar[int]
    clusters: _containers.RepeatedScalarFieldContainer[str]
    traffic_policy: TrafficPolicy
    mutual_tls: _tls_pb2.MutualTls
    def __init__(self, clusters: _Optional[_Iterable[str]] = ..., traffic_policy: _Optional[_Union[TrafficPolicy, _Mapping]] = ..., mutual_tls: _Optional[_Union[_tls_pb2.MutualTls, _Mapping]] = ...) -> None: ...

class SdwanHints(_message.Message):
    __slots__ = ("overlay", "uplinks", "hub", "sticky_timeout", "pods_only")
    class Overlay(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Uplinks(_message.Message):
        __slots__ = ("mode", "order")
        class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            MODE_UNSPECIFIED: _ClassVar[SdwanHints.Uplinks.Mode]
            FAILOVER: _ClassVar[SdwanHints.Uplinks.Mode]
            BALANCE: _ClassVar[SdwanHints.Uplinks.Mode]
        MODE_UNSPECIFIED: SdwanHints.Uplinks.Mode
        FAILOVER: SdwanHints.Uplinks.Mode
        BALANCE: SdwanHints.Uplinks.Mode
        class Order(_message.Message):
            __slots__ = ("network", "weight")
            NETWORK_FIELD_NUMBER: _ClassVar[int]
            WEIGHT_FIELD_NUMBER: _ClassVar[int]
            network: str
            weight: int
            def __init__(self, network: _Optional[str] = ..., weight: _Optional[int] = ...) -> None: ...
        MODE_FIELD_NUMBER: _ClassVar[int]
        ORDER_FIELD_NUMBER: _ClassVar[int]
        mode: SdwanHints.Uplinks.Mode
        order: _containers.RepeatedCompositeFieldContainer[SdwanHints.Uplinks.Order]
        def __init__(self, mode: _Optional[_Union[SdwanHints.Uplinks.Mode, str]] = ..., order: _Optional[_Iterable[_Union[SdwanHints.Uplinks.Order, _Mapping]]] = ...) -> None: ...
    class Hub(_message.Message):
        __slots__ = ("name",)
        NAME_FIELD_NUMBER: _ClassVar[int]
        name: str
        def __init__(self, name: _Optional[str] = ...) -> None: ...
    OVERLAY_FIELD_NUMBER: _ClassVar[int]
    UPLINKS_FIELD_NUMBER: _ClassVar[int]
    HUB_FIELD_NUMBER: _ClassVar[int]
    STICKY_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    PODS_ONLY_FIELD_NUMBER: _ClassVar[int]
    overlay: SdwanHints.Overlay
    uplinks: SdwanHints.Uplinks
    hub: SdwanHints.Hub
    sticky_timeout: _duration_pb2.Duration
    pods_only: _common_pb2.Toggle.Value
    def __init__(self, overlay: _Optional[_Union[SdwanHints.Overlay, _Mapping]] = ..., uplinks: _Optional[_Union[SdwanHints.Uplinks, _Mapping]] = ..., hub: _Optional[_Union[SdwanHints.Hub, _Mapping]] = ..., sticky_timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., pods_only: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ...) -> None: ...
