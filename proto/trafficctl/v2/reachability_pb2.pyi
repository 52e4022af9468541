from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from trafficctl.v2 import access_pb2 as _access_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ExplainReachabilityRequest(_message.Message):
    __slots__ = ("caller", "destination", "port", "method", "path", "headers", "claims", "basis")
    class HeadersEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class Caller(_message.Message):
        __slots__ = ("workload", "identity", "outside")
        class Workload(_message.Message):
            __slots__ = ("name", "cluster")
            NAME_FIELD_NUMBER: _ClassVar[int]
            CLUSTER_FIELD_NUMBER: _ClassVar[int]
            name: str
            cluster: str
            def __init__(self, name: _Optional[str] = ..., cluster: _Optional[str] = ...) -> None: ...
        class Identity(_message.Message):
            __slots__ = ("cluster", "namespace", "service_account")
            CLUSTER_FIELD_NUMBER: _ClassVar[int]
            NAMESPACE_FIELD_NUMBER: _ClassVar[int]
            SERVICE_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
            cluster: str
            namespace: str
            service_account: str
            def __init__(self, cluster: _Optional[str] = ..., namespace: _Optional[str] = ..., service_account: _Optional[str] = ...) -> None: ...
        class Outside(_message.Message):
            __slots__ = ("address", "certificate_name")
            ADDRESS_FIELD_NUMBER: _ClassVar[int]
            CERTIFICATE_NAME_FIELD_NUMBER: _ClassVar[int]
            address: str
            certificate_name: str
            def __init__(self, address: _Optional[str] = ..., certificate_name: _Optional[str] = ...) -> None: ...
        WORKLOAD_FIELD_NUMBER: _ClassVar[int]
        IDENTITY_FIELD_NUMBER: _ClassVar[int]
        OUTSIDE_FIELD_NUMBER: _ClassVar[int]
        workload: ExplainReachabilityRequest.Caller.Workload
        identity: ExplainReachabilityRequest.Caller.Identity
        outside: ExplainReachabilityRequest.Caller.Outside
        def __init__(self, workload: _Optional[_Union[ExplainReachabilityRequest.Caller.Workload, _Mapping]] = ..., identity: _Optional[_Union[ExplainReachabilityRequest.Caller.Identity, _Mapping]] = ..., outside: _Optional[_Union[ExplainReachabilityRequest.Caller.Outside, _Mapping]] = ...) -> None: ...
    class Destination(_message.Message):
        __slots__ = ("workload", "host")
        WORKLOAD_FIELD_NUMBER: _ClassVar[int]
        HOST_FIELD_NUMBER: _ClassVar[int]
        workload: str
        host: str
        def __init__(self, workload: _Optional[str] = ..., host: _Optional[str] = ...) -> None: ...
    class Claim(_message.Message):
        __slots__ = ("jwt_provider", "path", "values")
        JWT_PROVIDER_FIELD_NUMBER: _ClassVar[int]
        PATH_FIELD_NUMBER: _ClassVar[int]
        VALUES_FIELD_NUMBER: _ClassVar[int]
        jwt_provider: str
        path: _containers.RepeatedScalarFieldContainer[str]
        values: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, jwt_provider: _Optional[str] = ..., path: _Optional[_Iterable[str]] = ..., values: _Optional[_Iterable[str]] = ...) -> None: ...
    CALLER_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    PORT_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    caller: ExplainReachabilityRequest.Caller
    destination: ExplainReachabilityRequest.Destination
    port: int
    method: str
    path: str
    headers: _containers.ScalarMap[str, str]
    claims: _containers.RepeatedCompositeFieldContainer[ExplainReachabilityRequest.Claim]
    basis: Basis
    def __init__(self, caller: _Optional[_Union[ExplainReachabilityRequest.Caller, _Mapping]] = ..., destination: _Optional[_Union[ExplainReachabilityRequest.Destination, _Mapping]] = ..., port: _Optional[int] = ..., method: _Optional[str] = ..., path: _Optional[str] = ..., headers: _Optional[_Mapping[str, str]] = ..., claims: _Optional[_Iterable[_Union[ExplainReachabilityRequest.Claim, _Mapping]]] = ..., basis: _Optional[_Union[Basis, _Mapping]] = ...) -> None: ...

class ExplainReachabilityResponse(_message.Message):
    __slots__ = ("explanations",)
    EXPLANATIONS_FIELD_NUMBER: _ClassVar[int]
    explanations: _containers.RepeatedCompositeFieldContainer[Explanation]
    def __init__(self, explanations: _Optional[_Iterable[_Union[Explanation, _Mapping]]] = ...) -> None: ...

class FetchReachabilityGraphRequest(_message.Message):
    __slots__ = ("parent", "clusters", "basis", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    clusters: _common_pb2.ClusterSelector
    basis: Basis
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., clusters: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ..., basis: _Optional[_Union[Basis, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class FetchReachabilityGraphResponse(_message.Message):
    __slots__ = ("nodes", "edges", "next_page_token", "revision")
    NODES_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    nodes: _containers.RepeatedCompositeFieldContainer[ReachabilityNode]
    edges: _containers.RepeatedCompositeFieldContainer[ReachabilityEdge]
    next_page_token: str
    revision: int
    def __init__(self, nodes: _Optional[_Iterable[_Union[ReachabilityNode, _Mapping]]] = ..., edges: _Optional[_Iterable[_Union[ReachabilityEdge, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., revision: _Optional[int] = ...) -> None: ...

class ReachabilityNode(_message.Message):
    __slots__ = ("id", "text", "workload", "service_account", "namespace", "any_client", "external", "host", "clusters")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    WORKLOAD_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    ANY_CLIENT_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_FIELD_NUMBER: _ClassVar[int]
    HOST_FIELD_NUMBER: _ClassVar[int]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    id: str
    text: str
    workload: str
    service_account: _access_pb2.ServiceAccountCaller
    namespace: _access_pb2.NamespaceCaller
    any_client: _access_pb2.AnyClient
    external: _access_pb2.ExternalCaller
    host: str
    clusters: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, id: _Optional[str] = ..., text: _Optional[str] = ..., workload: _Optional[str] = ..., service_account: _Optional[_Union[_access_pb2.ServiceAccountCaller, _Mapping]] = ..., namespace: _Optional[_Union[_access_pb2.NamespaceCaller, _Mapping]] = ..., any_client: _Optional[_Union[_access_pb2.AnyClient, _Mapping]] = ..., external: _Optional[_Union[_access_pb2.ExternalCaller, _Mapping]] = ..., host: _Optional[str] = ..., clusters: _Optional[_Iterable[str]] = ...) -> None: ...

class ReachabilityEdge(_message.Message):
    __slots__ = ("caller", "destination", "ports", "operations", "state", "intents")
    CALLER_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    PORTS_FIELD_NUMBER: _ClassVar[int]
    OPERATIONS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    INTENTS_FIELD_NUMBER: _ClassVar[int]
    caller: str
    destination: str
    ports: _containers.RepeatedScalarFieldContainer[int]
    operations: _containers.RepeatedCompositeFieldContainer[_access_pb2.AccessRule]
    state: _convergence_pb2.Convergence.State
    intents: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, caller: _Optional[str] = ..., destination: _Optional[str] = ..., ports: _Optional[_Iterable[int]] = ..., operations: _Optional[_Iterable[_Union[_access_pb2.AccessRule, _Mapping]]] = ..., state: _Optional[_Union[_convergence_pb2.Convergence.State, str]] = ..., intents: _Optional[_Iterable[str]] = ...) -> None: ...

class Explanation(_message.Message):
    __slots__ = ("verdict", "hops", "destinations", "missing", "basis", "revision", "text", "caller_cluster")
    class Verdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VERDICT_UNSPECIFIED: _ClassVar[Explanation.Verdict]
        ALLOWED: _ClassVar[Explanation.Verdict]
        DENIED: _ClassVar[Explanation.Verdict]
        UNREACHABLE: _ClassVar[Explanation.Verdict]
        UNKNOWN: _ClassVar[Explanation.Verdict]
    VERDICT_UNSPECIFIED: Explanation.Verdict
    ALLOWED: Explanation.Verdict
    DENIED: Explanation.Verdict
    UNREACHABLE: Explanation.Verdict
    UNKNOWN: Explanation.Verdict
    class Hop(_message.Message):
        __slots__ = ("kind", "cluster", "party", "address", "identity", "tls", "decision", "objects", "intents")
        class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            KIND_UNSPECIFIED: _ClassVar[Explanation.Hop.Kind]
            SIDECAR: _ClassVar[Explanation.Hop.Kind]
            EGRESS_GATEWAY: _ClassVar[Explanation.Hop.Kind]
            EAST_WEST_GATEWAY: _ClassVar[Explanation.Hop.Kind]
            INGRESS_GATEWAY: _ClassVar[Explanation.Hop.Kind]
            SDWAN: _ClassVar[Explanation.Hop.Kind]
            WORKLOAD: _ClassVar[Explanation.Hop.Kind]
            EXTERNAL: _ClassVar[Explanation.Hop.Kind]
        KIND_UNSPECIFIED: Explanation.Hop.Kind
        SIDECAR: Explanation.Hop.Kind
        EGRESS_GATEWAY: Explanation.Hop.Kind
        EAST_WEST_GATEWAY: Explanation.Hop.Kind
        INGRESS_GATEWAY: Explanation.Hop.Kind
        SDWAN: Explanation.Hop.Kind
        WORKLOAD: Explanation.Hop.Kind
        EXTERNAL: Explanation.Hop.Kind
        class Tls(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            TLS_UNSPECIFIED: _ClassVar[Explanation.Hop.Tls]
            PLAINTEXT: _ClassVar[Explanation.Hop.Tls]
            SIMPLE: _ClassVar[Explanation.Hop.Tls]
            MUTUAL: _ClassVar[Explanation.Hop.Tls]
            PASSED_THROUGH: _ClassVar[Explanation.Hop.Tls]
        TLS_UNSPECIFIED: Explanation.Hop.Tls
        PLAINTEXT: Explanation.Hop.Tls
        SIMPLE: Explanation.Hop.Tls
        MUTUAL: Explanation.Hop.Tls
        PASSED_THROUGH: Explanation.Hop.Tls
        class Decision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            DECISION_UNSPECIFIED: _ClassVar[Explanation.Hop.Decision]
            PASSES: _ClassVar[Explanation.Hop.Decision]
            REFUSES: _ClassVar[Explanation.Hop.Decision]
            NOT_DECIDED: _ClassVar[Explanation.Hop.Decision]
        DECISION_UNSPECIFIED: Explanation.Hop.Decision
        PASSES: Explanation.Hop.Decision
        REFUSES: Explanation.Hop.Decision
        NOT_DECIDED: Explanation.Hop.Decision
        KIND_FIELD_NUMBER: _ClassVar[int]
        CLUSTER_FIELD_NUMBER: _ClassVar[int]
        PARTY_FIELD_NUMBER: _ClassVar[int]
        ADDRESS_FIELD_NUMBER: _ClassVar[int]
        IDENTITY_FIELD_NUMBER: _ClassVar[int]
        TLS_FIELD_NUMBER: _ClassVar[int]
        DECISION_FIELD_NUMBER: _ClassVar[int]
        OBJECTS_FIELD_NUMBER: _ClassVar[int]
        INTENTS_FIELD_NUMBER: _ClassVar[int]
        kind: Explanation.Hop.Kind
        cluster: str
        party: str
        address: str
        identity: str
        tls: Explanation.Hop.Tls
        decision: Explanation.Hop.Decision
        objects: _containers.RepeatedScalarFieldContainer[str]
        intents: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, kind: _Optional[_Union[Explanation.Hop.Kind, str]] = ..., cluster: _Optional[str] = ..., party: _Optional[str] = ..., address: _Optional[str] = ..., identity: _Optional[str] = ..., tls: _Optional[_Union[Explanation.Hop.Tls, str]] = ..., decision: _Optional[_Union[Explanation.Hop.Decision, str]] = ..., objects: _Optional[_Iterable[str]] = ..., intents: _Optional[_Iterable[str]] = ...) -> None: ...
    class Destination(_message.Message):
        __slots__ = ("cluster", "subset", "weight")
        CLUSTER_FIELD_NUMBER: _ClassVar[int]
        SUBSET_FIELD_NUMBER: _ClassVar[int]
        WEIGHT_FIELD_NUMBER: _ClassVar[int]
        cluster: str
        subset: str
        weight: int
        def __init__(self, cluster: _Optional[str] = ..., subset: _Optional[str] = ..., weight: _Optional[int] = ...) -> None: ...
    class Fact(_message.Message):
        __slots__ = ("kind", "cluster", "text")
        KIND_FIELD_NUMBER: _ClassVar[int]
        CLUSTER_FIELD_NUMBER: _ClassVar[int]
        TEXT_FIELD_NUMBER: _ClassVar[int]
        kind: str
        cluster: str
        text: str
        def __init__(self, kind: _Optional[str] = ..., cluster: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    HOPS_FIELD_NUMBER: _ClassVar[int]
    DESTINATIONS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    BASIS_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CALLER_CLUSTER_FIELD_NUMBER: _ClassVar[int]
    verdict: Explanation.Verdict
    hops: _containers.RepeatedCompositeFieldContainer[Explanation.Hop]
    destinations: _containers.RepeatedCompositeFieldContainer[Explanation.Destination]
    missing: _containers.RepeatedCompositeFieldContainer[Explanation.Fact]
    basis: Basis
    revision: int
    text: str
    caller_cluster: str
    def __init__(self, verdict: _Optional[_Union[Explanation.Verdict, str]] = ..., hops: _Optional[_Iterable[_Union[Explanation.Hop, _Mapping]]] = ..., destinations: _Optional[_Iterable[_Union[Explanation.Destination, _Mapping]]] = ..., missing: _Optional[_Iterable[_Union[Explanation.Fact, _Mapping]]] = ..., basis: _Optional[_Union[Basis, _Mapping]] = ..., revision: _Optional[int] = ..., text: _Optional[str] = ..., caller_cluster: _Optional[str] = ...) -> None: ...

class Basis(_message.Message):
    __slots__ = ("value", "plan")
    class Value(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VALUE_UNSPECIFIED: _ClassVar[Basis.Value]
        DESIRED: _ClassVar[Basis.Value]
        DELIVERED: _ClassVar[Basis.Value]
        OBSERVED: _ClassVar[Basis.Value]
        PLAN: _ClassVar[Basis.Value]
    VALUE_UNSPECIFIED: Basis.Value
    DESIRED: Basis.Value
    DELIVERED: Basis.Value
    OBSERVED: Basis.Value
    PLAN: Basis.Value
    VALUE_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    value: Basis.Value
    plan: str
    def __init__(self, value: _Optional[_Union[Basis.Value, str]] = ..., plan: _Optional[str] = ...) -> None: ...
