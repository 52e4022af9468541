import datetime

from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Convergence(_message.Message):
    __slots__ = ("state", "stage", "reason", "detail", "field", "error", "attempt", "next_attempt_time", "last_transition_time", "accepted_time", "rendered_time", "delivered_time", "observed_time", "in_effect_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Convergence.State]
        PROGRESSING: _ClassVar[Convergence.State]
        WAITING: _ClassVar[Convergence.State]
        RETRYING: _ClassVar[Convergence.State]
        HELD: _ClassVar[Convergence.State]
        REFUSED: _ClassVar[Convergence.State]
        DRIFTED: _ClassVar[Convergence.State]
        SETTLED: _ClassVar[Convergence.State]
        NOT_APPLICABLE: _ClassVar[Convergence.State]
        DELETING: _ClassVar[Convergence.State]
    STATE_UNSPECIFIED: Convergence.State
    PROGRESSING: Convergence.State
    WAITING: Convergence.State
    RETRYING: Convergence.State
    HELD: Convergence.State
    REFUSED: Convergence.State
    DRIFTED: Convergence.State
    SETTLED: Convergence.State
    NOT_APPLICABLE: Convergence.State
    DELETING: Convergence.State
    class Stage(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STAGE_UNSPECIFIED: _ClassVar[Convergence.Stage]
        ACCEPTED: _ClassVar[Convergence.Stage]
        RENDERED: _ClassVar[Convergence.Stage]
        DELIVERED: _ClassVar[Convergence.Stage]
        OBSERVED: _ClassVar[Convergence.Stage]
        IN_EFFECT: _ClassVar[Convergence.Stage]
    STAGE_UNSPECIFIED: Convergence.Stage
    ACCEPTED: Convergence.Stage
    RENDERED: Convergence.Stage
    DELIVERED: Convergence.Stage
    OBSERVED: Convergence.Stage
    IN_EFFECT: Convergence.Stage
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[Convergence.Reason]
        WORKLOAD_UNKNOWN: _ClassVar[Convergence.Reason]
        WORKLOAD_NOT_PLACED: _ClassVar[Convergence.Reason]
        NO_CLUSTER_SELECTED: _ClassVar[Convergence.Reason]
        NAMESPACE_NOT_GOVERNED: _ClassVar[Convergence.Reason]
        TARGET_PORT_UNKNOWN: _ClassVar[Convergence.Reason]
        FACT_MISSING: _ClassVar[Convergence.Reason]
        GATEWAY_ADDRESS_UNKNOWN: _ClassVar[Convergence.Reason]
        EXTERNAL_DOMAIN_UNKNOWN: _ClassVar[Convergence.Reason]
        SECRET_MISSING: _ClassVar[Convergence.Reason]
        SERVING_SIDE_FIRST: _ClassVar[Convergence.Reason]
        ROLLOUT_PENDING: _ClassVar[Convergence.Reason]
        PLAINTEXT_STILL_SEEN: _ClassVar[Convergence.Reason]
        SOURCE_STALE: _ClassVar[Convergence.Reason]
        CLUSTER_DRAINING: _ClassVar[Convergence.Reason]
        CLUSTER_UNREACHABLE: _ClassVar[Convergence.Reason]
        THROTTLED: _ClassVar[Convergence.Reason]
        SERVER_ERROR: _ClassVar[Convergence.Reason]
        WRITE_CONFLICT: _ClassVar[Convergence.Reason]
        CRD_MISSING: _ClassVar[Convergence.Reason]
        FORBIDDEN: _ClassVar[Convergence.Reason]
        NAMESPACE_TERMINATING: _ClassVar[Convergence.Reason]
        TARGET_UNWRITABLE: _ClassVar[Convergence.Reason]
        PROVIDER_ERROR: _ClassVar[Convergence.Reason]
        BRAKE_TRIPPED: _ClassVar[Convergence.Reason]
        ROLLOUT_PAUSED: _ClassVar[Convergence.Reason]
        FOREIGN_OBJECT: _ClassVar[Convergence.Reason]
        FIELD_NOT_SUPPORTED: _ClassVar[Convergence.Reason]
        MESH_MISMATCH: _ClassVar[Convergence.Reason]
        MESH_VERSION_TOO_OLD: _ClassVar[Convergence.Reason]
        NO_DRIVER: _ClassVar[Convergence.Reason]
        NO_COMMON_ROOT: _ClassVar[Convergence.Reason]
        INTENT_CONFLICT: _ClassVar[Convergence.Reason]
        PROTOCOL_MISMATCH: _ClassVar[Convergence.Reason]
        REJECTED_BY_SERVER: _ClassVar[Convergence.Reason]
        NAME_TOO_LONG: _ClassVar[Convergence.Reason]
        DATA_PLANE_MODE: _ClassVar[Convergence.Reason]
        NAMESPACE_NOT_YOURS: _ClassVar[Convergence.Reason]
        DRIVER_FAILED: _ClassVar[Convergence.Reason]
        EDITED_BY: _ClassVar[Convergence.Reason]
        DELETED_BY: _ClassVar[Convergence.Reason]
        FIGHT: _ClassVar[Convergence.Reason]
        NO_CALLER_HERE: _ClassVar[Convergence.Reason]
        SAME_CLUSTER_ONLY: _ClassVar[Convergence.Reason]
        NOT_CALLED: _ClassVar[Convergence.Reason]
        PLAINTEXT_ADMITTED: _ClassVar[Convergence.Reason]
        ADVISORY_ONLY: _ClassVar[Convergence.Reason]
        SHARED_SERVICE_ACCOUNT: _ClassVar[Convergence.Reason]
        DEFAULT_DENY_FLIP: _ClassVar[Convergence.Reason]
        FACT_DIFFERS: _ClassVar[Convergence.Reason]
        FAULT_DISABLES_TIMEOUT: _ClassVar[Convergence.Reason]
        SERVER_SPEAKS_FIRST: _ClassVar[Convergence.Reason]
        TARGET_REPLACED: _ClassVar[Convergence.Reason]
        SHARED_POD_LABELS: _ClassVar[Convergence.Reason]
    REASON_UNSPECIFIED: Convergence.Reason
    WORKLOAD_UNKNOWN: Convergence.Reason
    WORKLOAD_NOT_PLACED: Convergence.Reason
    NO_CLUSTER_SELECTED: Convergence.Reason
    NAMESPACE_NOT_GOVERNED: Convergence.Reason
    TARGET_PORT_UNKNOWN: Convergence.Reason
    FACT_MISSING: Convergence.Reason
    GATEWAY_ADDRESS_UNKNOWN: Convergence.Reason
    EXTERNAL_DOMAIN_UNKNOWN: Convergence.Reason
    SECRET_MISSING: Convergence.Reason
    SERVING_SIDE_FIRST: Convergence.Reason
    ROLLOUT_PENDING: Convergence.Reason
    PLAINTEXT_STILL_SEEN: Convergence.Reason
    SOURCE_STALE: Convergence.Reason
    CLUSTER_DRAINING: Convergence.Reason
    CLUSTER_UNREACHABLE: Convergence.Reason
    THROTTLED: Convergence.Reason
    SERVER_ERROR: Convergence.Reason
    WRITE_CONFLICT: Convergence.Reason
    CRD_MISSING: Convergence.Reason
    FORBIDDEN: Convergence.Reason
    NAMESPACE_TERMINATING: Convergence.Reason
    TARGET_UNWRITABLE: Convergence.Reason
    PROVIDER_ERROR: Convergence.Reason
    BRAKE_TRIPPED: Convergence.Reason
    ROLLOUT_PAUSED: Convergence.Reason
    FOREIGN_OBJECT: Convergence.Reason
    FIELD_NOT_SUPPORTED: Convergence.Reason
    MESH_MISMATCH: Convergence.Reason
    MESH_VERSION_TOO_OLD: Convergence.Reason
    NO_DRIVER: Convergence.Reason
    NO_COMMON_ROOT: Convergence.Reason
    INTENT_CONFLICT: Convergence.Reason
    PROTOCOL_MISMATCH: Convergence.Reason
    REJECTED_BY_SERVER: Convergence.Reason
    NAME_TOO_LONG: Convergence.Reason
    DATA_PLANE_MODE: Convergence.Reason
    NAMESPACE_NOT_YOURS: Convergence.Reason
    DRIVER_FAILED: Convergence.Reason
    EDITED_BY: Convergence.Reason
    DELETED_BY: Convergence.Reason
    FIGHT: Convergence.Reason
    NO_CALLER_HERE: Convergence.Reason
    SAME_CLUSTER_ONLY: Convergence.Reason
    NOT_CALLED: Convergence.Reason
    PLAINTEXT_ADMITTED: Convergence.Reason
    ADVISORY_ONLY: Convergence.Reason
    SHARED_SERVICE_ACCOUNT: Convergence.Reason
    DEFAULT_DENY_FLIP: Convergence.Reason
    FACT_DIFFERS: Convergence.Reason
    FAULT_DISABLES_TIMEOUT: Convergence.Reason
    SERVER_SPEAKS_FIRST: Convergence.Reason
    TARGET_REPLACED: Convergence.Reason
    SHARED_POD_LABELS: Convergence.Reason
    class Counts(_message.Message):
        __slots__ = ("progressing", "waiting", "retrying", "held", "refused", "drifted", "settled", "not_applicable", "deleting", "total")
        PROGRESSING_FIELD_NUMBER: _ClassVar[int]
        WAITING_FIELD_NUMBER: _ClassVar[int]
        RETRYING_FIELD_NUMBER: _ClassVar[int]
        HELD_FIELD_NUMBER: _ClassVar[int]
        REFUSED_FIELD_NUMBER: _ClassVar[int]
        DRIFTED_FIELD_NUMBER: _ClassVar[int]
        SETTLED_FIELD_NUMBER: _ClassVar[int]
        NOT_APPLICABLE_FIELD_NUMBER: _ClassVar[int]
        DELETING_FIELD_NUMBER: _ClassVar[int]
        TOTAL_FIELD_NUMBER: _ClassVar[int]
        progressing: int
        waiting: int
        retrying: int
        held: int
        refused: int
        drifted: int
        settled: int
        not_applicable: int
        deleting: int
        total: int
        def __init__(self, progressing: _Optional[int] = ..., waiting: _Optional[int] = ..., retrying: _Optional[int] = ..., held: _Optional[int] = ..., refused: _Optional[int] = ..., drifted: _Optional[int] = ..., settled: _Optional[int] = ..., not_applicable: _Optional[int] = ..., deleting: _Optional[int] = ..., total: _Optional[int] = ...) -> None: ...
    STATE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    NEXT_ATTEMPT_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_TRANSITION_TIME_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_TIME_FIELD_NUMBER: _ClassVar[int]
    RENDERED_TIME_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_TIME_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_TIME_FIELD_NUMBER: _ClassVar[int]
    IN_EFFECT_TIME_FIELD_NUMBER: _ClassVar[int]
    state: Convergence.State
    stage: Convergence.Stage
    reason: Convergence.Reason
    detail: str
    field: str
    error: _status_pb2.Status
    attempt: int
    next_attempt_time: _timestamp_pb2.Timestamp
    last_transition_time: _timestamp_pb2.Timestamp
    accepted_time: _timestamp_pb2.Timestamp
    rendered_time: _timestamp_pb2.Timestamp
    delivered_time: _timestamp_pb2.Timestamp
    observed_time: _timestamp_pb2.Timestamp
    in_effect_time: _timestamp_pb2.Timestamp
    def __init__(self, state: _Optional[_Union[Convergence.State, str]] = ..., stage: _Optional[_Union[Convergence.Stage, str]] = ..., reason: _Optional[_Union[Convergence.Reason, str]] = ..., detail: _Optional[str] = ..., field: _Optional[str] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., attempt: _Optional[int] = ..., next_attempt_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_transition_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., accepted_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rendered_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delivered_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., observed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., in_effect_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ObjectRef(_message.Message):
    __slots__ = ("object", "kind", "state", "stage", "reason")
    OBJECT_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    object: str
    kind: str
    state: Convergence.State
    stage: Convergence.Stage
    reason: Convergence.Reason
    def __init__(self, object: _Optional[str] = ..., kind: _Optional[str] = ..., state: _Optional[_Union[Convergence.State, str]] = ..., stage: _Optional[_Union[Convergence.Stage, str]] = ..., reason: _Optional[_Union[Convergence.Reason, str]] = ...) -> None: ...

class Notice(_message.Message):
    __slots__ = ("reason", "field", "text")
    REASON_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    reason: Convergence.Reason
    field: str
    text: str
    def __init__(self, reason: _Optional[_Union[Convergence.Reason, str]] = ..., field: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...
