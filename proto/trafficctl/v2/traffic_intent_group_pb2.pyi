import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TrafficIntentGroup(_message.Message):
    __slots__ = ("name", "display_name", "description", "uid", "etag", "generation", "revision", "create_time", "update_time", "delete_time", "labels", "annotations", "state", "reconciling", "observed_generation", "counts", "creator", "last_editor", "change_policy", "rollout")
    class ChangePolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        CHANGE_POLICY_UNSPECIFIED: _ClassVar[TrafficIntentGroup.ChangePolicy]
        DIRECT: _ClassVar[TrafficIntentGroup.ChangePolicy]
        PLAN: _ClassVar[TrafficIntentGroup.ChangePolicy]
        APPROVAL: _ClassVar[TrafficIntentGroup.ChangePolicy]
    CHANGE_POLICY_UNSPECIFIED: TrafficIntentGroup.ChangePolicy
    DIRECT: TrafficIntentGroup.ChangePolicy
    PLAN: TrafficIntentGroup.ChangePolicy
    APPROVAL: TrafficIntentGroup.ChangePolicy
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
    CHANGE_POLICY_FIELD_NUMBER: _ClassVar[int]
    ROLLOUT_FIELD_NUMBER: _ClassVar[int]
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
    change_policy: TrafficIntentGroup.ChangePolicy
    rollout: Rollout
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., uid: _Optional[str] = ..., etag: _Optional[str] = ..., generation: _Optional[int] = ..., revision: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., labels: _Optional[_Mapping[str, str]] = ..., annotations: _Optional[_Mapping[str, str]] = ..., state: _Optional[_Union[_convergence_pb2.Convergence.State, str]] = ..., reconciling: bool = ..., observed_generation: _Optional[int] = ..., counts: _Optional[_Union[_convergence_pb2.Convergence.Counts, _Mapping]] = ..., creator: _Optional[str] = ..., last_editor: _Optional[str] = ..., change_policy: _Optional[_Union[TrafficIntentGroup.ChangePolicy, str]] = ..., rollout: _Optional[_Union[Rollout, _Mapping]] = ...) -> None: ...

class CreateTrafficIntentGroupRequest(_message.Message):
    __slots__ = ("parent", "traffic_intent_group_id", "traffic_intent_group", "validate_only", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TRAFFIC_INTENT_GROUP_ID_FIELD_NUMBER: _ClassVar[int]
    TRAFFIC_INTENT_GROUP_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    traffic_intent_group_id: str
    traffic_intent_group: TrafficIntentGroup
    validate_only: bool
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., traffic_intent_group_id: _Optional[str] = ..., traffic_intent_group: _Optional[_Union[TrafficIntentGroup, _Mapping]] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class GetTrafficIntentGroupRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListTrafficIntentGroupsRequest(_message.Message):
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

class ListTrafficIntentGroupsResponse(_message.Message):
    __slots__ = ("traffic_intent_groups", "next_page_token")
    TRAFFIC_INTENT_GROUPS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    traffic_intent_groups: _containers.RepeatedCompositeFieldContainer[TrafficIntentGroup]
    next_page_token: str
    def __init__(self, traffic_intent_groups: _Optional[_Iterable[_Union[TrafficIntentGroup, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateTrafficIntentGroupRequest(_message.Message):
    __slots__ = ("traffic_intent_group", "update_mask", "allow_missing", "validate_only", "request_id")
    TRAFFIC_INTENT_GROUP_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    traffic_intent_group: TrafficIntentGroup
    update_mask: _field_mask_pb2.FieldMask
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, traffic_intent_group: _Optional[_Union[TrafficIntentGroup, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteTrafficIntentGroupRequest(_message.Message):
    __slots__ = ("name", "etag", "force", "allow_missing", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    force: bool
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., force: bool = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class Rollout(_message.Message):
    __slots__ = ("waves", "batch_size", "soak", "on_failure")
    class OnFailure(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ON_FAILURE_UNSPECIFIED: _ClassVar[Rollout.OnFailure]
        PAUSE: _ClassVar[Rollout.OnFailure]
        CONTINUE: _ClassVar[Rollout.OnFailure]
    ON_FAILURE_UNSPECIFIED: Rollout.OnFailure
    PAUSE: Rollout.OnFailure
    CONTINUE: Rollout.OnFailure
    class Wave(_message.Message):
        __slots__ = ("clusters",)
        CLUSTERS_FIELD_NUMBER: _ClassVar[int]
        clusters: _common_pb2.ClusterSelector
        def __init__(self, clusters: _Optional[_Union[_common_pb2.ClusterSelector, _Mapping]] = ...) -> None: ...
    WAVES_FIELD_NUMBER: _ClassVar[int]
    BATCH_SIZE_FIELD_NUMBER: _ClassVar[int]
    SOAK_FIELD_NUMBER: _ClassVar[int]
    ON_FAILURE_FIELD_NUMBER: _ClassVar[int]
    waves: _containers.RepeatedCompositeFieldContainer[Rollout.Wave]
    batch_size: int
    soak: _duration_pb2.Duration
    on_failure: Rollout.OnFailure
    def __init__(self, waves: _Optional[_Iterable[_Union[Rollout.Wave, _Mapping]]] = ..., batch_size: _Optional[int] = ..., soak: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., on_failure: _Optional[_Union[Rollout.OnFailure, str]] = ...) -> None: ...
