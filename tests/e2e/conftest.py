"""One set of environments for all end-to-end tests, and servers that run from them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest

from tests.e2e import shelf
from tests.e2e.calls import Client
from tests.e2e.environments import Environment, build_wheels, make_environment
from tests.e2e.running import Server, running_server
from tools.build_peer import PeerMissingError, find_or_build

HERE = Path(__file__).parent
LIMIT = 300
"""Seconds for one test; the first one makes the environments, and machines may be loaded."""
DRIVERS = ("trafficctl-istio", "trafficctl-networkpolicy", "trafficctl-example")
CLIENT_NEEDS = ("googleapis-common-protos", "grpcio", "protobuf", "typing-extensions")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.timeout(LIMIT))


@dataclass(frozen=True, slots=True)
class Installed:
    """What a user has after installing.

    :ivar server: with the server, its drivers and the command line.
    :ivar client: with ``trafficctl-api`` and what it needs, nothing else.
    """

    wheels: Path
    server: Environment
    client: Environment


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    wheels = folder / "wheels"
    build_wheels(wheels)
    with ThreadPoolExecutor() as pool:
        server = pool.submit(
            make_environment,
            folder / "server",
            wheels,
            ("trafficctl-server", "trafficctl-istio", "trafficctl-networkpolicy", "trafficctl-cli"),
        )
        client = pool.submit(
            make_environment, folder / "client", wheels, ("trafficctl-api",), CLIENT_NEEDS
        )
        return Installed(wheels, server.result(), client.result())


@pytest.fixture(scope="session")
def workshop(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Make the environment of somebody who writes drivers: the SDK and all of ours, no server."""
    return make_environment(
        tmp_path_factory.mktemp("workshop") / "venv",
        installed.wheels,
        ("trafficctl-sdk[conformance]", *DRIVERS),
        shelf.closure("pytest", "hypothesis", "pip", "hatchling", "editables"),
    )


@pytest.fixture
def server(installed: Installed, tmp_path: Path) -> Iterator[Server]:
    with running_server(installed.server, tmp_path / "server") as running:
        yield running


@pytest.fixture(scope="session")
def grpcurl() -> Path:
    try:
        return find_or_build("grpcurl")
    except PeerMissingError as error:
        pytest.skip(str(error))


@pytest.fixture
def client(server: Server) -> Iterator[Client]:
    with grpc.insecure_channel(server.address) as channel:
        yield Client(channel)
