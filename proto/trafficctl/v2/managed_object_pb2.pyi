import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ManagedObject(_message.Message):
    __slots__ = ("name", "revision", "update_time", "kubernetes", "file", "rest", "desired_digest", "observed_digest", "origins", "convergence", "foreign_managers", "trace_id")
    class Kubernetes(_message.Message):
        __slots__ = ("api_version", "kind", "namespace", "name", "uid")
        API_VERSION_FIELD_NUMBER: _ClassVar[int]
        KIND_FIELD_NUMBER: _ClassVar[int]
        NAMESPACE_FIELD_NUMBER: _ClassVar[int]
        NAME_FIELD_NUMBER: _ClassVar[int]
        UID_FIELD_NUMBER: _ClassVar[int]
        api_version: str
        kind: str
        namespace: str
        name: str
        uid: str
        def __init__(self, api_version: _Optional[str] = ..., kind: _Optional[str] = ..., namespace: _Optional[str] = ..., name: _Optional[str] = ..., uid: _Optional[str] = ...) -> None: ...
    class File(_message.Message):
        __slots__ = ("path",)
        PATH_FIELD_NUMBER: _ClassVar[int]
        path: str
        def __init__(self, path: _Optional[str] = ...) -> None: ...
    class Rest(_message.Message):
        __slots__ = ("endpoint", "key")
        ENDPOINT_FIELD_NUMBER: _ClassVar[int]
        KEY_FIELD_NUMBER: _ClassVar[int]
        endpoint: str
        key: str
        def __init__(self, endpoint: _Optional[str] = ..., key: _Optional[str] = ...) -> None: ...
    class Origin(_message.Message):
        __slots__ = ("intent", "uid", "generation", "fields")
        INTENT_FIELD_NUMBER: _ClassVar[int]
        UID_FIELD_NUMBER: _ClassVar[int]
        GENERATION_FIELD_NUMBER: _ClassVar[int]
        FIELDS_FIELD_NUMBER: _ClassVar[int]
        intent: str
        uid: str
        generation: int
        fields: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, intent: _Optional[str] = ..., uid: _Optional[str] = ..., generation: _Optional[int] = ..., fields: _Optional[_Iterable[str]] = ...) -> None: ...
    class ForeignManager(_message.Message):
        __slots__ = ("field_manager", "fields")
        FIELD_MANAGER_FIELD_NUMBER: _ClassVar[int]
        FIELDS_FIELD_NUMBER: _ClassVar[int]
        field_manager: str
        fields: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, field_manager: _Optional[str] = ..., fields: _Optional[_Iterable[str]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    KUBERNETES_FIELD_NUMBER: _ClassVar[int]
    FILE_FIELD_NUMBER: _ClassVar[int]
    REST_FIELD_NUMBER: _ClassVar[int]
    DESIRED_DIGEST_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_DIGEST_FIELD_NUMBER: _ClassVar[int]
    ORIGINS_FIELD_NUMBER: _ClassVar[int]
    CONVERGENCE_FIELD_NUMBER: _ClassVar[int]
    FOREIGN_MANAGERS_FIELD_NUMBER: _ClassVar[int]
    TRACE_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    update_time: _timestamp_pb2.Timestamp
    kubernetes: ManagedObject.Kubernetes
    file: ManagedObject.File
    rest: ManagedObject.Rest
    desired_digest: str
    observed_digest: str
    origins: _containers.RepeatedCompositeFieldContainer[ManagedObject.Origin]
    convergence: _convergence_pb2.Convergence
    foreign_managers: _containers.RepeatedCompositeFieldContainer[ManagedObject.ForeignManager]
    trace_id: str
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., kubernetes: _Optional[_Union[ManagedObject.Kubernetes, _Mapping]] = ..., file: _Optional[_Union[ManagedObject.File, _Mapping]] = ..., rest: _Optional[_Union[ManagedObject.Rest, _Mapping]] = ..., desired_digest: _Optional[str] = ..., observed_digest: _Optional[str] = ..., origins: _Optional[_Iterable[_Union[ManagedObject.Origin, _Mapping]]] = ..., convergence: _Optional[_Union[_convergence_pb2.Convergence, _Mapping]] = ..., foreign_managers: _Optional[_Iterable[_Union[ManagedObject.ForeignManager, _Mapping]]] = ..., trace_id: _Optional[str] = ...) -> None: ...

class GetManagedObjectRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListManagedObjectsRequest(_message.Message):
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

class ListManagedObjectsResponse(_message.Message):
    __slots__ = ("managed_objects", "next_page_token")
    MANAGED_OBJECTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    managed_objects: _containers.RepeatedCompositeFieldContainer[ManagedObject]
    next_page_token: str
    def __init__(self, managed_objects: _Optional[_Iterable[_Union[ManagedObject, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AdoptObjectRequest(_message.Message):
    __slots__ = ("name", "observed_digest", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OBSERVED_DIGEST_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    observed_digest: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., observed_digest: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...
