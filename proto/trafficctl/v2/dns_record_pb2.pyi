import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DnsRecord(_message.Message):
    __slots__ = ("name", "revision", "update_time", "zone", "dns_name", "type", "set_identifier", "ttl", "targets", "sources", "convergence", "provider_change_id")
    class Source(_message.Message):
        __slots__ = ("cluster", "intent", "dns_endpoint")
        class DnsEndpoint(_message.Message):
            __slots__ = ("namespace", "name")
            NAMESPACE_FIELD_NUMBER: _ClassVar[int]
            NAME_FIELD_NUMBER: _ClassVar[int]
            namespace: str
            name: str
            def __init__(self, namespace: _Optional[str] = ..., name: _Optional[str] = ...) -> None: ...
        CLUSTER_FIELD_NUMBER: _ClassVar[int]
        INTENT_FIELD_NUMBER: _ClassVar[int]
        DNS_ENDPOINT_FIELD_NUMBER: _ClassVar[int]
        cluster: str
        intent: str
        dns_endpoint: DnsRecord.Source.DnsEndpoint
        def __init__(self, cluster: _Optional[str] = ..., intent: _Optional[str] = ..., dns_endpoint: _Optional[_Union[DnsRecord.Source.DnsEndpoint, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    DNS_NAME_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    SET_IDENTIFIER_FIELD_NUMBER: _ClassVar[int]
    TTL_FIELD_NUMBER: _ClassVar[int]
    TARGETS_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    CONVERGENCE_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_CHANGE_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    update_time: _timestamp_pb2.Timestamp
    zone: str
    dns_name: str
    type: str
    set_identifier: str
    ttl: _duration_pb2.Duration
    targets: _containers.RepeatedScalarFieldContainer[str]
    sources: _containers.RepeatedCompositeFieldContainer[DnsRecord.Source]
    convergence: _convergence_pb2.Convergence
    provider_change_id: str
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., zone: _Optional[str] = ..., dns_name: _Optional[str] = ..., type: _Optional[str] = ..., set_identifier: _Optional[str] = ..., ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., targets: _Optional[_Iterable[str]] = ..., sources: _Optional[_Iterable[_Union[DnsRecord.Source, _Mapping]]] = ..., convergence: _Optional[_Union[_convergence_pb2.Convergence, _Mapping]] = ..., provider_change_id: _Optional[str] = ...) -> None: ...

class GetDnsRecordRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListDnsRecordsRequest(_message.Message):
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

class ListDnsRecordsResponse(_message.Message):
    __slots__ = ("dns_records", "next_page_token")
    DNS_RECORDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    dns_records: _containers.RepeatedCompositeFieldContainer[DnsRecord]
    next_page_token: str
    def __init__(self, dns_records: _Optional[_Iterable[_Union[DnsRecord, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
