from buf.validate import validate_pb2 as _validate_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from trafficctl.v2 import cluster_pb2 as _cluster_pb2
from trafficctl.v2 import dns_provider_intent_pb2 as _dns_provider_intent_pb2
from trafficctl.v2 import dns_record_pb2 as _dns_record_pb2
from trafficctl.v2 import driver_pb2 as _driver_pb2
from trafficctl.v2 import inbound_intent_pb2 as _inbound_intent_pb2
from trafficctl.v2 import intercluster_intent_pb2 as _intercluster_intent_pb2
from trafficctl.v2 import intracluster_intent_pb2 as _intracluster_intent_pb2
from trafficctl.v2 import managed_object_pb2 as _managed_object_pb2
from trafficctl.v2 import outbound_intent_pb2 as _outbound_intent_pb2
from trafficctl.v2 import realization_pb2 as _realization_pb2
from trafficctl.v2 import traffic_intent_group_pb2 as _traffic_intent_group_pb2
from trafficctl.v2 import workload_pb2 as _workload_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Resource(_message.Message):
    __slots__ = ("traffic_intent_group", "intercluster_intent", "intracluster_intent", "outbound_intent", "inbound_intent", "dns_provider_intent", "workload", "cluster", "realization", "managed_object", "dns_record", "driver")
    TRAFFIC_INTENT_GROUP_FIELD_NUMBER: _ClassVar[int]
    INTERCLUSTER_INTENT_FIELD_NUMBER: _ClassVar[int]
    INTRACLUSTER_INTENT_FIELD_NUMBER: _ClassVar[int]
    OUTBOUND_INTENT_FIELD_NUMBER: _ClassVar[int]
    INBOUND_INTENT_FIELD_NUMBER: _ClassVar[int]
    DNS_PROVIDER_INTENT_FIELD_NUMBER: _ClassVar[int]
    WORKLOAD_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_FIELD_NUMBER: _ClassVar[int]
    REALIZATION_FIELD_NUMBER: _ClassVar[int]
    MANAGED_OBJECT_FIELD_NUMBER: _ClassVar[int]
    DNS_RECORD_FIELD_NUMBER: _ClassVar[int]
    DRIVER_FIELD_NUMBER: _ClassVar[int]
    traffic_intent_group: _traffic_intent_group_pb2.TrafficIntentGroup
    intercluster_intent: _intercluster_intent_pb2.InterclusterIntent
    intracluster_intent: _intracluster_intent_pb2.IntraclusterIntent
    outbound_intent: _outbound_intent_pb2.OutboundIntent
    inbound_intent: _inbound_intent_pb2.InboundIntent
    dns_provider_intent: _dns_provider_intent_pb2.DnsProviderIntent
    workload: _workload_pb2.Workload
    cluster: _cluster_pb2.Cluster
    realization: _realization_pb2.Realization
    managed_object: _managed_object_pb2.ManagedObject
    dns_record: _dns_record_pb2.DnsRecord
    driver: _driver_pb2.Driver
    def __init__(self, traffic_intent_group: _Optional[_Union[_traffic_intent_group_pb2.TrafficIntentGroup, _Mapping]] = ..., intercluster_intent: _Optional[_Union[_intercluster_intent_pb2.InterclusterIntent, _Mapping]] = ..., intracluster_intent: _Optional[_Union[_intracluster_intent_pb2.IntraclusterIntent, _Mapping]] = ..., outbound_intent: _Optional[_Union[_outbound_intent_pb2.OutboundIntent, _Mapping]] = ..., inbound_intent: _Optional[_Union[_inbound_intent_pb2.InboundIntent, _Mapping]] = ..., dns_provider_intent: _Optional[_Union[_dns_provider_intent_pb2.DnsProviderIntent, _Mapping]] = ..., workload: _Optional[_Union[_workload_pb2.Workload, _Mapping]] = ..., cluster: _Optional[_Union[_cluster_pb2.Cluster, _Mapping]] = ..., realization: _Optional[_Union[_realization_pb2.Realization, _Mapping]] = ..., managed_object: _Optional[_Union[_managed_object_pb2.ManagedObject, _Mapping]] = ..., dns_record: _Optional[_Union[_dns_record_pb2.DnsRecord, _Mapping]] = ..., driver: _Optional[_Union[_driver_pb2.Driver, _Mapping]] = ...) -> None: ...
