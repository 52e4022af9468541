from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ErrorReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERROR_REASON_UNSPECIFIED: _ClassVar[ErrorReason]
    VIOLATIONS: _ClassVar[ErrorReason]
    FIELD_NOT_SUPPORTED: _ClassVar[ErrorReason]
    PROTOCOL_MISMATCH: _ClassVar[ErrorReason]
    ADDRESSING_MISMATCH: _ClassVar[ErrorReason]
    IDENTITY_NEEDS_MUTUAL_TLS: _ClassVar[ErrorReason]
    SERVER_FIRST_NEEDS_STRICT: _ClassVar[ErrorReason]
    REQUEST_ID_REUSED: _ClassVar[ErrorReason]
    NOT_FOUND: _ClassVar[ErrorReason]
    ALREADY_EXISTS: _ClassVar[ErrorReason]
    ETAG_MISMATCH: _ClassVar[ErrorReason]
    PLAN_DIGEST: _ClassVar[ErrorReason]
    HELD_CHANGE_DIFFERS: _ClassVar[ErrorReason]
    INTENT_CONFLICT: _ClassVar[ErrorReason]
    HOST_CLAIMED: _ClassVar[ErrorReason]
    GROUP_NOT_EMPTY: _ClassVar[ErrorReason]
    WORKLOAD_IN_USE: _ClassVar[ErrorReason]
    CLUSTER_NOT_DRAINED: _ClassVar[ErrorReason]
    CLUSTER_STATE: _ClassVar[ErrorReason]
    PLAN_STATE: _ClassVar[ErrorReason]
    PLAN_STALE: _ClassVar[ErrorReason]
    NOT_FOREIGN: _ClassVar[ErrorReason]
    PLAN_REQUIRED: _ClassVar[ErrorReason]
    APPROVAL_REQUIRED: _ClassVar[ErrorReason]
    PLAN_OWN_APPROVAL: _ClassVar[ErrorReason]
    HISTORY_COMPACTED: _ClassVar[ErrorReason]
    FUTURE_REVISION: _ClassVar[ErrorReason]
    UNAUTHENTICATED: _ClassVar[ErrorReason]
    FORBIDDEN: _ClassVar[ErrorReason]
    NAMESPACE_NOT_YOURS: _ClassVar[ErrorReason]
    OVERLOADED: _ClassVar[ErrorReason]
    SLOW_CONSUMER: _ClassVar[ErrorReason]
    POOL_EXHAUSTED: _ClassVar[ErrorReason]
    STORE_UNAVAILABLE: _ClassVar[ErrorReason]
    SERVER_DRAINING: _ClassVar[ErrorReason]
    DEADLINE: _ClassVar[ErrorReason]
    UNIMPLEMENTED: _ClassVar[ErrorReason]
    INTERNAL: _ClassVar[ErrorReason]
ERROR_REASON_UNSPECIFIED: ErrorReason
VIOLATIONS: ErrorReason
FIELD_NOT_SUPPORTED: ErrorReason
PROTOCOL_MISMATCH: ErrorReason
ADDRESSING_MISMATCH: ErrorReason
IDENTITY_NEEDS_MUTUAL_TLS: ErrorReason
SERVER_FIRST_NEEDS_STRICT: ErrorReason
REQUEST_ID_REUSED: ErrorReason
NOT_FOUND: ErrorReason
ALREADY_EXISTS: ErrorReason
ETAG_MISMATCH: ErrorReason
PLAN_DIGEST: ErrorReason
HELD_CHANGE_DIFFERS: ErrorReason
INTENT_CONFLICT: ErrorReason
HOST_CLAIMED: ErrorReason
GROUP_NOT_EMPTY: ErrorReason
WORKLOAD_IN_USE: ErrorReason
CLUSTER_NOT_DRAINED: ErrorReason
CLUSTER_STATE: ErrorReason
PLAN_STATE: ErrorReason
PLAN_STALE: ErrorReason
NOT_FOREIGN: ErrorReason
PLAN_REQUIRED: ErrorReason
APPROVAL_REQUIRED: ErrorReason
PLAN_OWN_APPROVAL: ErrorReason
HISTORY_COMPACTED: ErrorReason
FUTURE_REVISION: ErrorReason
UNAUTHENTICATED: ErrorReason
FORBIDDEN: ErrorReason
NAMESPACE_NOT_YOURS: ErrorReason
OVERLOADED: ErrorReason
SLOW_CONSUMER: ErrorReason
POOL_EXHAUSTED: ErrorReason
STORE_UNAVAILABLE: ErrorReason
SERVER_DRAINING: ErrorReason
DEADLINE: ErrorReason
UNIMPLEMENTED: ErrorReason
INTERNAL: ErrorReason

class ConflictInfo(_message.Message):
    __slots__ = ("kind", "field", "other_intent", "other_field", "ours", "theirs", "way_out")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[ConflictInfo.Kind]
        PROTOCOL: _ClassVar[ConflictInfo.Kind]
        MUTUAL_TLS: _ClassVar[ConflictInfo.Kind]
        TERMINATION: _ClassVar[ConflictInfo.Kind]
        TRAFFIC_POLICY: _ClassVar[ConflictInfo.Kind]
        ROUTES: _ClassVar[ConflictInfo.Kind]
        EGRESS_PATH: _ClassVar[ConflictInfo.Kind]
        ADDRESSING: _ClassVar[ConflictInfo.Kind]
        EXTERNAL_PREFIX: _ClassVar[ConflictInfo.Kind]
        SUBSET: _ClassVar[ConflictInfo.Kind]
        JWT_PROVIDER: _ClassVar[ConflictInfo.Kind]
        EXTERNAL_HOST: _ClassVar[ConflictInfo.Kind]
        LISTENER: _ClassVar[ConflictInfo.Kind]
        HOST: _ClassVar[ConflictInfo.Kind]
        PATH_PREFIX: _ClassVar[ConflictInfo.Kind]
        DNS_NAME: _ClassVar[ConflictInfo.Kind]
    KIND_UNSPECIFIED: ConflictInfo.Kind
    PROTOCOL: ConflictInfo.Kind
    MUTUAL_TLS: ConflictInfo.Kind
    TERMINATION: ConflictInfo.Kind
    TRAFFIC_POLICY: ConflictInfo.Kind
    ROUTES: ConflictInfo.Kind
    EGRESS_PATH: ConflictInfo.Kind
    ADDRESSING: ConflictInfo.Kind
    EXTERNAL_PREFIX: ConflictInfo.Kind
    SUBSET: ConflictInfo.Kind
    JWT_PROVIDER: ConflictInfo.Kind
    EXTERNAL_HOST: ConflictInfo.Kind
    LISTENER: ConflictInfo.Kind
    HOST: ConflictInfo.Kind
    PATH_PREFIX: ConflictInfo.Kind
    DNS_NAME: ConflictInfo.Kind
    KIND_FIELD_NUMBER: _ClassVar[int]
    FIELD_FIELD_NUMBER: _ClassVar[int]
    OTHER_INTENT_FIELD_NUMBER: _ClassVar[int]
    OTHER_FIELD_FIELD_NUMBER: _ClassVar[int]
    OURS_FIELD_NUMBER: _ClassVar[int]
    THEIRS_FIELD_NUMBER: _ClassVar[int]
    WAY_OUT_FIELD_NUMBER: _ClassVar[int]
    kind: ConflictInfo.Kind
    field: str
    other_intent: str
    other_field: str
    ours: str
    theirs: str
    way_out: str
    def __init__(self, kind: _Optional[_Union[ConflictInfo.Kind, str]] = ..., field: _Optional[str] = ..., other_intent: _Optional[str] = ..., other_field: _Optional[str] = ..., ours: _Optional[str] = ..., theirs: _Optional[str] = ..., way_out: _Optional[str] = ...) -> None: ...
