"""Types of ``trafficctl/v2/dns_provider_intent_pb2_grpc.py``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import overload

import grpc
import grpc.aio
from trafficctl.v2 import dns_provider_intent_pb2

class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore
    """What both kinds of server hand over; either is enough for a handler."""

class DnsProviderIntentServiceStub:
    """Manages intents that publish names at a DNS provider."""
    @overload
    def __new__(cls, channel: grpc.Channel) -> DnsProviderIntentServiceStub: ...
    @overload
    def __new__(cls, channel: grpc.aio.Channel) -> DnsProviderIntentServiceAsyncStub: ...
    CreateDnsProviderIntent: grpc.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.CreateDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]
    """Creates a DNS provider intent.

    Answers once it is stored; its realizations and records tell what becomes of it.
    """
    GetDnsProviderIntent: grpc.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.GetDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]
    """Reads one DNS provider intent.

    Secrets are never answered.
    """
    ListDnsProviderIntents: grpc.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.ListDnsProviderIntentsRequest,
        dns_provider_intent_pb2.ListDnsProviderIntentsResponse,
    ]
    """Lists the DNS provider intents of a project or of a group; `-` stands for any id."""
    UpdateDnsProviderIntent: grpc.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.UpdateDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]
    """Changes a DNS provider intent.

    An absent secret keeps the stored one.
    """
    DeleteDnsProviderIntent: grpc.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.DeleteDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]
    """Deletes a DNS provider intent and removes the records it owns; `orphan_records` leaves them.
    Answers the intent in state DELETING, which stays readable until that is done.
    """

class DnsProviderIntentServiceAsyncStub(DnsProviderIntentServiceStub):
    """What ``DnsProviderIntentServiceStub`` is over a channel of asyncio; types only."""

    CreateDnsProviderIntent: grpc.aio.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.CreateDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]  # type: ignore[assignment]
    GetDnsProviderIntent: grpc.aio.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.GetDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]  # type: ignore[assignment]
    ListDnsProviderIntents: grpc.aio.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.ListDnsProviderIntentsRequest,
        dns_provider_intent_pb2.ListDnsProviderIntentsResponse,
    ]  # type: ignore[assignment]
    UpdateDnsProviderIntent: grpc.aio.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.UpdateDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]  # type: ignore[assignment]
    DeleteDnsProviderIntent: grpc.aio.UnaryUnaryMultiCallable[
        dns_provider_intent_pb2.DeleteDnsProviderIntentRequest,
        dns_provider_intent_pb2.DnsProviderIntent,
    ]  # type: ignore[assignment]

class DnsProviderIntentServiceServicer:
    """Manages intents that publish names at a DNS provider."""
    def CreateDnsProviderIntent(
        self, request: dns_provider_intent_pb2.CreateDnsProviderIntentRequest, context: _Context
    ) -> (
        dns_provider_intent_pb2.DnsProviderIntent
        | Awaitable[dns_provider_intent_pb2.DnsProviderIntent]
    ):
        """Creates a DNS provider intent.

        Answers once it is stored; its realizations and records tell what becomes of it.
        """
    def GetDnsProviderIntent(
        self, request: dns_provider_intent_pb2.GetDnsProviderIntentRequest, context: _Context
    ) -> (
        dns_provider_intent_pb2.DnsProviderIntent
        | Awaitable[dns_provider_intent_pb2.DnsProviderIntent]
    ):
        """Reads one DNS provider intent.

        Secrets are never answered.
        """
    def ListDnsProviderIntents(
        self, request: dns_provider_intent_pb2.ListDnsProviderIntentsRequest, context: _Context
    ) -> (
        dns_provider_intent_pb2.ListDnsProviderIntentsResponse
        | Awaitable[dns_provider_intent_pb2.ListDnsProviderIntentsResponse]
    ):
        """Lists the DNS provider intents of a project or of a group; `-` stands for any id."""
    def UpdateDnsProviderIntent(
        self, request: dns_provider_intent_pb2.UpdateDnsProviderIntentRequest, context: _Context
    ) -> (
        dns_provider_intent_pb2.DnsProviderIntent
        | Awaitable[dns_provider_intent_pb2.DnsProviderIntent]
    ):
        """Changes a DNS provider intent.

        An absent secret keeps the stored one.
        """
    def DeleteDnsProviderIntent(
        self, request: dns_provider_intent_pb2.DeleteDnsProviderIntentRequest, context: _Context
    ) -> (
        dns_provider_intent_pb2.DnsProviderIntent
        | Awaitable[dns_provider_intent_pb2.DnsProviderIntent]
    ):
        """Deletes a DNS provider intent and removes the records it owns; `orphan_records` leaves
        them. Answers the intent in state DELETING, which stays readable until that is done.
        """

def add_DnsProviderIntentServiceServicer_to_server(
    servicer: DnsProviderIntentServiceServicer, server: grpc.Server | grpc.aio.Server
) -> None: ...
