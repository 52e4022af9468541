"""The page that teaches how to write a driver works, taken literally, in an empty folder."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.fakes.wheels import ROOT, build

PAGE = ROOT / "docs" / "writing-a-driver.md"
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_gives_a_driver_that_renders_and_is_loaded(tmp_path: Path) -> None:
    build("plugins/sdk", tmp_path / "wheels")
    environment = _environment(tmp_path)
    folder = tmp_path / "acme"
    folder.mkdir()
    shown = ""
    outputs = 0

    for language, file, content in FENCE.findall(PAGE.read_text()):
        if file:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(content)
        elif language == "sh":
            shown = _run(content, folder, environment)
        else:
            assert language == "text", f"a {language} block needs a file name"
            outputs += 1
            assert content.strip() in shown

    assert outputs == 1
    assert (folder / "trafficctl_acme" / "plugin.py").exists()


def _environment(tmp_path: Path) -> dict[str, str]:
    """Make an environment that has the server and its tools, and the SDK to install offline."""
    venv.create(tmp_path / "venv", with_pip=False)
    bin_folder = tmp_path / "venv" / "bin"
    server = bin_folder / "trafficctl-server"
    server.write_text('#!/bin/sh\nexec python -m trafficctl_server "$@"\n')
    server.chmod(0o755)
    # The packages of this checkout may be installed editable, which a path alone does not show.
    ours = [str(ROOT / it) for it in (".", "proto", "plugins/sdk", "plugins/istio")]
    path = [*ours, sysconfig.get_paths()["purelib"]]
    return {
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(path),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(tmp_path / "wheels"),
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as "no isolation"
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }


def _run(commands: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - what the page tells its readers to run
        ["/bin/sh", "-e", "-c", commands],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{sys.executable}\n{commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout
