"""Every driver of ours conforms as a user installs it: from its wheel, without the server."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from tests.e2e.conftest import DRIVERS
from tests.e2e.environments import PATIENCE, Environment, plain_variables
from tests.fakes.wheels import ROOT

NEEDLESS = ("logging", "threadexception", "unraisableexception", "warnings", "junitxml")
"""Plugins of pytest without which a thousand small tests take less time."""
SUITES = (*ROOT.glob("plugins/*/tests/*_conforms.py"), *ROOT.glob("examples/*/tests/*_conforms.py"))


def test_all_drivers_conform_as_installed_wheels(workshop: Environment, tmp_path: Path) -> None:
    for it in SUITES:
        shutil.copy(it, tmp_path)
    report = tmp_path / "report.json"

    done = subprocess.run(  # noqa: S603 - pytest of the environment under test
        [
            str(workshop.python),
            "-m",
            "pytest",
            "-q",
            *(f"-pno:{it}" for it in NEEDLESS),
            f"--rootdir={tmp_path}",
            f"--conformance-report={report}",
            str(tmp_path),
        ],
        cwd=tmp_path,
        env=plain_variables({}),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 0, done.stdout[-5000:]
    reports = json.loads(report.read_text())
    assert {f"trafficctl-{it['driver']}" for it in reports} == set(DRIVERS)
    for it in reports:
        assert it["summary"]["FAILED"] == it["summary"]["KNOWN"] == 0
        assert it["summary"]["PASSED"] > 20
        assert all(one["text"] for one in it["checks"] if one["state"] == "SKIPPED")
        assert it["sdk"] == "0.1.0"
        unasked = [
            one for one in it["checks"] if one["id"].count(".") > 1 and one["state"] == "SKIPPED"
        ]
        assert len(unasked) <= 3, unasked


def test_there_is_no_server_where_drivers_are_written(workshop: Environment) -> None:
    ours = {it for it in workshop.packages() if it.startswith("trafficctl")}
    assert {re.sub("_", "-", it) for it in ours} >= {"trafficctl-sdk", *DRIVERS}
    assert not ours & {"trafficctl-server", "trafficctl-api"}


def test_a_conformance_file_is_a_few_lines() -> None:
    assert len(SUITES) == len(DRIVERS)
    for it in SUITES:
        assert len(it.read_text().splitlines()) <= 15
