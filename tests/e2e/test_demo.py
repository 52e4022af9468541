"""``make demo`` from its first line to its last, in a folder of its own."""

import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import Installed
from tests.e2e.environments import plain_variables
from tests.e2e.running import PATIENCE
from tests.fakes.wheels import ROOT


def demo(installed: Installed, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - the demo
        [str(installed.server.python), "-m", "tools.demo", "--folder", str(folder)],
        cwd=ROOT,
        env=plain_variables(variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_it_shows_states_and_tree_and_leaves_nothing_running(
    installed: Installed, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    demo(installed, folder)
    (folder / "clusters" / "left-over").mkdir()

    done = demo(installed, folder, TRAFFICCTL_LOG__LEVEL="nonsense that must not reach the server")

    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split() for line in done.stdout.splitlines() if "Intents/" in line]
    assert len([row for row in rows if row[3:5] == ["SETTLED", "DELIVERED"]]) == 7
    assert "trafficctl status --watch" in done.stdout
    assert "serviceentry.sleep01-bookinfo-" in done.stdout
    assert "grpcurl -plaintext" in done.stdout
    assert sorted(it.name for it in (folder / "clusters").iterdir()) == ["east", "west"]
    assert '"closed"' in (folder / "server.log").read_text()


def test_what_goes_wrong_is_one_line(installed: Installed, tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.touch()
    done = demo(installed, target / "below")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("the demo failed: ")


@pytest.mark.parametrize("held", ["state", "own-files"])
def test_only_a_folder_of_its_own_is_emptied(
    installed: Installed, tmp_path: Path, held: str
) -> None:
    (tmp_path / held).write_text("precious")
    done = demo(installed, tmp_path)
    assert done.returncode == 1
    assert (tmp_path / held).read_text() == "precious"
