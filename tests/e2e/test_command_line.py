"""The command line as its users have it: its wheel and what that needs, nothing of the server."""

import subprocess
from pathlib import Path

from tests.e2e.conftest import CLIENT_NEEDS, Installed
from tests.e2e.environments import command, make_environment
from tests.e2e.running import Server

NEEDS = (*CLIENT_NEEDS, "click", "markdown-it-py", "mdurl", "pygments", "pyyaml", "rich")


def test_it_works_from_its_wheel_alone(
    installed: Installed, server: Server, tmp_path: Path
) -> None:
    environment = make_environment(tmp_path / "cli", installed.wheels, ("trafficctl-cli",), NEEDS)
    trafficctl = str(environment.script("trafficctl"))

    packages = {name.lower().replace("_", "-") for name in environment.packages()}
    assert packages == {"trafficctl-api", "trafficctl-cli", *NEEDS}
    listed = command(trafficctl, "drivers", "-o", "name", TRAFFICCTL_CLI_SERVER=server.address)
    assert "drivers/istio" in listed.split()
    away = subprocess.run(  # noqa: S603 - the command under test
        [trafficctl, "get", "clusters", "--server", "127.0.0.1:1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (away.returncode, away.stdout) == (6, "")
    assert away.stderr.startswith("error: nobody answers")
