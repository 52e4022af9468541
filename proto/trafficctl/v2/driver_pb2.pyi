import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Driver(_message.Message):
    __slots__ = ("name", "revision", "update_time", "state", "distribution", "version", "hook_api", "kinds", "capabilities", "refusal", "health", "facts_produced", "facts_consumed")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Driver.State]
        LOADED: _ClassVar[Driver.State]
        DEGRADED: _ClassVar[Driver.State]
        REFUSED: _ClassVar[Driver.State]
    STATE_UNSPECIFIED: Driver.State
    LOADED: Driver.State
    DEGRADED: Driver.State
    REFUSED: Driver.State
    class Capability(_message.Message):
        __slots__ = ("field_path", "support", "since", "note")
        class Support(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            SUPPORT_UNSPECIFIED: _ClassVar[Driver.Capability.Support]
            FULL: _ClassVar[Driver.Capability.Support]
            PARTIAL: _ClassVar[Driver.Capability.Support]
        SUPPORT_UNSPECIFIED: Driver.Capability.Support
        FULL: Driver.Capability.Support
        PARTIAL: Driver.Capability.Support
        FIELD_PATH_FIELD_NUMBER: _ClassVar[int]
        SUPPORT_FIELD_NUMBER: _ClassVar[int]
        SINCE_FIELD_NUMBER: _ClassVar[int]
        NOTE_FIELD_NUMBER: _ClassVar[int]
        field_path: str
        support: Driver.Capability.Support
        since: str
        note: str
        def __init__(self, field_path: _Optional[str] = ..., support: _Optional[_Union[Driver.Capability.Support, str]] = ..., since: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...
    class Health(_message.Message):
        __slots__ = ("detail", "since", "failure_count", "last_error")
        DETAIL_FIELD_NUMBER: _ClassVar[int]
        SINCE_FIELD_NUMBER: _ClassVar[int]
        FAILURE_COUNT_FIELD_NUMBER: _ClassVar[int]
        LAST_ERROR_FIELD_NUMBER: _ClassVar[int]
        detail: str
        since: _timestamp_pb2.Timestamp
        failure_count: int
        last_error: _status_pb2.Status
        def __init__(self, detail: _Optional[str] = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., failure_count: _Optional[int] = ..., last_error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DISTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    HOOK_API_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    REFUSAL_FIELD_NUMBER: _ClassVar[int]
    HEALTH_FIELD_NUMBER: _ClassVar[int]
    FACTS_PRODUCED_FIELD_NUMBER: _ClassVar[int]
    FACTS_CONSUMED_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    update_time: _timestamp_pb2.Timestamp
    state: Driver.State
    distribution: str
    version: str
    hook_api: str
    kinds: _containers.RepeatedScalarFieldContainer[str]
    capabilities: _containers.RepeatedCompositeFieldContainer[Driver.Capability]
    refusal: _status_pb2.Status
    health: Driver.Health
    facts_produced: _containers.RepeatedScalarFieldContainer[str]
    facts_consumed: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[Driver.State, str]] = ..., distribution: _Optional[str] = ..., version: _Optional[str] = ..., hook_api: _Optional[str] = ..., kinds: _Optional[_Iterable[str]] = ..., capabilities: _Optional[_Iterable[_Union[Driver.Capability, _Mapping]]] = ..., refusal: _Optional[_Union[_status_pb2.Status, _Mapping]] = ..., health: _Optional[_Union[Driver.Health, _Mapping]] = ..., facts_produced: _Optional[_Iterable[str]] = ..., facts_consumed: _Optional[_Iterable[str]] = ...) -> None: ...

class GetDriverRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListDriversRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter", "order_by")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    order_by: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ..., order_by: _Optional[str] = ...) -> None: ...

class ListDriversResponse(_message.Message):
    __slots__ = ("drivers", "next_page_token")
    DRIVERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    drivers: _containers.RepeatedCompositeFieldContainer[Driver]
    next_page_token: str
    def __init__(self, drivers: _Optional[_Iterable[_Union[Driver, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
