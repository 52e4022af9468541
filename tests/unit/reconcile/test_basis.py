"""A start begins from what the last run left only where all that it followed from is the same."""

from dataclasses import replace

import pytest
import trafficctl_istio.plugin

from tests.fakes.drivers import InProcessDrivers
from trafficctl_server.drivers.roster import DriverState, DriverStatus, Isolation
from trafficctl_server.reconcile.basis import basis_of

POOL = "240.96.0.0/24"
CLUSTERS = (("clusters/east", "uid", 1, "ACTIVE"),)


@pytest.fixture
def istio() -> DriverStatus:
    host = InProcessDrivers()
    host.add_module(trafficctl_istio.plugin)
    return host.roster[0]


def test_it_is_the_same_whatever_goes_on_with_a_drivers_processes(istio: DriverStatus) -> None:
    busy = replace(
        istio,
        state=DriverState.DEGRADED,
        health="slow",
        restarts=3,
        isolation=Isolation(pids=(1, 2), time_limit=5, memory_limit=7),
    )
    assert basis_of(POOL, [istio], CLUSTERS) == basis_of(POOL, [busy], CLUSTERS)


def test_it_is_another_where_anything_else_is(istio: DriverStatus) -> None:
    refused = replace(istio, state=DriverState.REFUSED, refusal="too old")
    bases = [
        basis_of(POOL, [istio], CLUSTERS),
        basis_of("240.97.0.0/24", [istio], CLUSTERS),
        basis_of(POOL, [], CLUSTERS),
        basis_of(POOL, [refused], CLUSTERS),
        basis_of(POOL, [replace(istio, rendering_version="2")], CLUSTERS),
        basis_of(POOL, [replace(istio, capabilities=istio.capabilities[1:])], CLUSTERS),
        basis_of(POOL, [replace(istio, scope_kinds=istio.scope_kinds[1:])], CLUSTERS),
        basis_of(POOL, [istio], ()),
        basis_of(POOL, [istio], [("clusters/east", "uid", 1, "DRAINED")]),
    ]
    assert len(set(bases)) == len(bases)
