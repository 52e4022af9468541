"""Every scenario ends as its file says."""

from pathlib import Path

import pytest

from tests.scenarios.playing import play
from tests.scenarios.scenario import Scenario, scenarios


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda it: it.id)
async def test_a_scenario_ends_as_it_says(scenario: Scenario, tmp_path: Path) -> None:
    await play(scenario, tmp_path)
