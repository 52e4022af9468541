import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from trafficctl.v2 import access_pb2 as _access_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from trafficctl.v2 import tls_pb2 as _tls_pb2
from trafficctl.v2 import traffic_policy_pb2 as _traffic_policy_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class IntraclusterIntent(_message.Message):
    __slots__ = ("name", "display_name", "description", "uid", "etag", "generation", "revision", "create_time", "update_time", "delete_time", "labels", "annotations", "state", "reconciling", "observed_generation", "counts", "creator", "last_editor", "destination", "ports", "callers", "mutual_tls", "traffic_policy", "overrides", "clusters", "service_mesh", "jwt_providers")
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
    PORTS_FIELD_NUMBER: _ClassVar[int]
    CALLERS_FIELD_NUMBER: _ClassVar[int]
    MUTUAL_TLS_FIELD_NUMBER: _ClassVar[int]
    TRAFFIC_POLICY_FIELD_NUMBER: _ClassVar[int]
    OVERRIDES_FIELD_NUMBER: _ClassVar[int]
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_MESH_FIELD_NUMBER: _ClassVar[int]
    JWT_PROVIDERS_FIELD_NUMBER: _ClassVar[int]
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
    ports: _containers.RepeatedCompositeFieldContainer[_common_pb2.IntentPort]
    callers: _containers.RepeatedCompositeFieldContainer[_access_pb2.Caller]
    mutual_tls: _tls_pb2.MutualTls
    traffic_policy: _traffic_policy_pb2.TrafficPolicy
    overrides: _containers.RepeatedCompositeFieldContainer[_traffic_policy_pb2.ClusterOverride]
    clusters: _common_pb2.ClusterSelector
    service_mesh: str
    jwt_providers: _containers.RepeatedCompositeFieldContainer[_access_pb2.JwtProvider]
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., uid: _Optional[str] = ..., etag: _Optional[str] = ..., generation: _Optional[int] = ..., revision: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., labels: _Optional[_Mapping[str, str]] = ..., annotations: _Optional[_Mapping[str, str]] = ..., state: _Optional[_Union[_convergence_pb2.Convergence.State, str]] = ..., reconciling: bool = ..., observed_generation: _Optional[int] = ..., counts: _Optional[_Union[_convergence_pb2.Convergence.Counts, _Mapping]] = ..., creator: _Optional[str] = ..., last_editor: _Optional[str] = ..., destination: _Optional[_Union[_access_pb2.ServiceDestination, _Mapping]] = ..., ports: _Optional[_Iterable[_Union[_common_pb2.IntentPort, _Mapping]]] = ..., callers: _Optional[_Iterable[_Union[_access_pb2.Caller, _Mapping]]] = ..., mutual_tls: _Optional[_Union[_tls_pb2.MutualTls, _Mapping]] = ..., traffic_policy: _Optional[_Union[_traffic_policy_pb2.TrafficPolicy, _Mapping]] = ..., overrides: _Optional[_Iterable[_Union[_traffic_policy_pb2.ClusterOverride, _Mapping]]] = ..., clusters: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ..., service_mesh: _Optional[str] = ..., jwt_providers: _Optional[_Iterable[_Union[_access_pb2.JwtProvider, _Mapping]]] = ...) -> None: ...

class CreateIntraclusterIntentRequest(_message.Message):
    __slots__ = ("parent", "intracluster_intent_id", "intracluster_intent", "validate_only", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    INTRACLUSTER_INTENT_ID_FIELD_NUMBER: _ClassVar[int]
    INTRACLUSTER_INTENT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    intracluster_intent_id: str
    intracluster_intent: IntraclusterIntent
    validate_only: bool
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., intracluster_intent_id: _Optional[str] = ..., intracluster_intent: _Optional[_Union[IntraclusterIntent, _Mapping]] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class GetIntraclusterIntentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListIntraclusterIntentsRequest(_message.Message):
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

class ListIntraclusterIntentsResponse(_message.Message):
    __slots__ = ("intracluster_intents", "next_page_token")
    INTRACLUSTER_INTENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    intracluster_intents: _containers.RepeatedCompositeFieldContainer[IntraclusterIntent]
    next_page_token: str
    def __init__(self, intracluster_intents: _Optional[_Iterable[_Union[IntraclusterIntent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateIntraclusterIntentRequest(_message.Message):
    __slots__ = ("intracluster_intent", "update_mask", "allow_missing", "validate_only", "request_id")
    INTRACLUSTER_INTENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    intracluster_intent: IntraclusterIntent
    update_mask: _field_mask_pb2.FieldMask
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, intracluster_intent: _Optional[_Union[IntraclusterIntent, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteIntraclusterIntentRequest(_message.Message):
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
