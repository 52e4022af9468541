"""The command says what the kit found, to people and to programs, and by its exit code."""

import json
from pathlib import Path

import pytest
from trafficctl_sdk import HOOK_API, TrafficSlice
from trafficctl_sdk.conformance.command import main
from trafficctl_sdk.conformance.findings import State
from trafficctl_sdk.conformance.kit import Kit
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.conformance.wishes.bases import completed
from trafficctl_sdk.conformance.world.slicing import slices_of

from tests.conformance import drivers

GOOD = ("--driver", "tests.conformance.drivers:good", "--examples", "2")
CLOSING = ("--driver", "tests.conformance.drivers:closing", "--examples", "2")


def test_a_driver_that_conforms_ends_with_0_and_a_sum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.json"

    assert main([*GOOD, "--report", str(file)]) == 0

    report = json.loads(file.read_text())
    assert report["driver"] == "good"
    assert report["hook_api"] == ".".join(map(str, HOOK_API))
    states = [it["state"] for it in report["checks"]]
    assert report["summary"] == {state: states.count(state) for state in State}
    by_id = {it["id"]: it for it in report["checks"]}
    assert by_id["fields.outbound"] == {
        "id": "fields.outbound",
        "state": "SKIPPED",
        "text": "no field of outbound intents is declared; the server refuses all",
    }
    assert by_id["fields.intracluster.mutual_tls.mode.STRICT"]["state"] == "PASSED"
    *_, last = capsys.readouterr().out.splitlines()
    passed, skipped = report["summary"]["PASSED"], report["summary"]["SKIPPED"]
    assert last.startswith("good with trafficctl-sdk ")
    assert last.endswith(f": {passed} passed, {skipped} skipped")


def test_equal_runs_give_equal_reports(tmp_path: Path) -> None:
    for name in ("one", "other"):
        main([*GOOD, "--report", str(tmp_path / name)])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_driver_that_does_not_ends_with_1_and_says_what_and_where(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*CLOSING]) == 1
    *_, what, where, _ = capsys.readouterr().out.splitlines()
    assert what == "FAILED   waves: Guard lets a caller in, and its effect is CLOSES; say OPENS"
    assert where == "         slice workload:shop/reviews in cluster west"


def test_what_is_known_to_fail_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CLOSING, "--known", "waves=it waits for the next version"]) == 0
    assert "KNOWN    waves: it waits for the next version" in capsys.readouterr().out


def test_settings_that_nobody_takes_fail(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*GOOD, "--setting", "mode=strict"]) == 1
    assert "FAILED   info.settings: settings are given" in capsys.readouterr().out


def test_a_driver_that_is_not_installed_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--driver", "absent"]) == 1
    assert "no driver 'absent' is installed here; there is " in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [[], ["--driver"], [*GOOD, "--known", "waves"]])
def test_what_is_not_understood_ends_with_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(wrong)
    assert ended.value.code == 2


def test_slices_of_the_author_are_looked_at_too() -> None:
    declared = frozenset(it.path for it in drivers.INFO.capabilities)
    (own,) = slices_of(completed("intracluster", {}, "", declared), "9.9")
    assert broken_by(()) == set()
    assert broken_by((own,)) == {"render.answers"}


def broken_by(own: tuple[TrafficSlice, ...]) -> set[str]:
    kit = Kit(Trial(driver="tests.conformance.drivers:versioned", own=own, examples=1), {})
    return {it for it in kit.ids() if kit.find(it).state is State.FAILED}
