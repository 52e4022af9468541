"""What ``docs/plans.md`` shows is asked of a controller, request by request."""

import re
from pathlib import Path
from typing import Final

import trafficctl_istio.plugin

from tests.docs.requests_page import follow
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import town
from trafficctl_server.plans.plan import PlanState

PAGE: Final = (Path(__file__).parents[2] / "docs" / "plans.md").read_text()


async def test_every_request_is_answered_as_shown(tmp_path: Path) -> None:
    drivers = InProcessDrivers()
    drivers.add_module(trafficctl_istio.plugin)
    async with town(tmp_path, drivers) as it:
        await follow(PAGE, it)


def test_every_state_is_described() -> None:
    rows = re.findall(r"^\| `([A-Z]+)` \|", PAGE, re.MULTILINE)
    assert rows == list(PlanState)
