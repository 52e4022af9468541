"""How calls are made: repeated where that is safe, over TLS with both sides proved."""

import ipaddress
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import pytest
from cryptography import x509
from google.rpc.code_pb2 import UNAVAILABLE
from google.rpc.error_details_pb2 import ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from trafficctl_cli.commands.drafting import finished
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import method
from trafficctl_cli.server.connection import connected
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.settings import Endpoint

from tests.cli.running import Cli, running_server
from tests.integration.edge.conftest import new_pki

APPLY = method("ApplyPlan")


class Site:
    """Serves one RPC: refuses as often as told, then answers."""

    def __init__(self, refusals: int, *details: Any) -> None:
        self.refusals = refusals
        self.details = details
        self.requests: list[Any] = []

    def answer(self, request: Any, context: grpc.ServicerContext) -> Any:
        self.requests.append(request)
        if len(self.requests) <= self.refusals:
            status = Status(code=UNAVAILABLE)
            for detail in self.details:
                status.details.add().Pack(detail)
            if self.details:
                trailing = ("grpc-status-details-bin", status.SerializeToString())
                context.set_trailing_metadata((trailing,))
            context.abort(grpc.StatusCode.UNAVAILABLE, "away")
        return APPLY.response(name=request.name, applied_revision=7)


@contextmanager
def served(site: Site) -> Iterator[str]:
    _, service, name = APPLY.path.split("/")
    handler = grpc.unary_unary_rpc_method_handler(
        site.answer, APPLY.request.FromString, APPLY.response.SerializeToString
    )
    with ThreadPoolExecutor(1) as pool:
        server = grpc.server(pool)
        server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler(service, {name: handler}),)
        )
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            yield f"127.0.0.1:{port}"
        finally:
            server.stop(None).wait()


def retry_in(milliseconds: int) -> tuple[Any, ...]:
    retry = RetryInfo()
    retry.retry_delay.FromMilliseconds(milliseconds)
    return ErrorInfo(reason="STORE_UNAVAILABLE", domain="trafficctl.dev"), retry


def test_what_the_server_asks_to_repeat_is_repeated_as_the_same_request() -> None:
    site = Site(2, *retry_in(10))
    with served(site) as address, connected(Endpoint(server=address)) as connection:
        answer = connection.call(APPLY, APPLY.request(name="projects/p/plans/x", digest="d"))
    assert answer.applied_revision == 7
    assert len(site.requests) == 3
    assert len({it.request_id for it in site.requests}) == 1
    assert site.requests[0].request_id


def test_what_would_come_too_late_is_not_repeated() -> None:
    site = Site(1, *retry_in(3_600_000))
    with (
        served(site) as address,
        connected(Endpoint(server=address)) as connection,
        pytest.raises(Failure) as caught,
    ):
        connection.call(APPLY, APPLY.request(name="projects/p/plans/x", digest="d"))
    assert caught.value.reason == "STORE_UNAVAILABLE"
    assert len(site.requests) == 1


def test_a_connection_that_never_was_is_not_tried_again_and_one_that_broke_is() -> None:
    first = Site(1)
    with served(first) as address, connected(Endpoint(server=address)) as connection:
        request = APPLY.request(name="projects/p/plans/x", digest="d")
        with pytest.raises(Failure):
            connection.call(APPLY, request)
        assert connection.call(APPLY, request).applied_revision == 7
        first.refusals, before = 3, len(first.requests)
        assert connection.call(APPLY, request).applied_revision == 7
        assert len(first.requests) == before + 2


def test_where_the_answer_to_an_apply_is_lost_it_is_said_how_to_find_out() -> None:
    plan = APPLY.response(name="projects/p/plans/x", digest="d")
    with (
        served(Site(1)) as address,
        connected(Endpoint(server=address)) as connection,
        pytest.raises(CommandError) as caught,
    ):
        finished(connection, plan)
    assert caught.value.exit is Exit.UNREACHABLE
    assert caught.value.lines[-1] == (
        "  whether it was applied, trafficctl plan get projects/p/plans/x says"
    )


def test_both_sides_prove_who_they_are(tmp_path: Path, alone: Cli) -> None:
    pki, others = new_pki(tmp_path / "pki"), new_pki(tmp_path / "others")
    tls = pki.server_tls(mutual=True)
    cert, key = pki.issue("anna", x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    settings = {f"SERVER__TLS__{name.upper()}": str(file) for name, file in tls.items()}
    with running_server(tmp_path, **settings) as address:
        ours = ("--server", address, "--ca", str(pki.ca_file), "--timeout", "10s")
        known = alone("get", "drivers", *ours, "--cert", str(cert), "--key", str(key))
        assert (known.code, known.err) == (0, "")

        nobody = alone("get", "drivers", *ours)
        assert (nobody.code, nobody.out) == (6, "")
        fooled = alone("get", "drivers", "--server", address, "--ca", str(others.ca_file))
        assert (fooled.code, fooled.out) == (6, "")
        plain = alone("get", "drivers", "--server", address, "--timeout", "10s")
        assert (plain.code, plain.out) == (6, "")
