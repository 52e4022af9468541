import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import tls_pb2 as _tls_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ServiceDestination(_message.Message):
    __slots__ = ("workload", "addressing", "service_accounts")
    WORKLOAD_FIELD_NUMBER: _ClassVar[int]
    ADDRESSING_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    workload: str
    addressing: _common_pb2.Addressing.Mode
    service_accounts: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, workload: _Optional[str] = ..., addressing: _Optional[_Union[_common_pb2.Addressing.Mode, str]] = ..., service_accounts: _Optional[_Iterable[str]] = ...) -> None: ...

class Caller(_message.Message):
    __slots__ = ("workload", "service_account", "namespace", "any_client", "external", "access", "egress")
    WORKLOAD_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    ANY_CLIENT_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_FIELD_NUMBER: _ClassVar[int]
    ACCESS_FIELD_NUMBER: _ClassVar[int]
    EGRESS_FIELD_NUMBER: _ClassVar[int]
    workload: WorkloadRef
    service_account: ServiceAccountCaller
    namespace: NamespaceCaller
    any_client: AnyClient
    external: ExternalCaller
    access: _containers.RepeatedCompositeFieldContainer[AccessRule]
    egress: EgressPath
    def __init__(self, workload: _Optional[_Union[WorkloadRef, _Mapping]] = ..., service_account: _Optional[_Union[ServiceAccountCaller, _Mapping]] = ..., namespace: _Optional[_Union[NamespaceCaller, _Mapping]] = ..., any_client: _Optional[_Union[AnyClient, _Mapping]] = ..., external: _Optional[_Union[ExternalCaller, _Mapping]] = ..., access: _Optional[_Iterable[_Union[AccessRule, _Mapping]]] = ..., egress: _Optional[_Union[EgressPath, _Mapping]] = ...) -> None: ...

class WorkloadRef(_message.Message):
    __slots__ = ("workload", "resource_bundle", "version", "service_accounts", "addressing")
    WORKLOAD_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_BUNDLE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    ADDRESSING_FIELD_NUMBER: _ClassVar[int]
    workload: str
    resource_bundle: str
    version: str
    service_accounts: _containers.RepeatedScalarFieldContainer[str]
    addressing: _common_pb2.Addressing.Mode
    def __init__(self, workload: _Optional[str] = ..., resource_bundle: _Optional[str] = ..., version: _Optional[str] = ..., service_accounts: _Optional[_Iterable[str]] = ..., addressing: _Optional[_Union[_common_pb2.Addressing.Mode, str]] = ...) -> None: ...

class ServiceAccountCaller(_message.Message):
    __slots__ = ("namespace", "service_account", "clusters", "trust_domain")
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    TRUST_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    namespace: str
    service_account: str
    clusters: _common_pb2.ClusterSelector
    trust_domain: str
    def __init__(self, namespace: _Optional[str] = ..., service_account: _Optional[str] = ..., clusters: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ..., trust_domain: _Optional[str] = ...) -> None: ...

class NamespaceCaller(_message.Message):
    __slots__ = ("namespace", "clusters")
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    namespace: str
    clusters: _common_pb2.ClusterSelector
    def __init__(self, namespace: _Optional[str] = ..., clusters: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ...) -> None: ...

class AnyClient(_message.Message):
    __slots__ = ("identity", "clusters")
    class Identity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        IDENTITY_UNSPECIFIED: _ClassVar[AnyClient.Identity]
        MESH_IDENTITY: _ClassVar[AnyClient.Identity]
        ANYONE: _ClassVar[AnyClient.Identity]
    IDENTITY_UNSPECIFIED: AnyClient.Identity
    MESH_IDENTITY: AnyClient.Identity
    ANYONE: AnyClient.Identity
    IDENTITY_FIELD_NUMBER: _ClassVar[int]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    identity: AnyClient.Identity
    clusters: _common_pb2.ClusterSelector
    def __init__(self, identity: _Optional[_Union[AnyClient.Identity, str]] = ..., clusters: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ...) -> None: ...

class ExternalCaller(_message.Message):
    __slots__ = ("source_ranges", "certificate_names", "jwt_provider")
    SOURCE_RANGES_FIELD_NUMBER: _ClassVar[int]
    CERTIFICATE_NAMES_FIELD_NUMBER: _ClassVar[int]
    JWT_PROVIDER_FIELD_NUMBER: _ClassVar[int]
    source_ranges: _containers.RepeatedScalarFieldContainer[str]
    certificate_names: _containers.RepeatedScalarFieldContainer[str]
    jwt_provider: str
    def __init__(self, source_ranges: _Optional[_Iterable[str]] = ..., certificate_names: _Optional[_Iterable[str]] = ..., jwt_provider: _Optional[str] = ...) -> None: ...

class AccessRule(_message.Message):
    __slots__ = ("action", "all_requests", "http", "grpc", "headers", "claims")
    class Action(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ACTION_UNSPECIFIED: _ClassVar[AccessRule.Action]
        ALLOW: _ClassVar[AccessRule.Action]
        DENY: _ClassVar[AccessRule.Action]
    ACTION_UNSPECIFIED: AccessRule.Action
    ALLOW: AccessRule.Action
    DENY: AccessRule.Action
    class AllRequests(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    ACTION_FIELD_NUMBER: _ClassVar[int]
    ALL_REQUESTS_FIELD_NUMBER: _ClassVar[int]
    HTTP_FIELD_NUMBER: _ClassVar[int]
    GRPC_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    CLAIMS_FIELD_NUMBER: _ClassVar[int]
    action: AccessRule.Action
    all_requests: AccessRule.AllRequests
    http: HttpOperation
    grpc: GrpcOperation
    headers: _containers.RepeatedCompositeFieldContainer[HeaderMatch]
    claims: _containers.RepeatedCompositeFieldContainer[ClaimMatch]
    def __init__(self, action: _Optional[_Union[AccessRule.Action, str]] = ..., all_requests: _Optional[_Union[AccessRule.AllRequests, _Mapping]] = ..., http: _Optional[_Union[HttpOperation, _Mapping]] = ..., grpc: _Optional[_Union[GrpcOperation, _Mapping]] = ..., headers: _Optional[_Iterable[_Union[HeaderMatch, _Mapping]]] = ..., claims: _Optional[_Iterable[_Union[ClaimMatch, _Mapping]]] = ...) -> None: ...

class HttpOperation(_message.Message):
    __slots__ = ("methods", "paths")
    METHODS_FIELD_NUMBER: _ClassVar[int]
    PATHS_FIELD_NUMBER: _ClassVar[int]
    methods: _containers.RepeatedScalarFieldContainer[str]
    paths: _containers.RepeatedCompositeFieldContainer[PathMatch]
    def __init__(self, methods: _Optional[_Iterable[str]] = ..., paths: _Optional[_Iterable[_Union[PathMatch, _Mapping]]] = ...) -> None: ...

class PathMatch(_message.Message):
    __slots__ = ("exact", "prefix", "suffix", "template")
    EXACT_FIELD_NUMBER: _ClassVar[int]
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    SUFFIX_FIELD_NUMBER: _ClassVar[int]
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    exact: str
    prefix: str
    suffix: str
    template: str
    def __init__(self, exact: _Optional[str] = ..., prefix: _Optional[str] = ..., suffix: _Optional[str] = ..., template: _Optional[str] = ...) -> None: ...

class GrpcOperation(_message.Message):
    __slots__ = ("methods",)
    METHODS_FIELD_NUMBER: _ClassVar[int]
    methods: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, methods: _Optional[_Iterable[str]] = ...) -> None: ...

class HeaderMatch(_message.Message):
    __slots__ = ("name", "exact", "prefix", "suffix", "regex", "present", "absent")
    class Present(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Absent(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXACT_FIELD_NUMBER: _ClassVar[int]
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    SUFFIX_FIELD_NUMBER: _ClassVar[int]
    REGEX_FIELD_NUMBER: _ClassVar[int]
    PRESENT_FIELD_NUMBER: _ClassVar[int]
    ABSENT_FIELD_NUMBER: _ClassVar[int]
    name: str
    exact: str
    prefix: str
    suffix: str
    regex: str
    present: HeaderMatch.Present
    absent: HeaderMatch.Absent
    def __init__(self, name: _Optional[str] = ..., exact: _Optional[str] = ..., prefix: _Optional[str] = ..., suffix: _Optional[str] = ..., regex: _Optional[str] = ..., present: _Optional[_Union[HeaderMatch.Present, _Mapping]] = ..., absent: _Optional[_Union[HeaderMatch.Absent, _Mapping]] = ...) -> None: ...

class ClaimMatch(_message.Message):
    __slots__ = ("jwt_provider", "path", "values")
    JWT_PROVIDER_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    VALUES_FIELD_NUMBER: _ClassVar[int]
    jwt_provider: str
    path: _containers.RepeatedScalarFieldContainer[str]
    values: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, jwt_provider: _Optional[str] = ..., path: _Optional[_Iterable[str]] = ..., values: _Optional[_Iterable[str]] = ...) -> None: ...

class JwtProvider(_message.Message):
    __slots__ = ("id", "issuer", "audiences", "jwks_uri", "jwks", "locations", "forwarding", "clock_skew")
    class Location(_message.Message):
        __slots__ = ("header", "query_parameter", "cookie")
        class Header(_message.Message):
            __slots__ = ("name", "prefix")
            NAME_FIELD_NUMBER: _ClassVar[int]
            PREFIX_FIELD_NUMBER: _ClassVar[int]
            name: str
            prefix: str
            def __init__(self, name: _Optional[str] = ..., prefix: _Optional[str] = ...) -> None: ...
        HEADER_FIELD_NUMBER: _ClassVar[int]
        QUERY_PARAMETER_FIELD_NUMBER: _ClassVar[int]
        COOKIE_FIELD_NUMBER: _ClassVar[int]
        header: JwtProvider.Location.Header
        query_parameter: str
        cookie: str
        def __init__(self, header: _Optional[_Union[JwtProvider.Location.Header, _Mapping]] = ..., query_parameter: _Optional[str] = ..., cookie: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    ISSUER_FIELD_NUMBER: _ClassVar[int]
    AUDIENCES_FIELD_NUMBER: _ClassVar[int]
    JWKS_URI_FIELD_NUMBER: _ClassVar[int]
    JWKS_FIELD_NUMBER: _ClassVar[int]
    LOCATIONS_FIELD_NUMBER: _ClassVar[int]
    FORWARDING_FIELD_NUMBER: _ClassVar[int]
    CLOCK_SKEW_FIELD_NUMBER: _ClassVar[int]
    id: str
    issuer: str
    audiences: _containers.RepeatedScalarFieldContainer[str]
    jwks_uri: str
    jwks: str
    locations: _containers.RepeatedCompositeFieldContainer[JwtProvider.Location]
    forwarding: _common_pb2.Toggle.Value
    clock_skew: _duration_pb2.Duration
    def __init__(self, id: _Optional[str] = ..., issuer: _Optional[str] = ..., audiences: _Optional[_Iterable[str]] = ..., jwks_uri: _Optional[str] = ..., jwks: _Optional[str] = ..., locations: _Optional[_Iterable[_Union[JwtProvider.Location, _Mapping]]] = ..., forwarding: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ..., clock_skew: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class EgressPath(_message.Message):
    __slots__ = ("sidecar", "shared_gateway", "dedicated_gateway", "external_proxy")
    class Sidecar(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class SharedGateway(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class DedicatedGateway(_message.Message):
        __slots__ = ("min_replicas", "max_replicas")
        MIN_REPLICAS_FIELD_NUMBER: _ClassVar[int]
        MAX_REPLICAS_FIELD_NUMBER: _ClassVar[int]
        min_replicas: int
        max_replicas: int
        def __init__(self, min_replicas: _Optional[int] = ..., max_replicas: _Optional[int] = ...) -> None: ...
    class ExternalProxy(_message.Message):
        __slots__ = ("host", "port", "protocol", "tls")
        class Proxy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            PROXY_UNSPECIFIED: _ClassVar[EgressPath.ExternalProxy.Proxy]
            CONNECT: _ClassVar[EgressPath.ExternalProxy.Proxy]
        PROXY_UNSPECIFIED: EgressPath.ExternalProxy.Proxy
        CONNECT: EgressPath.ExternalProxy.Proxy
        HOST_FIELD_NUMBER: _ClassVar[int]
        PORT_FIELD_NUMBER: _ClassVar[int]
        PROTOCOL_FIELD_NUMBER: _ClassVar[int]
        TLS_FIELD_NUMBER: _ClassVar[int]
        host: str
        port: int
        protocol: EgressPath.ExternalProxy.Proxy
        tls: _tls_pb2.TlsOrigination
        def __init__(self, host: _Optional[str] = ..., port: _Optional[int] = ..., protocol: _Optional[_Union[EgressPath.ExternalProxy.Proxy, str]] = ..., tls: _Optional[_Union[_tls_pb2.TlsOrigination, _Mapping]] = ...) -> None: ...
    SIDECAR_FIELD_NUMBER: _ClassVar[int]
    SHARED_GATEWAY_FIELD_NUMBER: _ClassVar[int]
    DEDICATED_GATEWAY_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_PROXY_FIELD_NUMBER: _ClassVar[int]
    sidecar: EgressPath.Sidecar
    shared_gateway: EgressPath.SharedGateway
    dedicated_gateway: EgressPath.DedicatedGateway
    external_proxy: EgressPath.ExternalProxy
    def __init__(self, sidecar: _Optional[_Union[EgressPath.Sidecar, _Mapping]] = ..., shared_gateway: _Optional[_Union[EgressPath.SharedGateway, _Mapping]] = ..., dedicated_gateway: _Optional[_Union[EgressPath.DedicatedGateway, _Mapping]] = ..., external_proxy: _Optional[_Union[EgressPath.ExternalProxy, _Mapping]] = ...) -> None: ...
