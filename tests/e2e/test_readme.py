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


def run(script: str, server: Server, programs: Path, folder: Path) -> str:
    """Run the README's own commands against a server, and give what they print."""
    assert ADDRESS in script
    done = subprocess.run(  # noqa: S603 - the README's own commands
        ["/bin/sh", "-eu", "-c", script.replace(ADDRESS, server.address)],
        cwd=folder,
        env=plain_variables({"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture
def demo(installed: Installed, server: Server) -> Server:
    """Give a server with what the demo applies."""
    program = str(installed.server.script("trafficctl"))
    example = str(ROOT / "examples" / "bookinfo")
    command(program, "--server", server.address, "apply", "-f", example, "--wait")
    return server


def test_the_tour_runs_on_what_the_demo_applies(
    installed: Installed, demo: Server, tmp_path: Path
) -> None:
    (tour,) = blocks("sh tour")

    shown = run(tour, demo, installed.server.folder / "bin", tmp_path)

    group = "projects/demo/resourceBundles/bookinfo/versions/v1/trafficIntentGroups/john"
    for words in (
        "clusters/east  ACTIVE  istio  directory",
        "5 intents: 5 SETTLED",
        "in west: SETTLED delivered, 3 objects",
        "ALLOWED from east, as desired",
        "egress gateway egress-httpbin02-",
        "UPDATE east AuthorizationPolicy bookinfo/allow-productpage-",
        "applied 1 change as revision ",
        f"{group}/intraclusterIntents/reads SETTLED",
        "standard input:4:32: ports[0].protocol: must be one of HTTP, ",
        "standard input:7:13: callers[0].access[0].acton: is no field here; action perhaps",
        "WAITING",
        "WORKLOAD_UNKNOWN",
        f"{group} deleting",
    ):
        assert words in shown, words


def test_the_server_describes_itself_to_grpcurl(
    demo: Server, grpcurl: Path, tmp_path: Path
) -> None:
    (script,) = blocks("sh grpcurl")
    shown = run(script, demo, grpcurl.parent, tmp_path)
    for words in (
        "trafficctl.v2.InterclusterIntentService\n",
        "InterclusterIntent is a message:",
        '"path": "west/',
    ):
        assert words in shown, words


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
