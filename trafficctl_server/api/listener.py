"""The gRPC socket: who may come in, what surrounds every RPC, and how it closes."""

import logging
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc
from grpc_reflection.v1alpha._async import ReflectionServicer

from trafficctl_server.api.health import Health
from trafficctl_server.api.interceptors.access_log import AccessLog
from trafficctl_server.api.interceptors.authentication import Authentication
from trafficctl_server.api.interceptors.call import HEALTH
from trafficctl_server.api.interceptors.chain import Chain
from trafficctl_server.api.interceptors.deadlines import Deadlines
from trafficctl_server.api.interceptors.draining import Draining
from trafficctl_server.api.interceptors.overload import Overload
from trafficctl_server.api.interceptors.tracing import TraceRpcs
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.settings.files import read_tokens
from trafficctl_server.settings.groups import LimitsSettings, ServerSettings, TlsSettings
from trafficctl_server.settings.quantities import Endpoint
from trafficctl_server.telemetry.tracing import Tracing

_log = logging.getLogger(__name__)
_LAST_ANSWERS: Final = 5.0  # seconds at most for answers that are on their way
_KEEPALIVE_MS: Final = 30_000  # a watcher that is gone is noticed within 40 s
_KEEPALIVE_TIMEOUT_MS: Final = 10_000
_CLIENT_PING_MS: Final = 10_000  # clients that ping more often are sent away


class ListenError(Exception):
    """The address cannot be listened on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One gRPC service.

    :ivar name: full name, such as ``trafficctl.v2.ClusterService``.
    :ivar add: the generated ``add_…Servicer_to_server``.
    """

    name: str
    servicer: Any
    add: Callable[[Any, Any], None]


class Listener:
    """Serves until drained; made, started and drained once, all in one event loop."""

    def __init__(
        self,
        *,
        server: ServerSettings,
        limits: LimitsSettings,
        tracing: Tracing,
        precedence: Precedence,
    ) -> None:
        self._settings = server
        self._health = Health()
        self._draining = Draining()
        tokens = read_tokens(server.token_file) if server.token_file else ()
        mutual_tls = server.tls is not None and server.tls.client_ca is not None
        layers = (
            TraceRpcs(tracing),
            AccessLog(),
            self._draining,
            Overload(limits, precedence),
            Authentication(tokens, mutual_tls=mutual_tls),
        )
        self._chain = Chain(layers, Deadlines(limits))
        self._server = grpc.aio.server(handlers=[self._chain], options=_options(limits))

    async def start(self, services: Sequence[Service]) -> Endpoint:
        """Listen, with reflection and health beside the services; answers where.

        :raises ListenError: the address is taken or is not this machine's.
        """
        names = [service.name for service in services]
        for service in services:
            service.add(service.servicer, self._chain)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._chain)
        listed = ReflectionServicer((*names, HEALTH, reflection.SERVICE_NAME))
        reflection_pb2_grpc.add_ServerReflectionServicer_to_server(listed, self._chain)
        bound = self._bind(self._settings.listen)
        for name in (*names, HEALTH, reflection.SERVICE_NAME):
            await self._health.set(name, health_pb2.HealthCheckResponse.SERVING)
        await self._server.start()
        if self._settings.token_file and not self._settings.tls and not bound.local:
            _log.warning("tokens cross the network in clear text: set server.tls")
        _log.info("listening", extra={"address": str(bound)})
        return bound

    async def drain(self, deadline: timedelta) -> None:
        """Say NOT_SERVING, refuse what is new, end streams, let the rest finish, then close."""
        _log.info("draining")
        await self._health.enter_graceful_shutdown()
        await self._draining.drain(deadline.total_seconds())
        await self._server.stop(_LAST_ANSWERS)
        _log.info("closed")

    def _bind(self, address: Endpoint) -> Endpoint:
        tls = self._settings.tls
        old = os.umask(0o007)  # a unix socket is for its owner and group
        try:
            if tls:
                port = self._server.add_secure_port(str(address), _credentials(tls))
            else:
                port = self._server.add_insecure_port(str(address))
        except RuntimeError:
            raise ListenError(
                f"cannot listen on {address}: {_why(address)}; change server.listen"
            ) from None
        finally:
            os.umask(old)
        return address if address.path else Endpoint(host=address.host, port=port)


def _options(limits: LimitsSettings) -> list[tuple[str, Any]]:
    per_connection = limits.concurrent_rpcs + limits.concurrent_streams + 1
    return [
        ("grpc.so_reuseport", 0),  # else a second server silently shares the port
        ("grpc.max_receive_message_length", limits.message_size),
        ("grpc.max_concurrent_streams", per_connection),
        ("grpc.keepalive_time_ms", _KEEPALIVE_MS),
        ("grpc.keepalive_timeout_ms", _KEEPALIVE_TIMEOUT_MS),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.min_ping_interval_without_data_ms", _CLIENT_PING_MS),
    ]


def _credentials(tls: TlsSettings) -> grpc.ServerCredentials:
    return grpc.ssl_server_credentials(
        [(tls.key.read_bytes(), tls.cert.read_bytes())],
        root_certificates=tls.client_ca.read_bytes() if tls.client_ca else None,
        require_client_auth=tls.client_ca is not None,
    )


def _why(address: Endpoint) -> str:
    """Ask the system itself: gRPC says only that it failed."""
    try:
        if address.path:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
                probe.bind(address.path)
            Path(address.path).unlink()
        else:
            found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
            with socket.socket(found[0][0], socket.SOCK_STREAM) as probe:
                probe.bind(found[0][4])
    except OSError as error:
        return (error.strerror or "unknown error").lower()
    return "the address cannot be used"
