import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from trafficctl.v2 import access_pb2 as _access_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from trafficctl.v2 import tls_pb2 as _tls_pb2
from trafficctl.v2 import traffic_policy_pb2 as _traffic_policy_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class InboundIntent(_message.Message):
    __slots__ = ("name", "display_name", "description", "uid", "etag", "generation", "revision", "create_time", "update_time", "delete_time", "labels", "annotations", "state", "reconciling", "observed_generation", "counts", "creator", "last_editor", "destination", "callers", "mutual_tls", "traffic_policy", "overrides", "clusters", "service_mesh", "jwt_providers", "sdwan", "listeners", "exposed_hosts", "path_prefix", "gateway", "cors")
    class LabelsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class AnnotationsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class Cors(_message.Message):
        __slots__ = ("origins", "methods", "headers", "exposed_headers", "max_age", "credentials")
        class Origin(_message.Message):
            __slots__ = ("exact", "prefix", "suffix")
            EXACT_FIELD_NUMBER: _ClassVar[int]
            PREFIX_FIELD_NUMBER: _ClassVar[int]
            SUFFIX_FIELD_NUMBER: _ClassVar[int]
            exact: str
            prefix: str
            suffix: str
            def __init__(self, exact: _Optional[str] = ..., prefix: _Optional[str] = ..., suffix: _Optional[str] = ...) -> None: ...
        ORIGINS_FIELD_NUMBER: _ClassVar[int]
        METHODS_FIELD_NUMBER: _ClassVar[int]
        HEADERS_FIELD_NUMBER: _ClassVar[int]
        EXPOSED_HEADERS_FIELD_NUMBER: _ClassVar[int]
        MAX_AGE_FIELD_NUMBER: _ClassVar[int]
        CREDENTIALS_FIELD_NUMBER: _ClassVar[int]
        origins: _containers.RepeatedCompositeFieldContainer[InboundIntent.Cors.Origin]
        methods: _containers.RepeatedScalarFieldContainer[str]
        headers: _containers.RepeatedScalarFieldContainer[str]
        exposed_headers: _containers.RepeatedScalarFieldContainer[str]
        max_age: _duration_pb2.Duration
        credentials: _common_pb2.Toggle.Value
        def __init__(self, origins: _Optional[_Iterable[_Union[InboundIntent.Cors.Origin, _Mapping]]] = ..., methods: _Optional[_Iterable[str]] = ..., headers: _Optional[_Iterable[str]] = ..., exposed_headers: _Optional[_Iterable[str]] = ..., max_age: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., credentials: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    UID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    GENERATION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DELETE_TIME_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    ANNOTATIONS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    RECONCILING_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_GENERATION_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    CREATOR_FIELD_NUMBER: _ClassVar[int]
    LAST_EDITOR_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    CALLERS_FIELD_NUMBER: _ClassVar[int]
    MUTUAL_TLS_FIELD_NUMBER: _ClassVar[int]
    TRAFFIC_POLICY_FIELD_NUMBER: _ClassVar[int]
    OVERRIDES_FIELD_NUMBER: _ClassVar[int]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_MESH_FIELD_NUMBER: _ClassVar[int]
    JWT_PROVIDERS_FIELD_NUMBER: _ClassVar[int]
    SDWAN_FIELD_NUMBER: _ClassVar[int]
    LISTENERS_FIELD_NUMBER: _ClassVar[int]
    EXPOSED_HOSTS_FIELD_NUMBER: _ClassVar[int]
    PATH_PREFIX_FIELD_NUMBER: _ClassVar[int]
    GATEWAY_FIELD_NUMBER: _ClassVar[int]
    CORS_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    description: str
    uid: str
    etag: str
    generation: int
    revision: int
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    delete_time: _timestamp_pb2.Timestamp
    labels: _containers.ScalarMap[str, str]
    annotations: _containers.ScalarMap[str, str]
    state: _convergence_pb2.Convergence.State
    reconciling: bool
    observed_generation: int
    counts: _convergence_pb2.Convergence.Counts
    creator: str
    last_editor: str
    destination: _access_pb2.ServiceDestination
    callers: _containers.RepeatedCompositeFieldContainer[_access_pb2.Caller]
    mutual_tls: _tls_pb2.MutualTls
    traffic_policy: _traffic_policy_pb2.TrafficPolicy
    overrides: _containers.RepeatedCompositeFieldContainer[_traffic_policy_pb2.ClusterOverride]
    clusters: _common_pb2.ClusterSelector
    service_mesh: str
    jwt_providers: _containers.RepeatedCompositeFieldContainer[_access_pb2.JwtProvider]
    sdwan: _traffic_policy_pb2.SdwanHints
    listeners: _containers.RepeatedCompositeFieldContainer[InboundListener]
    exposed_hosts: _containers.RepeatedCompositeFieldContainer[ExposedHost]
    path_prefix: str
    gateway: str
    cors: InboundIntent.Cors
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., uid: _Optional[str] = ..., etag: _Optional[str] = ..., generation: _Optional[int] = ..., revision: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., labels: _Optional[_Mapping[str, str]] = ..., annotations: _Optional[_Mapping[str, str]] = ..., state: _Optional[_Union[_convergence_pb2.Convergence.State, str]] = ..., reconciling: bool = ..., observed_generation: _Optional[int] = ..., counts: _Optional[_Union[_convergence_pb2.Convergence.Counts, _Mapping]] = ..., creator: _Optional[str] = ..., last_editor: _Optional[str] = ..., destination: _Optional[_Union[_access_pb2.ServiceDestination, _Mapping]] = ..., callers: _Optional[_Iterable[_Union[_access_pb2.Caller, _Mapping]]] = ..., mutual_tls: _Optional[_Union[_tls_pb2.MutualTls, _Mapping]] = ..., traffic_policy: _Optional[_Union[_traffic_policy_pb2.TrafficPolicy, _Mapping]] = ..., overrides: _Optional[_Iterable[_Union[_traffic_policy_pb2.ClusterOverride, _Mapping]]] = ..., clusters: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ..., service_mesh: _Optional[str] = ..., jwt_providers: _Optional[_Iterable[_Union[_access_pb2.JwtProvider, _Mapping]]] = ..., sdwan: _Optional[_Union[_traffic_policy_pb2.SdwanHints, _Mapping]] = ..., listeners: _Optional[_Iterable[_Union[InboundListener, _Mapping]]] = ..., exposed_hosts: _Optional[_Iterable[_Union[ExposedHost, _Mapping]]] = ..., path_prefix: _Optional[str] = ..., gateway: _Optional[str] = ..., cors: _Optional[_Union[InboundIntent.Cors, _Mapping]] = ...) -> None: ...

class CreateInboundIntentRequest(_message.Message):
    __slots__ = ("parent", "inbound_intent_id", "inbound_intent", "validate_only", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    INBOUND_INTENT_ID_FIELD_NUMBER: _ClassVar[int]
    INBOUND_INTENT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    inbound_intent_id: str
    inbound_intent: InboundIntent
    validate_only: bool
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., inbound_intent_id: _Optional[str] = ..., inbound_intent: _Optional[_Union[InboundIntent, _Mapping]] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class GetInboundIntentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListInboundIntentsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "filter", "order_by")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    filter: str
    order_by: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ..., order_by: _Optional[str] = ...) -> None: ...

class ListInboundIntentsResponse(_message.Message):
    __slots__ = ("inbound_intents", "next_page_token")
    INBOUND_INTENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    inbound_intents: _containers.RepeatedCompositeFieldContainer[InboundIntent]
    next_page_token: str
    def __init__(self, inbound_intents: _Optional[_Iterable[_Union[InboundIntent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateInboundIntentRequest(_message.Message):
    __slots__ = ("inbound_intent", "update_mask", "allow_missing", "validate_only", "request_id")
    INBOUND_INTENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    inbound_intent: InboundIntent
    update_mask: _field_mask_pb2.FieldMask
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, inbound_intent: _Optional[_Union[InboundIntent, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteInboundIntentRequest(_message.Message):
    __slots__ = ("name", "etag", "allow_missing", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class InboundListener(_message.Message):
    __slots__ = ("port", "protocol", "service_port", "plaintext", "simple", "mutual", "passthrough", "redirect_from_port", "minimum_tls_version", "cipher_suites")
    class MinimumTlsVersion(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MINIMUM_TLS_VERSION_UNSPECIFIED: _ClassVar[InboundListener.MinimumTlsVersion]
        TLS_1_2: _ClassVar[InboundListener.MinimumTlsVersion]
        TLS_1_3: _ClassVar[InboundListener.MinimumTlsVersion]
    MINIMUM_TLS_VERSION_UNSPECIFIED: InboundListener.MinimumTlsVersion
    TLS_1_2: InboundListener.MinimumTlsVersion
    TLS_1_3: InboundListener.MinimumTlsVersion
    class Plaintext(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Simple(_message.Message):
        __slots__ = ("certificate",)
        CERTIFICATE_FIELD_NUMBER: _ClassVar[int]
        certificate: _tls_pb2.CertificateSource
        def __init__(self, certificate: _Optional[_Union[_tls_pb2.CertificateSource, _Mapping]] = ...) -> None: ...
    class Mutual(_message.Message):
        __slots__ = ("certificate", "client_trust")
        CERTIFICATE_FIELD_NUMBER: _ClassVar[int]
        CLIENT_TRUST_FIELD_NUMBER: _ClassVar[int]
        certificate: _tls_pb2.CertificateSource
        client_trust: _tls_pb2.TrustSource
        def __init__(self, certificate: _Optional[_Union[_tls_pb2.CertificateSource, _Mapping]] = ..., client_trust: _Optional[_Union[_tls_pb2.TrustSource, _Mapping]] = ...) -> None: ...
    class Passthrough(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    PORT_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_FIELD_NUMBER: _ClassVar[int]
    SERVICE_PORT_FIELD_NUMBER: _ClassVar[int]
    PLAINTEXT_FIELD_NUMBER: _ClassVar[int]
    SIMPLE_FIELD_NUMBER: _ClassVar[int]
    MUTUAL_FIELD_NUMBER: _ClassVar[int]
    PASSTHROUGH_FIELD_NUMBER: _ClassVar[int]
    REDIRECT_FROM_PORT_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_TLS_VERSION_FIELD_NUMBER: _ClassVar[int]
    CIPHER_SUITES_FIELD_NUMBER: _ClassVar[int]
    port: int
    protocol: _common_pb2.Protocol.Value
    service_port: int
    plaintext: InboundListener.Plaintext
    simple: InboundListener.Simple
    mutual: InboundListener.Mutual
    passthrough: InboundListener.Passthrough
    redirect_from_port: int
    minimum_tls_version: InboundListener.MinimumTlsVersion
    cipher_suites: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, port: _Optional[int] = ..., protocol: _Optional[_Union[_common_pb2.Protocol.Value, str]] = ..., service_port: _Optional[int] = ..., plaintext: _Optional[_Union[InboundListener.Plaintext, _Mapping]] = ..., simple: _Optional[_Union[InboundListener.Simple, _Mapping]] = ..., mutual: _Optional[_Union[InboundListener.Mutual, _Mapping]] = ..., passthrough: _Optional[_Union[InboundListener.Passthrough, _Mapping]] = ..., redirect_from_port: _Optional[int] = ..., minimum_tls_version: _Optional[_Union[InboundListener.MinimumTlsVersion, str]] = ..., cipher_suites: _Optional[_Iterable[str]] = ...) -> None: ...

class ExposedHost(_message.Message):
    __slots__ = ("fqdn", "prefix")
    FQDN_FIELD_NUMBER: _ClassVar[int]
    PREFIX_FIELD_NUMBER: _ClassVar[int]
    fqdn: str
    prefix: str
    def __init__(self, fqdn: _Optional[str] = ..., prefix: _Optional[str] = ...) -> None: ...
