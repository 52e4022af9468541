"""Which installed drivers may be loaded."""

from importlib.metadata import EntryPoint
from itertools import permutations

import pytest

from trafficctl_server.drivers.discovery import judge

GROUP = "trafficctl.drivers"


def test_the_order_of_entry_points_does_not_matter() -> None:
    points = [EntryPoint(name, f"{name}_driver", GROUP) for name in ("b", "a", "c")]
    points.append(EntryPoint("a", "another", GROUP))

    found = {judge(order, ()) for order in permutations(points)}

    assert len(found) == 1
    (drivers,) = found
    assert [driver.name for driver in drivers] == ["a", "b", "c"]
    assert "several drivers are named a" in drivers[0].refusal
    assert not drivers[1].refusal


def test_a_wheel_seen_twice_on_the_path_is_one_driver() -> None:
    point = EntryPoint("a", "a_driver", GROUP)

    (driver,) = judge([point, point], ())

    assert not driver.refusal


@pytest.mark.parametrize("name", ["none", "Istio", "a/b", "..", "trafficctl-x", "1st", "a" * 64])
def test_a_name_that_a_cluster_could_not_state_is_refused(name: str) -> None:
    (driver,) = judge([EntryPoint(name, "driver", GROUP)], ())

    assert "is no driver id" in driver.refusal


def test_a_blocked_name_is_refused() -> None:
    (driver,) = judge([EntryPoint("a", "driver", GROUP)], {"a"})

    assert "drivers.blocked" in driver.refusal
