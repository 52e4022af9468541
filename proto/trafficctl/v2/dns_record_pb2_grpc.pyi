"""Types of ``trafficctl/v2/dns_record_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import dns_record_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class DnsRecordServiceStub:
    """Shows the ledger of DNS: every record set this server owns."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> DnsRecordServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> DnsRecordServiceAsyncStub: ...
    GetDnsRecord: grpc.UnaryUnaryMultiCallable[
        dns_record_pb2.GetDnsRecordRequest, dns_record_pb2.DnsRecord
    ]
    """Reads one record set."""
    ListDnsRecords: grpc.UnaryUnaryMultiCallable[
        dns_record_pb2.ListDnsRecordsRequest, dns_record_pb2.ListDnsRecordsResponse
    ]
    """Lists the record sets of a DNS provider intent; `-` stands for any id in the parent."""

class DnsRecordServiceAsyncStub(DnsRecordServiceStub):
    """What ``DnsRecordServiceStub`` is over a channel of asyncio; types only."""

    GetDnsRecord: grpc.aio.UnaryUnaryMultiCallable[
        dns_record_pb2.GetDnsRecordRequest, dns_record_pb2.DnsRecord
    ]  # type: ignore[assignment]
    ListDnsRecords: grpc.aio.UnaryUnaryMultiCallable[
        dns_record_pb2.ListDnsRecordsRequest, dns_record_pb2.ListDnsRecordsResponse
    ]  # type: ignore[assignment]

class DnsRecordServiceServicer:
    """Shows the ledger of DNS: every record set this server owns."""
    def GetDnsRecord(
        self, request: dns_record_pb2.GetDnsRecordRequest, context: _Context
    ) -> dns_record_pb2.DnsRecord | Awaitable[dns_record_pb2.DnsRecord]:
        """Reads one record set."""
    def ListDnsRecords(
        self, request: dns_record_pb2.ListDnsRecordsRequest, context: _Context
    ) -> dns_record_pb2.ListDnsRecordsResponse | Awaitable[dns_record_pb2.ListDnsRecordsResponse]:
        """Lists the record sets of a DNS provider intent; `-` stands for any id in the parent."""

def add_DnsRecordServiceServicer_to_server(
    servicer: DnsRecordServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
