"""A folder for drivers, and hosts that must leave no process behind."""

import sys
from collections.abc import AsyncIterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import pytest

from tests.fakes.driver_site import DriverSite, HostStarter, worker_processes
from trafficctl_server.drivers import discovery
from trafficctl_server.drivers.host import DriverHost, DriverHostSettings
from trafficctl_server.drivers.limits import MEBIBYTE, SECOND


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DriverSite:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])

    def entry_points(group: str) -> list[EntryPoint]:
        """Find what is in the folder alone, whatever else this interpreter has installed."""
        found = (one.entry_points for one in distributions(path=[str(folder)]))
        return [one for points in found for one in points.select(group=group)]

    monkeypatch.setattr(discovery, "entry_points", entry_points)
    return DriverSite(folder)


@pytest.fixture
async def start_host() -> AsyncIterator[HostStarter]:
    """Start a host with short limits; after the test its processes must be gone."""
    hosts: list[DriverHost] = []

    async def start(**settings: object) -> DriverHost:
        chosen = {
            "time_limit": SECOND,
            "load_limit": 20 * SECOND,
            "memory_limit": 160 * MEBIBYTE,
            **settings,
        }
        host = DriverHost(DriverHostSettings(**chosen))  # type: ignore[arg-type] # keywords of the caller
        hosts.append(host)
        await host.start()
        return host

    yield start
    for host in hosts:
        await host.stop()
    assert worker_processes() == set()
