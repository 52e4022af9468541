"""Who may come in, and as whom."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509
from google.rpc import error_details_pb2 as details_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_status import rpc_status

from trafficctl_server.api.principals import current_principal

OpenEdge = Any
ALICE, BOB = "alice-token-0123456789", "bob-token-0123456789abc"


async def who(_: str, __: Any) -> str:
    return current_principal()


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "tokens"
    file.write_text(f"# people\nalice:{ALICE}\nspiffe://corp/bob:{BOB}\nalice:{ALICE}-next\n")
    return file


async def refused(call: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    assert raised.value.code() == grpc.StatusCode.UNAUTHENTICATED
    status = rpc_status.from_call(raised.value)  # type: ignore[arg-type] # it has the same methods
    info = details_pb2.ErrorInfo()
    assert status is not None
    assert status.details[0].Unpack(info)
    assert info.reason == "UNAUTHENTICATED"
    return str(status.message)


async def test_a_token_names_the_principal(open_edge: OpenEdge, token_file: Path) -> None:
    async with open_edge(unary=who, token_file=token_file) as edge:
        for token, principal in (
            (ALICE, "alice"),
            (BOB, "spiffe://corp/bob"),
            (f"{ALICE}-next", "alice"),
        ):
            client = await edge.connect(token=token)
            assert (await client.unary()).value == principal


@pytest.mark.parametrize(
    "metadata",
    [
        (),
        (("authorization", ""),),
        (("authorization", "Bearer"),),
        (("authorization", "Bearer "),),
        (("authorization", f"Bearer {ALICE}x"),),
        (("authorization", f"Bearer {ALICE[:-1]}"),),
        (("authorization", f"Basic {ALICE}"),),
        (("authorization", ALICE),),
        (("authorization", "Bearer alice"),),
        (("authorization", "Bearer wrong"), ("authorization", f"Bearer {ALICE}")),
        (("authorization", f"Bearer {ALICE}"), ("authorization", "Bearer wrong")),
        (("token", ALICE),),
    ],
)
async def test_without_a_known_token_nothing_is_answered(
    open_edge: OpenEdge, token_file: Path, metadata: tuple[tuple[str, str], ...]
) -> None:
    reached: list[str] = []

    async def unary(text: str, _: Any) -> str:
        reached.append(text)
        return text

    async with open_edge(unary=unary, token_file=token_file) as edge:
        message = await refused(edge.client.unary("in", metadata=metadata))
        await refused(edge.client.stream("in", metadata=metadata).read())
    assert not reached
    assert ALICE not in message


async def test_health_needs_no_token(open_edge: OpenEdge, token_file: Path) -> None:
    async with open_edge(token_file=token_file) as edge:
        health = health_pb2_grpc.HealthStub(edge.client.channel)
        answer = await health.Check(health_pb2.HealthCheckRequest())
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


async def test_no_token_is_ever_logged(
    open_edge: OpenEdge, token_file: Path, lines: Callable[[], list[dict[str, Any]]]
) -> None:
    logging.getLogger().setLevel("DEBUG")
    async with open_edge(unary=who, token_file=token_file) as edge:
        await (await edge.connect(token=ALICE)).unary()
        await refused((await edge.connect(token=f"{ALICE}-wrong")).unary())
    written = lines()
    assert any(line.get("principal") == "alice" for line in written)
    assert not any(ALICE in str(line) for line in written)


async def test_without_configuration_nobody_is_named(open_edge: OpenEdge) -> None:
    async with open_edge(unary=who) as edge:
        client = await edge.connect(token="whatever-it-is-it-is-ignored")
        assert (await client.unary()).value == ""


async def test_mutual_tls_names_the_certificate_s_subject(open_edge: OpenEdge, pki: Any) -> None:
    spiffe = x509.UniformResourceIdentifier("spiffe://corp/ns/shop/sa/cart")
    async with open_edge(unary=who, tls=pki.server_tls(mutual=True)) as edge:
        plain = await edge.connect(pki.credentials("carol"))
        workload = await edge.connect(pki.credentials("cart", x509.DNSName("cart"), spiffe))
        assert (await plain.unary()).value == "carol"
        assert (await workload.unary()).value == "spiffe://corp/ns/shop/sa/cart"


async def test_mutual_tls_keeps_strangers_out(
    open_edge: OpenEdge, pki: Any, stranger_pki: Any
) -> None:
    reached: list[str] = []

    async def unary(text: str, _: Any) -> str:
        reached.append(text)
        return text

    cert, key = stranger_pki.issue("mallory")
    stranger = grpc.ssl_channel_credentials(
        pki.ca_file.read_bytes(), key.read_bytes(), cert.read_bytes()
    )
    nobody = grpc.ssl_channel_credentials(pki.ca_file.read_bytes())
    async with open_edge(unary=unary, tls=pki.server_tls(mutual=True)) as edge:
        for credentials in (stranger, nobody, None):
            client = await edge.connect(credentials)
            with pytest.raises(grpc.aio.AioRpcError) as raised:
                await client.unary("in")
            assert raised.value.code() == grpc.StatusCode.UNAVAILABLE
    assert not reached


async def test_under_mutual_tls_a_token_wins_and_must_be_valid(
    open_edge: OpenEdge, pki: Any, token_file: Path
) -> None:
    tls = pki.server_tls(mutual=True)
    credentials = pki.credentials("gateway")
    async with open_edge(unary=who, tls=tls, token_file=token_file) as edge:
        assert (await (await edge.connect(credentials)).unary()).value == "gateway"
        assert (await (await edge.connect(credentials, ALICE)).unary()).value == "alice"
        await refused((await edge.connect(credentials, "wrong-token-0123456789")).unary())


async def test_tls_with_tokens_needs_the_token(
    open_edge: OpenEdge, pki: Any, token_file: Path
) -> None:
    trusting = grpc.ssl_channel_credentials(pki.ca_file.read_bytes())
    tls = pki.server_tls(mutual=False)
    async with open_edge(unary=who, tls=tls, token_file=token_file) as edge:
        assert (await (await edge.connect(trusting, ALICE)).unary()).value == "alice"
        await refused((await edge.connect(trusting)).unary())
