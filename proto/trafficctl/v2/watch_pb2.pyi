import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import resource_pb2 as _resource_pb2_1
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WatchRequest(_message.Message):
    __slots__ = ("parents", "types", "start_revision", "progress_interval", "label_filter")
    PARENTS_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    START_REVISION_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    LABEL_FILTER_FIELD_NUMBER: _ClassVar[int]
    parents: _containers.RepeatedScalarFieldContainer[str]
    types: _containers.RepeatedScalarFieldContainer[str]
    start_revision: int
    progress_interval: _duration_pb2.Duration
    label_filter: _common_pb2.ClusterSelector.Labels
    def __init__(self, parents: _Optional[_Iterable[str]] = ..., types: _Optional[_Iterable[str]] = ..., start_revision: _Optional[int] = ..., progress_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., label_filter: _Optional[_Union[_common_pb2.ClusterSelector.Labels, _Mapping]] = ...) -> None: ...

class WatchResponse(_message.Message):
    __slots__ = ("revision", "changes", "more", "bookmark")
    class Bookmark(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        BOOKMARK_UNSPECIFIED: _ClassVar[WatchResponse.Bookmark]
        SNAPSHOT_BEGIN: _ClassVar[WatchResponse.Bookmark]
        SNAPSHOT_END: _ClassVar[WatchResponse.Bookmark]
        PROGRESS: _ClassVar[WatchResponse.Bookmark]
    BOOKMARK_UNSPECIFIED: WatchResponse.Bookmark
    SNAPSHOT_BEGIN: WatchResponse.Bookmark
    SNAPSHOT_END: WatchResponse.Bookmark
    PROGRESS: WatchResponse.Bookmark
    class Change(_message.Message):
        __slots__ = ("kind", "resource")
        class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            KIND_UNSPECIFIED: _ClassVar[WatchResponse.Change.Kind]
            ADDED: _ClassVar[WatchResponse.Change.Kind]
            UPDATED: _ClassVar[WatchResponse.Change.Kind]
            DELETED: _ClassVar[WatchResponse.Change.Kind]
        KIND_UNSPECIFIED: WatchResponse.Change.Kind
        ADDED: WatchResponse.Change.Kind
        UPDATED: WatchResponse.Change.Kind
        DELETED: WatchResponse.Change.Kind
        KIND_FIELD_NUMBER: _ClassVar[int]
        RESOURCE_FIELD_NUMBER: _ClassVar[int]
        kind: WatchResponse.Change.Kind
        resource: _resource_pb2_1.Resource
        def __init__(self, kind: _Optional[_Union[WatchResponse.Change.Kind, str]] = ..., resource: _Optional[_Union[_resource_pb2_1.Resource, _Mapping]] = ...) -> None: ...
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    BOOKMARK_FIELD_NUMBER: _ClassVar[int]
    revision: int
    changes: _containers.RepeatedCompositeFieldContainer[WatchResponse.Change]
    more: bool
    bookmark: WatchResponse.Bookmark
    def __init__(self, revision: _Optional[int] = ..., changes: _Optional[_Iterable[_Union[WatchResponse.Change, _Mapping]]] = ..., more: bool = ..., bookmark: _Optional[_Union[WatchResponse.Bookmark, str]] = ...) -> None: ...
