import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Toggle(_message.Message):
    __slots__ = ()
    class Value(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VALUE_UNSPECIFIED: _ClassVar[Toggle.Value]
        ENABLED: _ClassVar[Toggle.Value]
        DISABLED: _ClassVar[Toggle.Value]
    VALUE_UNSPECIFIED: Toggle.Value
    ENABLED: Toggle.Value
    DISABLED: Toggle.Value
    def __init__(self) -> None: ...

class Protocol(_message.Message):
    __slots__ = ()
    class Value(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VALUE_UNSPECIFIED: _ClassVar[Protocol.Value]
        HTTP: _ClassVar[Protocol.Value]
        HTTP2: _ClassVar[Protocol.Value]
        GRPC: _ClassVar[Protocol.Value]
        GRPC_WEB: _ClassVar[Protocol.Value]
        HTTPS: _ClassVar[Protocol.Value]
        TLS: _ClassVar[Protocol.Value]
        TCP: _ClassVar[Protocol.Value]
        TCP_SERVER_FIRST: _ClassVar[Protocol.Value]
        MYSQL: _ClassVar[Protocol.Value]
        MONGO: _ClassVar[Protocol.Value]
        UDP: _ClassVar[Protocol.Value]
    VALUE_UNSPECIFIED: Protocol.Value
    HTTP: Protocol.Value
    HTTP2: Protocol.Value
    GRPC: Protocol.Value
    GRPC_WEB: Protocol.Value
    HTTPS: Protocol.Value
    TLS: Protocol.Value
    TCP: Protocol.Value
    TCP_SERVER_FIRST: Protocol.Value
    MYSQL: Protocol.Value
    MONGO: Protocol.Value
    UDP: Protocol.Value
    def __init__(self) -> None: ...

class Addressing(_message.Message):
    __slots__ = ()
    class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MODE_UNSPECIFIED: _ClassVar[Addressing.Mode]
        VIRTUAL_ADDRESS: _ClassVar[Addressing.Mode]
        HEADLESS: _ClassVar[Addressing.Mode]
    MODE_UNSPECIFIED: Addressing.Mode
    VIRTUAL_ADDRESS: Addressing.Mode
    HEADLESS: Addressing.Mode
    def __init__(self) -> None: ...

class IntentPort(_message.Message):
    __slots__ = ("port", "protocol")
    PORT_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_FIELD_NUMBER: _ClassVar[int]
    port: int
    protocol: Protocol.Value
    def __init__(self, port: _Optional[int] = ..., protocol: _Optional[_Union[Protocol.Value, str]] = ...) -> None: ...

class Locality(_message.Message):
    __slots__ = ("region", "zone", "sub_zone")
    REGION_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    SUB_ZONE_FIELD_NUMBER: _ClassVar[int]
    region: str
    zone: str
    sub_zone: str
    def __init__(self, region: _Optional[str] = ..., zone: _Optional[str] = ..., sub_zone: _Optional[str] = ...) -> None: ...

class ClusterSelector(_message.Message):
    __slots__ = ("names", "labels", "all_clusters")
    class Names(_message.Message):
        __slots__ = ("clusters",)
        CLUSTERS_FIELD_NUMBER: _ClassVar[int]
        clusters: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, clusters: _Optional[_Iterable[str]] = ...) -> None: ...
    class Labels(_message.Message):
        __slots__ = ("match_labels", "match_expressions")
        class MatchLabelsEntry(_message.Message):
            __slots__ = ("key", "value")
            KEY_FIELD_NUMBER: _ClassVar[int]
            VALUE_FIELD_NUMBER: _ClassVar[int]
            key: str
            value: str
            def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
        class MatchExpression(_message.Message):
            __slots__ = ("key", "operator", "values")
            class Operator(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
                __slots__ = ()
                OPERATOR_UNSPECIFIED: _ClassVar[ClusterSelector.Labels.MatchExpression.Operator]
                IN: _ClassVar[ClusterSelector.Labels.MatchExpression.Operator]
                NOT_IN: _ClassVar[ClusterSelector.Labels.MatchExpression.Operator]
                EXISTS: _ClassVar[ClusterSelector.Labels.MatchExpression.Operator]
                DOES_NOT_EXIST: _ClassVar[ClusterSelector.Labels.MatchExpression.Operator]
            OPERATOR_UNSPECIFIED: ClusterSelector.Labels.MatchExpression.Operator
            IN: ClusterSelector.Labels.MatchExpression.Operator
            NOT_IN: ClusterSelector.Labels.MatchExpression.Operator
            EXISTS: ClusterSelector.Labels.MatchExpression.Operator
            DOES_NOT_EXIST: ClusterSelector.Labels.MatchExpression.Operator
            KEY_FIELD_NUMBER: _ClassVar[int]
            OPERATOR_FIELD_NUMBER: _ClassVar[int]
            VALUES_FIELD_NUMBER: _ClassVar[int]
            key: str
            operator: ClusterSelector.Labels.MatchExpression.Operator
            values: _containers.RepeatedScalarFieldContainer[str]
            def __init__(self, key: _Optional[str] = ..., operator: _Optional[_Union[ClusterSelector.Labels.MatchExpression.Operator, str]] = ..., values: _Optional[_Iterable[str]] = ...) -> None: ...
        MATCH_LABELS_FIELD_NUMBER: _ClassVar[int]
        MATCH_EXPRESSIONS_FIELD_NUMBER: _ClassVar[int]
        match_labels: _containers.ScalarMap[str, str]
        match_expressions: _containers.RepeatedCompositeFieldContainer[ClusterSelector.Labels.MatchExpression]
        def __init__(self, match_labels: _Optional[_Mapping[str, str]] = ..., match_expressions: _Optional[_Iterable[_Union[ClusterSelector.Labels.MatchExpression, _Mapping]]] = ...) -> None: ...
    class AllClusters(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    NAMES_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    ALL_CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    names: ClusterSelector.Names
    labels: ClusterSelector.Labels
    all_clusters: ClusterSelector.AllClusters
    def __init__(self, names: _Optional[_Union[ClusterSelector.Names, _Mapping]] = ..., labels: _Optional[_Union[ClusterSelector.Labels, _Mapping]] = ..., all_clusters: _Optional[_Union[ClusterSelector.AllClusters, _Mapping]] = ...) -> None: ...

class SecretInfo(_message.Message):
    __slots__ = ("kind", "digest", "set_time", "expire_time")
    KIND_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    SET_TIME_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: str
    digest: str
    set_time: _timestamp_pb2.Timestamp
    expire_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[str] = ..., digest: _Optional[str] = ..., set_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SafetyBrake(_message.Message):
    __slots__ = ("max_delete_percent", "minimum_owned", "max_update_percent")
    MAX_DELETE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    MINIMUM_OWNED_FIELD_NUMBER: _ClassVar[int]
    MAX_UPDATE_PERCENT_FIELD_NUMBER: _ClassVar[int]
    max_delete_percent: int
    minimum_owned: int
    max_update_percent: int
    def __init__(self, max_delete_percent: _Optional[int] = ..., minimum_owned: _Optional[int] = ..., max_update_percent: _Optional[int] = ...) -> None: ...
