"""One real server for all tests of the command, with the bookinfo example in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Cli, applied_bookinfo, running_server


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("server")) as address:
        applied_bookinfo(address)
        yield address


@pytest.fixture
def cli(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return Cli(("--server", address))


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Give a command that knows no server."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return Cli(())
