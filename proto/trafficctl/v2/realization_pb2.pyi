import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Realization(_message.Message):
    __slots__ = ("name", "revision", "update_time", "cluster", "roles", "convergence", "intent_uid", "generation", "objects", "object_count", "notices", "last_good_generation", "driver")
    class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ROLE_UNSPECIFIED: _ClassVar[Realization.Role]
        SERVING: _ClassVar[Realization.Role]
        CALLING: _ClassVar[Realization.Role]
        EGRESS: _ClassVar[Realization.Role]
    ROLE_UNSPECIFIED: Realization.Role
    SERVING: Realization.Role
    CALLING: Realization.Role
    EGRESS: Realization.Role
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_FIELD_NUMBER: _ClassVar[int]
    ROLES_FIELD_NUMBER: _ClassVar[int]
    CONVERGENCE_FIELD_NUMBER: _ClassVar[int]
    INTENT_UID_FIELD_NUMBER: _ClassVar[int]
    GENERATION_FIELD_NUMBER: _ClassVar[int]
    OBJECTS_FIELD_NUMBER: _ClassVar[int]
    OBJECT_COUNT_FIELD_NUMBER: _ClassVar[int]
    NOTICES_FIELD_NUMBER: _ClassVar[int]
    LAST_GOOD_GENERATION_FIELD_NUMBER: _ClassVar[int]
    DRIVER_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    update_time: _timestamp_pb2.Timestamp
    cluster: str
    roles: _containers.RepeatedScalarFieldContainer[Realization.Role]
    convergence: _convergence_pb2.Convergence
    intent_uid: str
    generation: int
    objects: _containers.RepeatedCompositeFieldContainer[_convergence_pb2.ObjectRef]
    object_count: int
    notices: _containers.RepeatedCompositeFieldContainer[_convergence_pb2.Notice]
    last_good_generation: int
    driver: str
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cluster: _Optional[str] = ..., roles: _Optional[_Iterable[_Union[Realization.Role, str]]] = ..., convergence: _Optional[_Union[_convergence_pb2.Convergence, _Mapping]] = ..., intent_uid: _Optional[str] = ..., generation: _Optional[int] = ..., objects: _Optional[_Iterable[_Union[_convergence_pb2.ObjectRef, _Mapping]]] = ..., object_count: _Optional[int] = ..., notices: _Optional[_Iterable[_Union[_convergence_pb2.Notice, _Mapping]]] = ..., last_good_generation: _Optional[int] = ..., driver: _Optional[str] = ...) -> None: ...

class GetRealizationRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListRealizationsRequest(_message.Message):
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

class ListRealizationsResponse(_message.Message):
    __slots__ = ("realizations", "next_page_token")
    REALIZATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    realizations: _containers.RepeatedCompositeFieldContainer[Realization]
    next_page_token: str
    def __init__(self, realizations: _Optional[_Iterable[_Union[Realization, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
