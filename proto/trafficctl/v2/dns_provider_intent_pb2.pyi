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
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DnsProviderIntent(_message.Message):
    __slots__ = ("name", "display_name", "description", "uid", "etag", "generation", "revision", "create_time", "update_time", "delete_time", "labels", "annotations", "state", "reconciling", "observed_generation", "counts", "creator", "last_editor", "cluster_selector", "all_names", "workloads", "external_names", "sources", "zones", "coredns", "route53", "rfc2136", "webhook", "external", "aws_keys", "basic", "client_tls", "tsig", "server_secret", "credentials_info", "merge", "ttl", "record_policy", "ownership", "brake")
    class Source(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SOURCE_UNSPECIFIED: _ClassVar[DnsProviderIntent.Source]
        INBOUND_INTENTS: _ClassVar[DnsProviderIntent.Source]
        DNS_ENDPOINTS: _ClassVar[DnsProviderIntent.Source]
    SOURCE_UNSPECIFIED: DnsProviderIntent.Source
    INBOUND_INTENTS: DnsProviderIntent.Source
    DNS_ENDPOINTS: DnsProviderIntent.Source
    class RecordPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        RECORD_POLICY_UNSPECIFIED: _ClassVar[DnsProviderIntent.RecordPolicy]
        SYNC: _ClassVar[DnsProviderIntent.RecordPolicy]
        UPSERT_ONLY: _ClassVar[DnsProviderIntent.RecordPolicy]
        CREATE_ONLY: _ClassVar[DnsProviderIntent.RecordPolicy]
    RECORD_POLICY_UNSPECIFIED: DnsProviderIntent.RecordPolicy
    SYNC: DnsProviderIntent.RecordPolicy
    UPSERT_ONLY: DnsProviderIntent.RecordPolicy
    CREATE_ONLY: DnsProviderIntent.RecordPolicy
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
    class AllNames(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Workloads(_message.Message):
        __slots__ = ("items",)
        class Item(_message.Message):
            __slots__ = ("workload", "external_name")
            WORKLOAD_FIELD_NUMBER: _ClassVar[int]
            EXTERNAL_NAME_FIELD_NUMBER: _ClassVar[int]
            workload: _access_pb2.WorkloadRef
            external_name: str
            def __init__(self, workload: _Optional[_Union[_access_pb2.WorkloadRef, _Mapping]] = ..., external_name: _Optional[str] = ...) -> None: ...
        ITEMS_FIELD_NUMBER: _ClassVar[int]
        items: _containers.RepeatedCompositeFieldContainer[DnsProviderIntent.Workloads.Item]
        def __init__(self, items: _Optional[_Iterable[_Union[DnsProviderIntent.Workloads.Item, _Mapping]]] = ...) -> None: ...
    class ExternalNames(_message.Message):
        __slots__ = ("names",)
        NAMES_FIELD_NUMBER: _ClassVar[int]
        names: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, names: _Optional[_Iterable[str]] = ...) -> None: ...
    class External(_message.Message):
        __slots__ = ("driver", "parameters")
        class ParametersEntry(_message.Message):
            __slots__ = ("key", "value")
            KEY_FIELD_NUMBER: _ClassVar[int]
            VALUE_FIELD_NUMBER: _ClassVar[int]
            key: str
            value: str
            def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
        DRIVER_FIELD_NUMBER: _ClassVar[int]
        PARAMETERS_FIELD_NUMBER: _ClassVar[int]
        driver: str
        parameters: _containers.ScalarMap[str, str]
        def __init__(self, driver: _Optional[str] = ..., parameters: _Optional[_Mapping[str, str]] = ...) -> None: ...
    class AwsKeys(_message.Message):
        __slots__ = ("access_key_id", "secret_access_key", "session_token")
        ACCESS_KEY_ID_FIELD_NUMBER: _ClassVar[int]
        SECRET_ACCESS_KEY_FIELD_NUMBER: _ClassVar[int]
        SESSION_TOKEN_FIELD_NUMBER: _ClassVar[int]
        access_key_id: str
        secret_access_key: str
        session_token: str
        def __init__(self, access_key_id: _Optional[str] = ..., secret_access_key: _Optional[str] = ..., session_token: _Optional[str] = ...) -> None: ...
    class Basic(_message.Message):
        __slots__ = ("username", "password")
        USERNAME_FIELD_NUMBER: _ClassVar[int]
        PASSWORD_FIELD_NUMBER: _ClassVar[int]
        username: str
        password: str
        def __init__(self, username: _Optional[str] = ..., password: _Optional[str] = ...) -> None: ...
    class ClientTls(_message.Message):
        __slots__ = ("certificate_chain", "private_key", "trust")
        CERTIFICATE_CHAIN_FIELD_NUMBER: _ClassVar[int]
        PRIVATE_KEY_FIELD_NUMBER: _ClassVar[int]
        TRUST_FIELD_NUMBER: _ClassVar[int]
        certificate_chain: str
        private_key: str
        trust: _tls_pb2.TrustSource
        def __init__(self, certificate_chain: _Optional[str] = ..., private_key: _Optional[str] = ..., trust: _Optional[_Union[_tls_pb2.TrustSource, _Mapping]] = ...) -> None: ...
    class Tsig(_message.Message):
        __slots__ = ("name", "algorithm", "secret")
        class Algorithm(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            ALGORITHM_UNSPECIFIED: _ClassVar[DnsProviderIntent.Tsig.Algorithm]
            HMAC_SHA256: _ClassVar[DnsProviderIntent.Tsig.Algorithm]
            HMAC_SHA512: _ClassVar[DnsProviderIntent.Tsig.Algorithm]
        ALGORITHM_UNSPECIFIED: DnsProviderIntent.Tsig.Algorithm
        HMAC_SHA256: DnsProviderIntent.Tsig.Algorithm
        HMAC_SHA512: DnsProviderIntent.Tsig.Algorithm
        NAME_FIELD_NUMBER: _ClassVar[int]
        ALGORITHM_FIELD_NUMBER: _ClassVar[int]
        SECRET_FIELD_NUMBER: _ClassVar[int]
        name: str
        algorithm: DnsProviderIntent.Tsig.Algorithm
        secret: bytes
        def __init__(self, name: _Optional[str] = ..., algorithm: _Optional[_Union[DnsProviderIntent.Tsig.Algorithm, str]] = ..., secret: _Optional[bytes] = ...) -> None: ...
    class ServerSecret(_message.Message):
        __slots__ = ("name",)
        NAME_FIELD_NUMBER: _ClassVar[int]
        name: str
        def __init__(self, name: _Optional[str] = ...) -> None: ...
    class Ownership(_message.Message):
        __slots__ = ("owner_id", "txt_export", "take_over_owner_ids")
        class TxtExport(_message.Message):
            __slots__ = ("prefix", "suffix", "wildcard_replacement", "encryption_key")
            PREFIX_FIELD_NUMBER: _ClassVar[int]
            SUFFIX_FIELD_NUMBER: _ClassVar[int]
            WILDCARD_REPLACEMENT_FIELD_NUMBER: _ClassVar[int]
            ENCRYPTION_KEY_FIELD_NUMBER: _ClassVar[int]
            prefix: str
            suffix: str
            wildcard_replacement: str
            encryption_key: bytes
            def __init__(self, prefix: _Optional[str] = ..., suffix: _Optional[str] = ..., wildcard_replacement: _Optional[str] = ..., encryption_key: _Optional[bytes] = ...) -> None: ...
        OWNER_ID_FIELD_NUMBER: _ClassVar[int]
        TXT_EXPORT_FIELD_NUMBER: _ClassVar[int]
        TAKE_OVER_OWNER_IDS_FIELD_NUMBER: _ClassVar[int]
        owner_id: str
        txt_export: DnsProviderIntent.Ownership.TxtExport
        take_over_owner_ids: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, owner_id: _Optional[str] = ..., txt_export: _Optional[_Union[DnsProviderIntent.Ownership.TxtExport, _Mapping]] = ..., take_over_owner_ids: _Optional[_Iterable[str]] = ...) -> None: ...
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
    CLUSTER_SELECTOR_FIELD_NUMBER: _ClassVar[int]
    ALL_NAMES_FIELD_NUMBER: _ClassVar[int]
    WORKLOADS_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_NAMES_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    ZONES_FIELD_NUMBER: _ClassVar[int]
    COREDNS_FIELD_NUMBER: _ClassVar[int]
    ROUTE53_FIELD_NUMBER: _ClassVar[int]
    RFC2136_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_FIELD_NUMBER: _ClassVar[int]
    AWS_KEYS_FIELD_NUMBER: _ClassVar[int]
    BASIC_FIELD_NUMBER: _ClassVar[int]
    CLIENT_TLS_FIELD_NUMBER: _ClassVar[int]
    TSIG_FIELD_NUMBER: _ClassVar[int]
    SERVER_SECRET_FIELD_NUMBER: _ClassVar[int]
    CREDENTIALS_INFO_FIELD_NUMBER: _ClassVar[int]
    MERGE_FIELD_NUMBER: _ClassVar[int]
    TTL_FIELD_NUMBER: _ClassVar[int]
    RECORD_POLICY_FIELD_NUMBER: _ClassVar[int]
    OWNERSHIP_FIELD_NUMBER: _ClassVar[int]
    BRAKE_FIELD_NUMBER: _ClassVar[int]
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
    cluster_selector: _common_pb2.ClusterSelector
    all_names: DnsProviderIntent.AllNames
    workloads: DnsProviderIntent.Workloads
    external_names: DnsProviderIntent.ExternalNames
    sources: _containers.RepeatedScalarFieldContainer[DnsProviderIntent.Source]
    zones: ZoneFilter
    coredns: CoreDns
    route53: Route53
    rfc2136: Rfc2136
    webhook: Webhook
    external: DnsProviderIntent.External
    aws_keys: DnsProviderIntent.AwsKeys
    basic: DnsProviderIntent.Basic
    client_tls: DnsProviderIntent.ClientTls
    tsig: DnsProviderIntent.Tsig
    server_secret: DnsProviderIntent.ServerSecret
    credentials_info: _common_pb2.SecretInfo
    merge: MergePolicy
    ttl: _duration_pb2.Duration
    record_policy: DnsProviderIntent.RecordPolicy
    ownership: DnsProviderIntent.Ownership
    brake: _common_pb2.SafetyBrake
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., uid: _Optional[str] = ..., etag: _Optional[str] = ..., generation: _Optional[int] = ..., revision: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., labels: _Optional[_Mapping[str, str]] = ..., annotations: _Optional[_Mapping[str, str]] = ..., state: _Optional[_Union[_convergence_pb2.Convergence.State, str]] = ..., reconciling: bool = ..., observed_generation: _Optional[int] = ..., counts: _Optional[_Union[_convergence_pb2.Convergence.Counts, _Mapping]] = ..., creator: _Optional[str] = ..., last_editor: _Optional[str] = ..., cluster_selector: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ..., all_names: _Optional[_Union[DnsProviderIntent.AllNames, _Mapping]] = ..., workloads: _Optional[_Union[DnsProviderIntent.Workloads, _Mapping]] = ..., external_names: _Optional[_Union[DnsProviderIntent.ExternalNames, _Mapping]] = ..., sources: _Optional[_Iterable[_Union[DnsProviderIntent.Source, str]]] = ..., zones: _Optional[_Union[ZoneFilter, _Mapping]] = ..., coredns: _Optional[_Union[CoreDns, _Mapping]] = ..., route53: _Optional[_Union[Route53, _Mapping]] = ..., rfc2136: _Optional[_Union[Rfc2136, _Mapping]] = ..., webhook: _Optional[_Union[Webhook, _Mapping]] = ..., external: _Optional[_Union[DnsProviderIntent.External, _Mapping]] = ..., aws_keys: _Optional[_Union[DnsProviderIntent.AwsKeys, _Mapping]] = ..., basic: _Optional[_Union[DnsProviderIntent.Basic, _Mapping]] = ..., client_tls: _Optional[_Union[DnsProviderIntent.ClientTls, _Mapping]] = ..., tsig: _Optional[_Union[DnsProviderIntent.Tsig, _Mapping]] = ..., server_secret: _Optional[_Union[DnsProviderIntent.ServerSecret, _Mapping]] = ..., credentials_info: _Optional[_Union[_common_pb2.SecretInfo, _Mapping]] = ..., merge: _Optional[_Union[MergePolicy, _Mapping]] = ..., ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., record_policy: _Optional[_Union[DnsProviderIntent.RecordPolicy, str]] = ..., ownership: _Optional[_Union[DnsProviderIntent.Ownership, _Mapping]] = ..., brake: _Optional[_Union[_common_pb2.SafetyBrake, _Mapping]] = ...) -> None: ...

class CreateDnsProviderIntentRequest(_message.Message):
    __slots__ = ("parent", "dns_provider_intent_id", "dns_provider_intent", "validate_only", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    DNS_PROVIDER_INTENT_ID_FIELD_NUMBER: _ClassVar[int]
    DNS_PROVIDER_INTENT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    dns_provider_intent_id: str
    dns_provider_intent: DnsProviderIntent
    validate_only: bool
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., dns_provider_intent_id: _Optional[str] = ..., dns_provider_intent: _Optional[_Union[DnsProviderIntent, _Mapping]] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class GetDnsProviderIntentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListDnsProviderIntentsRequest(_message.Message):
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

class ListDnsProviderIntentsResponse(_message.Message):
    __slots__ = ("dns_provider_intents", "next_page_token")
    DNS_PROVIDER_INTENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    dns_provider_intents: _containers.RepeatedCompositeFieldContainer[DnsProviderIntent]
    next_page_token: str
    def __init__(self, dns_provider_intents: _Optional[_Iterable[_Union[DnsProviderIntent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateDnsProviderIntentRequest(_message.Message):
    __slots__ = ("dns_provider_intent", "update_mask", "allow_missing", "validate_only", "request_id")
    DNS_PROVIDER_INTENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    dns_provider_intent: DnsProviderIntent
    update_mask: _field_mask_pb2.FieldMask
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, dns_provider_intent: _Optional[_Union[DnsProviderIntent, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteDnsProviderIntentRequest(_message.Message):
    __slots__ = ("name", "etag", "orphan_records", "allow_missing", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    ORPHAN_RECORDS_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    orphan_records: bool
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., orphan_records: bool = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ZoneFilter(_message.Message):
    __slots__ = ("include", "exclude")
    INCLUDE_FIELD_NUMBER: _ClassVar[int]
    EXCLUDE_FIELD_NUMBER: _ClassVar[int]
    include: _containers.RepeatedScalarFieldContainer[str]
    exclude: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, include: _Optional[_Iterable[str]] = ..., exclude: _Optional[_Iterable[str]] = ...) -> None: ...

class MergePolicy(_message.Message):
    __slots__ = ("union", "primary", "weighted", "failover")
    class Union(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Primary(_message.Message):
        __slots__ = ("clusters",)
        CLUSTERS_FIELD_NUMBER: _ClassVar[int]
        clusters: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, clusters: _Optional[_Iterable[str]] = ...) -> None: ...
    class Weighted(_message.Message):
        __slots__ = ("weights",)
        class Weight(_message.Message):
            __slots__ = ("cluster", "weight")
            CLUSTER_FIELD_NUMBER: _ClassVar[int]
            WEIGHT_FIELD_NUMBER: _ClassVar[int]
            cluster: str
            weight: int
            def __init__(self, cluster: _Optional[str] = ..., weight: _Optional[int] = ...) -> None: ...
        WEIGHTS_FIELD_NUMBER: _ClassVar[int]
        weights: _containers.RepeatedCompositeFieldContainer[MergePolicy.Weighted.Weight]
        def __init__(self, weights: _Optional[_Iterable[_Union[MergePolicy.Weighted.Weight, _Mapping]]] = ...) -> None: ...
    class Failover(_message.Message):
        __slots__ = ("primary", "secondaries", "health_check")
        PRIMARY_FIELD_NUMBER: _ClassVar[int]
        SECONDARIES_FIELD_NUMBER: _ClassVar[int]
        HEALTH_CHECK_FIELD_NUMBER: _ClassVar[int]
        primary: str
        secondaries: _containers.RepeatedScalarFieldContainer[str]
        health_check: MergePolicy.HealthCheck
        def __init__(self, primary: _Optional[str] = ..., secondaries: _Optional[_Iterable[str]] = ..., health_check: _Optional[_Union[MergePolicy.HealthCheck, _Mapping]] = ...) -> None: ...
    class HealthCheck(_message.Message):
        __slots__ = ("provider_id", "observed")
        class Observed(_message.Message):
            __slots__ = ()
            def __init__(self) -> None: ...
        PROVIDER_ID_FIELD_NUMBER: _ClassVar[int]
        OBSERVED_FIELD_NUMBER: _ClassVar[int]
        provider_id: str
        observed: MergePolicy.HealthCheck.Observed
        def __init__(self, provider_id: _Optional[str] = ..., observed: _Optional[_Union[MergePolicy.HealthCheck.Observed, _Mapping]] = ...) -> None: ...
    UNION_FIELD_NUMBER: _ClassVar[int]
    PRIMARY_FIELD_NUMBER: _ClassVar[int]
    WEIGHTED_FIELD_NUMBER: _ClassVar[int]
    FAILOVER_FIELD_NUMBER: _ClassVar[int]
    union: MergePolicy.Union
    primary: MergePolicy.Primary
    weighted: MergePolicy.Weighted
    failover: MergePolicy.Failover
    def __init__(self, union: _Optional[_Union[MergePolicy.Union, _Mapping]] = ..., primary: _Optional[_Union[MergePolicy.Primary, _Mapping]] = ..., weighted: _Optional[_Union[MergePolicy.Weighted, _Mapping]] = ..., failover: _Optional[_Union[MergePolicy.Failover, _Mapping]] = ...) -> None: ...

class CoreDns(_message.Message):
    __slots__ = ("etcd", "zone_files")
    class Etcd(_message.Message):
        __slots__ = ("endpoints", "prefix", "layout")
        class Layout(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            LAYOUT_UNSPECIFIED: _ClassVar[CoreDns.Etcd.Layout]
            NATIVE: _ClassVar[CoreDns.Etcd.Layout]
            EXTERNAL_DNS: _ClassVar[CoreDns.Etcd.Layout]
        LAYOUT_UNSPECIFIED: CoreDns.Etcd.Layout
        NATIVE: CoreDns.Etcd.Layout
        EXTERNAL_DNS: CoreDns.Etcd.Layout
        ENDPOINTS_FIELD_NUMBER: _ClassVar[int]
        PREFIX_FIELD_NUMBER: _ClassVar[int]
        LAYOUT_FIELD_NUMBER: _ClassVar[int]
        endpoints: _containers.RepeatedScalarFieldContainer[str]
        prefix: str
        layout: CoreDns.Etcd.Layout
        def __init__(self, endpoints: _Optional[_Iterable[str]] = ..., prefix: _Optional[str] = ..., layout: _Optional[_Union[CoreDns.Etcd.Layout, str]] = ...) -> None: ...
    class ZoneFiles(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    ETCD_FIELD_NUMBER: _ClassVar[int]
    ZONE_FILES_FIELD_NUMBER: _ClassVar[int]
    etcd: CoreDns.Etcd
    zone_files: CoreDns.ZoneFiles
    def __init__(self, etcd: _Optional[_Union[CoreDns.Etcd, _Mapping]] = ..., zone_files: _Optional[_Union[CoreDns.ZoneFiles, _Mapping]] = ...) -> None: ...

class Route53(_message.Message):
    __slots__ = ("zone_type", "zone_tags", "zone_ids", "assume_role", "assume_role_external_id", "batch_change_size", "batch_change_interval", "evaluate_target_health", "api_attempts", "prefer_cname", "batch_change_bytes", "batch_change_values", "zones_cache", "requests_per_second", "endpoint", "region")
    class ZoneType(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ZONE_TYPE_UNSPECIFIED: _ClassVar[Route53.ZoneType]
        PUBLIC: _ClassVar[Route53.ZoneType]
        PRIVATE: _ClassVar[Route53.ZoneType]
    ZONE_TYPE_UNSPECIFIED: Route53.ZoneType
    PUBLIC: Route53.ZoneType
    PRIVATE: Route53.ZoneType
    class ZoneTagsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ZONE_TYPE_FIELD_NUMBER: _ClassVar[int]
    ZONE_TAGS_FIELD_NUMBER: _ClassVar[int]
    ZONE_IDS_FIELD_NUMBER: _ClassVar[int]
    ASSUME_ROLE_FIELD_NUMBER: _ClassVar[int]
    ASSUME_ROLE_EXTERNAL_ID_FIELD_NUMBER: _ClassVar[int]
    BATCH_CHANGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    BATCH_CHANGE_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    EVALUATE_TARGET_HEALTH_FIELD_NUMBER: _ClassVar[int]
    API_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    PREFER_CNAME_FIELD_NUMBER: _ClassVar[int]
    BATCH_CHANGE_BYTES_FIELD_NUMBER: _ClassVar[int]
    BATCH_CHANGE_VALUES_FIELD_NUMBER: _ClassVar[int]
    ZONES_CACHE_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    REGION_FIELD_NUMBER: _ClassVar[int]
    zone_type: Route53.ZoneType
    zone_tags: _containers.ScalarMap[str, str]
    zone_ids: _containers.RepeatedScalarFieldContainer[str]
    assume_role: str
    assume_role_external_id: str
    batch_change_size: int
    batch_change_interval: _duration_pb2.Duration
    evaluate_target_health: _common_pb2.Toggle.Value
    api_attempts: int
    prefer_cname: _common_pb2.Toggle.Value
    batch_change_bytes: int
    batch_change_values: int
    zones_cache: _duration_pb2.Duration
    requests_per_second: int
    endpoint: str
    region: str
    def __init__(self, zone_type: _Optional[_Union[Route53.ZoneType, str]] = ..., zone_tags: _Optional[_Mapping[str, str]] = ..., zone_ids: _Optional[_Iterable[str]] = ..., assume_role: _Optional[str] = ..., assume_role_external_id: _Optional[str] = ..., batch_change_size: _Optional[int] = ..., batch_change_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., evaluate_target_health: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ..., api_attempts: _Optional[int] = ..., prefer_cname: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ..., batch_change_bytes: _Optional[int] = ..., batch_change_values: _Optional[int] = ..., zones_cache: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., requests_per_second: _Optional[int] = ..., endpoint: _Optional[str] = ..., region: _Optional[str] = ...) -> None: ...

class Rfc2136(_message.Message):
    __slots__ = ("server", "port", "zones", "transfer")
    SERVER_FIELD_NUMBER: _ClassVar[int]
    PORT_FIELD_NUMBER: _ClassVar[int]
    ZONES_FIELD_NUMBER: _ClassVar[int]
    TRANSFER_FIELD_NUMBER: _ClassVar[int]
    server: str
    port: int
    zones: _containers.RepeatedScalarFieldContainer[str]
    transfer: _common_pb2.Toggle.Value
    def __init__(self, server: _Optional[str] = ..., port: _Optional[int] = ..., zones: _Optional[_Iterable[str]] = ..., transfer: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ...) -> None: ...

class Webhook(_message.Message):
    __slots__ = ("endpoint", "timeout")
    ENDPOINT_FIELD_NUMBER: _ClassVar[int]
    TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    endpoint: str
    timeout: _duration_pb2.Duration
    def __init__(self, endpoint: _Optional[str] = ..., timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...
