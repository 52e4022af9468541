"""What ``docs/reachability.md`` shows is asked of a controller, request by request."""

import re
from pathlib import Path
from typing import Final

import pytest
import trafficctl_istio.plugin
from trafficctl.v2 import plan_pb2, reachability_pb2

from tests.docs.requests_page import follow
from tests.fakes.drivers import InProcessDrivers
from tests.fakes.town import town

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = (ROOT / "docs" / "reachability.md").read_text()


async def test_every_request_is_answered_as_shown(tmp_path: Path) -> None:
    drivers = InProcessDrivers()
    drivers.add_module(trafficctl_istio.plugin)
    async with town(tmp_path, drivers) as it:
        await follow(PAGE, it)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("verdict", reachability_pb2.Explanation.Verdict),
        ("basis", reachability_pb2.Basis.Value),
        ("effect", plan_pb2.ReachChange.Effect),
        ("cause", plan_pb2.ReachChange.Cause.Kind),
    ],
)
def test_every_value_is_described(heading: str, values: type[int]) -> None:
    (table,) = re.findall(rf"^\| {heading} \|.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    rows = re.findall(r"^\| `([A-Z_]+)`", table, re.MULTILINE)
    assert set(rows) == set(values.keys()[1:])  # type: ignore[attr-defined] # an enum of protobuf


def test_every_fact_that_the_server_itself_misses_is_described() -> None:
    source = "".join(
        it.read_text() for it in (ROOT / "trafficctl_server" / "reachability").glob("*.py")
    )
    missed = set(re.findall(r'MissingFact\(\s*kind="(\w+)"', source))
    (table,) = re.findall(r"^\| missing \|.*\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == missed
