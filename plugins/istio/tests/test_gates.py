"""What a newer Istio brought is refused where the cluster's may not have it."""

import pytest
from trafficctl_istio import gates
from trafficctl_istio.gates import Gate, check_gate, check_version
from trafficctl_sdk.errors import Refused, Violation

GATES = [it for it in vars(gates).values() if isinstance(it, Gate)]


def refused(gate: Gate, version: str) -> Violation | None:
    try:
        check_gate(gate, version, "some.field")
    except Refused as refusal:
        (violation,) = refusal.violations
        return violation
    return None


@pytest.mark.parametrize("gate", GATES, ids=lambda it: it.what)
def test_a_gate_opens_with_its_version(gate: Gate) -> None:
    major, minor = gate.since
    for version in (f"{major}.{minor}", f"v{major}.{minor}.7", f"{major}.{minor + 1}-beta.0"):
        assert refused(gate, version) is None
    for version in (f"{major}.{minor - 1}.9", "1.9", ""):
        violation = refused(gate, version)
        assert violation is not None
        assert (violation.field, violation.rule) == ("some.field", "MESH_VERSION_TOO_OLD")
        assert f"{major}.{minor}" in violation.description


def test_a_version_that_is_not_stated_is_the_oldest_supported_one() -> None:
    violation = refused(GATES[0], "")
    assert violation is not None
    assert "mesh.version" in violation.description
    check_version("")


@pytest.mark.parametrize("version", ["1.21.9", "v1.9", "0.99"])
def test_too_old_is_too_old_for_everything(version: str) -> None:
    with pytest.raises(Refused):
        check_version(version)


def test_every_gate_is_newer_than_what_is_needed_anyway() -> None:
    assert GATES
    assert all(it.since > gates.OLDEST_VERSION for it in GATES)
