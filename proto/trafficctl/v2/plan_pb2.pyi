import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import error_details_pb2 as _error_details_pb2
from trafficctl.v2 import access_pb2 as _access_pb2
from trafficctl.v2 import error_reason_pb2 as _error_reason_pb2
from trafficctl.v2 import managed_object_pb2 as _managed_object_pb2
from trafficctl.v2 import reachability_pb2 as _reachability_pb2
from trafficctl.v2 import resource_pb2 as _resource_pb2_1
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Plan(_message.Message):
    __slots__ = ("name", "display_name", "description", "uid", "etag", "generation", "revision", "create_time", "update_time", "delete_time", "labels", "annotations", "state", "creator", "last_editor", "changes", "digest", "base_revision", "summary", "problems", "expire_time", "approvals", "applied_revision", "rollback_of", "rejection")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Plan.State]
        DRAFT: _ClassVar[Plan.State]
        READY: _ClassVar[Plan.State]
        APPROVED: _ClassVar[Plan.State]
        APPLYING: _ClassVar[Plan.State]
        APPLIED: _ClassVar[Plan.State]
        STALE: _ClassVar[Plan.State]
        REJECTED: _ClassVar[Plan.State]
        EXPIRED: _ClassVar[Plan.State]
    STATE_UNSPECIFIED: Plan.State
    DRAFT: Plan.State
    READY: Plan.State
    APPROVED: Plan.State
    APPLYING: Plan.State
    APPLIED: Plan.State
    STALE: Plan.State
    REJECTED: Plan.State
    EXPIRED: Plan.State
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
    class Summary(_message.Message):
        __slots__ = ("clusters", "calls_opened", "calls_closed", "brake_trips")
        class ClusterSummary(_message.Message):
            __slots__ = ("cluster", "created", "changed", "removed", "brake_trips")
            CLUSTER_FIELD_NUMBER: _ClassVar[int]
            CREATED_FIELD_NUMBER: _ClassVar[int]
            CHANGED_FIELD_NUMBER: _ClassVar[int]
            REMOVED_FIELD_NUMBER: _ClassVar[int]
            BRAKE_TRIPS_FIELD_NUMBER: _ClassVar[int]
            cluster: str
            created: int
            changed: int
            removed: int
            brake_trips: bool
            def __init__(self, cluster: _Optional[str] = ..., created: _Optional[int] = ..., changed: _Optional[int] = ..., removed: _Optional[int] = ..., brake_trips: bool = ...) -> None: ...
        CLUSTERS_FIELD_NUMBER: _ClassVar[int]
        CALLS_OPENED_FIELD_NUMBER: _ClassVar[int]
        CALLS_CLOSED_FIELD_NUMBER: _ClassVar[int]
        BRAKE_TRIPS_FIELD_NUMBER: _ClassVar[int]
        clusters: _containers.RepeatedCompositeFieldContainer[Plan.Summary.ClusterSummary]
        calls_opened: int
        calls_closed: int
        brake_trips: int
        def __init__(self, clusters: _Optional[_Iterable[_Union[Plan.Summary.ClusterSummary, _Mapping]]] = ..., calls_opened: _Optional[int] = ..., calls_closed: _Optional[int] = ..., brake_trips: _Optional[int] = ...) -> None: ...
    class Problems(_message.Message):
        __slots__ = ("bad_request", "conflicts")
        BAD_REQUEST_FIELD_NUMBER: _ClassVar[int]
        CONFLICTS_FIELD_NUMBER: _ClassVar[int]
        bad_request: _error_details_pb2.BadRequest
        conflicts: _containers.RepeatedCompositeFieldContainer[_error_reason_pb2.ConflictInfo]
        def __init__(self, bad_request: _Optional[_Union[_error_details_pb2.BadRequest, _Mapping]] = ..., conflicts: _Optional[_Iterable[_Union[_error_reason_pb2.ConflictInfo, _Mapping]]] = ...) -> None: ...
    class Approval(_message.Message):
        __slots__ = ("principal", "time", "digest", "comment")
        PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
        TIME_FIELD_NUMBER: _ClassVar[int]
        DIGEST_FIELD_NUMBER: _ClassVar[int]
        COMMENT_FIELD_NUMBER: _ClassVar[int]
        principal: str
        time: _timestamp_pb2.Timestamp
        digest: str
        comment: str
        def __init__(self, principal: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., digest: _Optional[str] = ..., comment: _Optional[str] = ...) -> None: ...
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
    CREATOR_FIELD_NUMBER: _ClassVar[int]
    LAST_EDITOR_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    BASE_REVISION_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    APPROVALS_FIELD_NUMBER: _ClassVar[int]
    APPLIED_REVISION_FIELD_NUMBER: _ClassVar[int]
    ROLLBACK_OF_FIELD_NUMBER: _ClassVar[int]
    REJECTION_FIELD_NUMBER: _ClassVar[int]
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
    state: Plan.State
    creator: str
    last_editor: str
    changes: _containers.RepeatedCompositeFieldContainer[Change]
    digest: str
    base_revision: int
    summary: Plan.Summary
    problems: Plan.Problems
    expire_time: _timestamp_pb2.Timestamp
    approvals: _containers.RepeatedCompositeFieldContainer[Plan.Approval]
    applied_revision: int
    rollback_of: str
    rejection: Plan.Approval
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., uid: _Optional[str] = ..., etag: _Optional[str] = ..., generation: _Optional[int] = ..., revision: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., labels: _Optional[_Mapping[str, str]] = ..., annotations: _Optional[_Mapping[str, str]] = ..., state: _Optional[_Union[Plan.State, str]] = ..., creator: _Optional[str] = ..., last_editor: _Optional[str] = ..., changes: _Optional[_Iterable[_Union[Change, _Mapping]]] = ..., digest: _Optional[str] = ..., base_revision: _Optional[int] = ..., summary: _Optional[_Union[Plan.Summary, _Mapping]] = ..., problems: _Optional[_Union[Plan.Problems, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., approvals: _Optional[_Iterable[_Union[Plan.Approval, _Mapping]]] = ..., applied_revision: _Optional[int] = ..., rollback_of: _Optional[str] = ..., rejection: _Optional[_Union[Plan.Approval, _Mapping]] = ...) -> None: ...

class CreatePlanRequest(_message.Message):
    __slots__ = ("parent", "plan_id", "plan", "validate_only", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PLAN_ID_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    plan_id: str
    plan: Plan
    validate_only: bool
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., plan_id: _Optional[str] = ..., plan: _Optional[_Union[Plan, _Mapping]] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class GetPlanRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListPlansRequest(_message.Message):
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

class ListPlansResponse(_message.Message):
    __slots__ = ("plans", "next_page_token")
    PLANS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    plans: _containers.RepeatedCompositeFieldContainer[Plan]
    next_page_token: str
    def __init__(self, plans: _Optional[_Iterable[_Union[Plan, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class DeletePlanRequest(_message.Message):
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

class AddPlanChangesRequest(_message.Message):
    __slots__ = ("name", "changes", "etag", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    changes: _containers.RepeatedCompositeFieldContainer[Change]
    etag: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., changes: _Optional[_Iterable[_Union[Change, _Mapping]]] = ..., etag: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ComputePlanRequest(_message.Message):
    __slots__ = ("name", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ListPlanChangesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "filter")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    filter: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListPlanChangesResponse(_message.Message):
    __slots__ = ("changes", "next_page_token")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[Change]
    next_page_token: str
    def __init__(self, changes: _Optional[_Iterable[_Union[Change, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListObjectChangesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "filter")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    filter: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListObjectChangesResponse(_message.Message):
    __slots__ = ("changes", "next_page_token")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[ObjectChange]
    next_page_token: str
    def __init__(self, changes: _Optional[_Iterable[_Union[ObjectChange, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListReachChangesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "filter")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    filter: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListReachChangesResponse(_message.Message):
    __slots__ = ("changes", "next_page_token")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    changes: _containers.RepeatedCompositeFieldContainer[ReachChange]
    next_page_token: str
    def __init__(self, changes: _Optional[_Iterable[_Union[ReachChange, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ApprovePlanRequest(_message.Message):
    __slots__ = ("name", "digest", "comment", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    digest: str
    comment: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., digest: _Optional[str] = ..., comment: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class RejectPlanRequest(_message.Message):
    __slots__ = ("name", "digest", "comment", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    COMMENT_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    digest: str
    comment: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., digest: _Optional[str] = ..., comment: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ApplyPlanRequest(_message.Message):
    __slots__ = ("name", "digest", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    digest: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., digest: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class Change(_message.Message):
    __slots__ = ("apply", "delete", "etag")
    APPLY_FIELD_NUMBER: _ClassVar[int]
    DELETE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    apply: _resource_pb2_1.Resource
    delete: str
    etag: str
    def __init__(self, apply: _Optional[_Union[_resource_pb2_1.Resource, _Mapping]] = ..., delete: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...

class ObjectChange(_message.Message):
    __slots__ = ("cluster", "object", "action", "fields", "before", "after", "origins", "kind", "key")
    class Action(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ACTION_UNSPECIFIED: _ClassVar[ObjectChange.Action]
        CREATE: _ClassVar[ObjectChange.Action]
        UPDATE: _ClassVar[ObjectChange.Action]
        DELETE: _ClassVar[ObjectChange.Action]
    ACTION_UNSPECIFIED: ObjectChange.Action
    CREATE: ObjectChange.Action
    UPDATE: ObjectChange.Action
    DELETE: ObjectChange.Action
    class FieldChange(_message.Message):
        __slots__ = ("path", "before", "after")
        PATH_FIELD_NUMBER: _ClassVar[int]
        BEFORE_FIELD_NUMBER: _ClassVar[int]
        AFTER_FIELD_NUMBER: _ClassVar[int]
        path: str
        before: str
        after: str
        def __init__(self, path: _Optional[str] = ..., before: _Optional[str] = ..., after: _Optional[str] = ...) -> None: ...
    CLUSTER_FIELD_NUMBER: _ClassVar[int]
    OBJECT_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    ORIGINS_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    cluster: str
    object: str
    action: ObjectChange.Action
    fields: _containers.RepeatedCompositeFieldContainer[ObjectChange.FieldChange]
    before: str
    after: str
    origins: _containers.RepeatedCompositeFieldContainer[_managed_object_pb2.ManagedObject.Origin]
    kind: str
    key: str
    def __init__(self, cluster: _Optional[str] = ..., object: _Optional[str] = ..., action: _Optional[_Union[ObjectChange.Action, str]] = ..., fields: _Optional[_Iterable[_Union[ObjectChange.FieldChange, _Mapping]]] = ..., before: _Optional[str] = ..., after: _Optional[str] = ..., origins: _Optional[_Iterable[_Union[_managed_object_pb2.ManagedObject.Origin, _Mapping]]] = ..., kind: _Optional[str] = ..., key: _Optional[str] = ...) -> None: ...

class ReachChange(_message.Message):
    __slots__ = ("caller", "destination", "ports", "operations", "effect", "cause", "missing")
    class Effect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        EFFECT_UNSPECIFIED: _ClassVar[ReachChange.Effect]
        OPENED: _ClassVar[ReachChange.Effect]
        CLOSED: _ClassVar[ReachChange.Effect]
        NARROWED: _ClassVar[ReachChange.Effect]
        WIDENED: _ClassVar[ReachChange.Effect]
        NOT_DECIDED: _ClassVar[ReachChange.Effect]
    EFFECT_UNSPECIFIED: ReachChange.Effect
    OPENED: ReachChange.Effect
    CLOSED: ReachChange.Effect
    NARROWED: ReachChange.Effect
    WIDENED: ReachChange.Effect
    NOT_DECIDED: ReachChange.Effect
    class Cause(_message.Message):
        __slots__ = ("object", "intents", "kind")
        class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            KIND_UNSPECIFIED: _ClassVar[ReachChange.Cause.Kind]
            RULE: _ClassVar[ReachChange.Cause.Kind]
            DEFAULT_DENY: _ClassVar[ReachChange.Cause.Kind]
            INVENTORY: _ClassVar[ReachChange.Cause.Kind]
        KIND_UNSPECIFIED: ReachChange.Cause.Kind
        RULE: ReachChange.Cause.Kind
        DEFAULT_DENY: ReachChange.Cause.Kind
        INVENTORY: ReachChange.Cause.Kind
        OBJECT_FIELD_NUMBER: _ClassVar[int]
        INTENTS_FIELD_NUMBER: _ClassVar[int]
        KIND_FIELD_NUMBER: _ClassVar[int]
        object: str
        intents: _containers.RepeatedScalarFieldContainer[str]
        kind: ReachChange.Cause.Kind
        def __init__(self, object: _Optional[str] = ..., intents: _Optional[_Iterable[str]] = ..., kind: _Optional[_Union[ReachChange.Cause.Kind, str]] = ...) -> None: ...
    CALLER_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    PORTS_FIELD_NUMBER: _ClassVar[int]
    OPERATIONS_FIELD_NUMBER: _ClassVar[int]
    EFFECT_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    caller: _reachability_pb2.ReachabilityNode
    destination: _reachability_pb2.ReachabilityNode
    ports: _containers.RepeatedScalarFieldContainer[int]
    operations: _containers.RepeatedCompositeFieldContainer[_access_pb2.AccessRule]
    effect: ReachChange.Effect
    cause: ReachChange.Cause
    missing: _containers.RepeatedCompositeFieldContainer[_reachability_pb2.Explanation.Fact]
    def __init__(self, caller: _Optional[_Union[_reachability_pb2.ReachabilityNode, _Mapping]] = ..., destination: _Optional[_Union[_reachability_pb2.ReachabilityNode, _Mapping]] = ..., ports: _Optional[_Iterable[int]] = ..., operations: _Optional[_Iterable[_Union[_access_pb2.AccessRule, _Mapping]]] = ..., effect: _Optional[_Union[ReachChange.Effect, str]] = ..., cause: _Optional[_Union[ReachChange.Cause, _Mapping]] = ..., missing: _Optional[_Iterable[_Union[_reachability_pb2.Explanation.Fact, _Mapping]]] = ...) -> None: ...
