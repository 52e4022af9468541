"""Servers on real sockets for the tests of the interface."""

from collections.abc import AsyncIterator

import pytest

from tests.integration.api.site import Site, opened


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Give a fresh server with nothing in it."""
    async with opened() as running:
        yield running
