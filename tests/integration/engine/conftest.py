"""Controllers without a door: real office, real engine, real files, the real Istio driver."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trafficctl_istio.plugin

from tests.fakes.bad_disk import BadDisk
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import Town, town


@pytest.fixture
def drivers() -> InProcessDrivers:
    """Give the driver host of a controller, with the Istio driver."""
    host = InProcessDrivers()
    host.add_module(trafficctl_istio.plugin)
    return host


@pytest.fixture
def disk() -> BadDisk:
    """Give the disk of the controller; it is a good one until a test says otherwise."""
    return BadDisk()


@pytest.fixture
async def it(tmp_path: Path, drivers: InProcessDrivers, disk: BadDisk) -> AsyncIterator[Town]:
    """Give a running controller over an empty store and an empty folder."""
    async with town(tmp_path, drivers, on_step=disk) as running:
        yield running


@pytest.fixture
async def watchful(tmp_path: Path, drivers: InProcessDrivers, disk: BadDisk) -> AsyncIterator[Town]:
    """Give one that looks for drift all the time."""
    async with town(tmp_path, drivers, on_step=disk, scan_interval=0.01) as running:
        yield running
