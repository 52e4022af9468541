"""The README's words are true: its tour runs as it stands, its verbs and links exist."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import Installed
from tests.e2e.environments import command, plain_variables
from tests.e2e.running import PATIENCE, Server
from tests.fakes.wheels import ROOT

README = (ROOT / "README.md").read_text()
ADDRESS = "127.0.0.1:50051"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def test_the_tour_runs_on_what_the_demo_applies(
    installed: Installed, server: Server, grpcurl: Path, tmp_path: Path
) -> None:
    example = ROOT / "examples" / "bookinfo" / "apply.py"
    client = (str(installed.client.python), str(example), "--server", server.address)
    command(*client, PYTHONPATH=str(installed.yaml))
    (tour,) = blocks("sh tour")
    assert ADDRESS in tour

    done = subprocess.run(  # noqa: S603 - the README's own commands
        ["/bin/sh", "-eu", "-c", tour.replace(ADDRESS, server.address)],
        cwd=tmp_path,
        env=plain_variables({"PATH": f"{grpcurl.parent}{os.pathsep}{os.environ['PATH']}"}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 0, done.stderr
    for words in (
        "trafficctl.v2.InterclusterIntentService\n",
        "InterclusterIntent is a message:",
        '"name": "drivers/istio"',
        '"state": "SETTLED"',
        '"path": "west/',
        '"verdict": "ALLOWED"',
        '"kind": "EGRESS_GATEWAY"',
        '"reason": "WORKLOAD_UNKNOWN"',
        '"bookmark": "SNAPSHOT_END"',
        '"state": "DELETING"',
    ):
        assert words in done.stdout, words
    refused = re.findall(r"Code: (\w+)", done.stderr)
    assert refused == ["InvalidArgument", "DeadlineExceeded"]
    assert '"field": "cluster_id"' in done.stderr


def test_every_make_verb_is_one() -> None:
    verbs = set(re.findall(r"(?:^|`)make ([a-z-]+)", README, flags=re.MULTILINE))
    listed = subprocess.run(
        ["make", "help"],  # noqa: S607 - the user's own
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert {"demo", "test", "help"} <= verbs
    for verb in verbs:
        assert re.search(rf"^  make {verb} ", listed, flags=re.MULTILINE), verb


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)]+)\)", README))))
def test_every_link_leads_somewhere(target: str) -> None:
    assert target.startswith("https://") or (ROOT / target).exists()


def test_it_is_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 120
