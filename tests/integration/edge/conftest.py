"""A listener on a real socket with one made-up service whose behaviour each test brings."""

import datetime as dt
import io
import ipaddress
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from google.protobuf.wrappers_pb2 import StringValue

from trafficctl_server.api.listener import Listener, ListenError, Service
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.settings.groups import LimitsSettings, LogSettings, ServerSettings
from trafficctl_server.settings.quantities import Endpoint
from trafficctl_server.telemetry.logs import configure_logs
from trafficctl_server.telemetry.tracing import Tracing

Unary = Callable[[str, Any], Awaitable[str]]
Stream = Callable[[str, Any], AsyncIterator[str]]


@dataclass
class Probe:
    """What the made-up service does; by default it echoes."""

    unary: Unary | None = None
    stream: Stream | None = None

    async def _unary(self, request: StringValue, context: Any) -> StringValue:
        reply = await self.unary(request.value, context) if self.unary else request.value
        return StringValue(value=reply)

    async def _stream(self, request: StringValue, context: Any) -> AsyncIterator[StringValue]:
        if self.stream is None:
            yield request
            return
        async for reply in self.stream(request.value, context):
            yield StringValue(value=reply)

    def add(self, _: Any, server: grpc.aio.Server) -> None:
        handlers = {
            "Unary": grpc.unary_unary_rpc_method_handler(
                self._unary, StringValue.FromString, StringValue.SerializeToString
            ),
            "Stream": grpc.unary_stream_rpc_method_handler(
                self._stream, StringValue.FromString, StringValue.SerializeToString
            ),
        }
        server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("test.Probe", handlers),)
        )


@dataclass
class Client:
    """Calls the made-up service."""

    channel: grpc.aio.Channel
    metadata: tuple[tuple[str, str], ...] = ()

    def unary(self, text: str = "", **options: Any) -> Any:
        return self._call("unary_unary", "/test.Probe/Unary", text, options)

    def stream(self, text: str = "", **options: Any) -> Any:
        return self._call("unary_stream", "/test.Probe/Stream", text, options)

    def _call(self, arity: str, method: str, text: str, options: dict[str, Any]) -> Any:
        call = getattr(self.channel, arity)(
            method, StringValue.SerializeToString, StringValue.FromString
        )
        return call(StringValue(value=text), **({"metadata": self.metadata} | options))


@dataclass
class Edge:
    """A running listener."""

    listener: Listener
    address: Endpoint
    probe: Probe
    client: Client
    stack: AsyncExitStack = field(repr=False)

    async def connect(
        self, credentials: grpc.ChannelCredentials | None = None, token: str = ""
    ) -> Client:
        """Open one more connection of its own."""
        options = (("grpc.use_local_subchannel_pool", 1),)
        if credentials:
            channel = grpc.aio.secure_channel(str(self.address), credentials, options)
        else:
            channel = grpc.aio.insecure_channel(str(self.address), options)
        await self.stack.enter_async_context(channel)
        return Client(channel, (("authorization", f"Bearer {token}"),) if token else ())


OpenEdge = Callable[..., Any]


@pytest.fixture
def open_edge() -> OpenEdge:
    @asynccontextmanager
    async def opened(
        *,
        unary: Unary | None = None,
        stream: Stream | None = None,
        tracing: Tracing | None = None,
        services: tuple[Service, ...] = (),
        limits: dict[str, Any] | None = None,
        **server: Any,
    ) -> AsyncIterator[Edge]:
        probe = Probe(unary, stream)
        listener = Listener(
            server=ServerSettings.model_validate({"listen": "127.0.0.1:0"} | server),
            limits=LimitsSettings.model_validate(limits or {}),
            tracing=tracing or Tracing(),
            precedence=Precedence(),
        )
        own = Service(name="test.Probe", servicer=probe, add=probe.add)
        try:
            address = await listener.start([own, *services])
        except ListenError:
            await listener.drain(dt.timedelta(seconds=5))  # as whoever owns it must be able to
            raise
        async with AsyncExitStack() as stack:
            edge = Edge(listener, address, probe, Client(None), stack)  # type: ignore[arg-type] # set below
            edge.client = await edge.connect()
            try:
                yield edge
            finally:
                await listener.drain(dt.timedelta(seconds=5))

    return opened


@pytest.fixture
def lines() -> Iterator[Any]:
    """Read the log lines written so far, as a collector does."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs(LogSettings(), stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)


@dataclass(frozen=True)
class Pki:
    """PEM files of one authority, a server and clients."""

    folder: Path
    authority: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def issue(self, name: str, *sans: x509.GeneralName) -> tuple[Path, Path]:
        """Write a certificate and its key for a common name."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(name, self.authority.subject, key, self.key, sans)
        cert_file, key_file = self.folder / f"{name}.crt", self.folder / f"{name}.key"
        cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        key_file.write_bytes(_pem(key))
        return cert_file, key_file

    @property
    def ca_file(self) -> Path:
        file = self.folder / "ca.crt"
        file.write_bytes(self.authority.public_bytes(serialization.Encoding.PEM))
        return file

    def credentials(self, name: str, *sans: x509.GeneralName) -> grpc.ChannelCredentials:
        """Give a client's credentials for mutual TLS."""
        cert, key = self.issue(name, *sans)
        return grpc.ssl_channel_credentials(
            self.ca_file.read_bytes(), key.read_bytes(), cert.read_bytes()
        )

    def server_tls(self, *, mutual: bool) -> dict[str, Path]:
        cert, key = self.issue(
            "server", x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")
        )
        return {"cert": cert, "key": key} | ({"client_ca": self.ca_file} if mutual else {})


def new_pki(folder: Path) -> Pki:
    folder.mkdir(exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, folder.name)])
    return Pki(folder, _certificate(folder.name, name, key, key, (), authority=True), key)


@pytest.fixture
def pki(tmp_path: Path) -> Pki:
    return new_pki(tmp_path / "ours")


@pytest.fixture
def stranger_pki(tmp_path: Path) -> Pki:
    return new_pki(tmp_path / "strangers")


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _certificate(
    name: str,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    sans: tuple[x509.GeneralName, ...],
    *,
    authority: bool = False,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
    )
    if sans:
        builder = builder.add_extension(x509.SubjectAlternativeName(sans), critical=False)
    return builder.sign(signer, hashes.SHA256())
