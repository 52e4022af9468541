"""The page that teaches how to write a driver works, taken literally, in an empty folder."""

import json
import os
import re
import subprocess
from pathlib import Path

from tests.e2e import shelf
from tests.e2e.conftest import Installed
from tests.e2e.environments import PATIENCE, Environment, plain_variables
from tests.fakes.wheels import ROOT

PAGE = ROOT / "docs" / "writing-a-driver.md"
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FAILURE = "console"
"""Of a block that shows what one might see, and does not here."""


def test_the_page_leads_to_a_driver_that_conforms_and_is_loaded(
    installed: Installed, workshop: Environment, tmp_path: Path
) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    variables = reader(installed, workshop, folder)
    shown = ""
    outputs = 0

    for language, file, content in FENCE.findall(PAGE.read_text()):
        if file:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(content)
        elif language == "sh":
            shown = run(content, folder, variables)
        elif language != FAILURE:
            assert language == "text", f"a {language} block needs a file name"
            outputs += 1
            assert content.strip() in shown

    assert outputs == 3
    assert json.loads((folder / "conformance.json").read_text())["summary"]["FAILED"] == 0


def reader(installed: Installed, workshop: Environment, folder: Path) -> dict[str, str]:
    """Give the variables of a reader who has the environment, wheels as index, and a server.

    The server has an environment of its own; that the driver is installed beside it is said by
    its import path.
    """
    server = workshop.script("trafficctl-server")
    beside = f"{folder}{os.pathsep}{shelf.site_of(workshop.folder)}"
    real = installed.server.script("trafficctl-server")
    server.write_text(f'#!/bin/sh\nPYTHONPATH="{beside}" exec "{real}" "$@"\n')
    server.chmod(0o755)
    path = f"{workshop.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return plain_variables(
        {
            "PATH": path,
            "HOME": str(folder.parent),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(installed.wheels),
            "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as "no isolation"
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }
    )


def run(commands: str, folder: Path, variables: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603 - what the page tells its readers to run
        ["/bin/sh", "-e", "-c", commands],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"
    return done.stdout
