"""Environments as a user makes them: empty, then the pinned third parties, then our wheels."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.e2e import shelf
from tests.fakes.wheels import ROOT, build_all

PROJECTS: Final = (
    ".",
    "proto",
    "plugins/sdk",
    "plugins/istio",
    "plugins/networkpolicy",
    "tools/cli",
    "examples/driver",
)
_RUNTIME: Final = ROOT / "requirements" / "runtime.txt"
_PIP: Final = (sys.executable, "-m", "pip", "--disable-pip-version-check")
PATIENCE: Final = 300  # seconds for one command; nothing is measured by it


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment.

    :ivar folder: where it is, outside of the checkout.
    """

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def script(self, name: str) -> Path:
        """Give a command that some wheel brought."""
        return self.folder / "bin" / name

    def packages(self) -> dict[str, str]:
        """Give the installed distributions with their versions."""
        listed = pip(self, "list", "--format=freeze").splitlines()
        return dict(line.split("==") for line in listed)


def build_wheels(folder: Path) -> None:
    """Build every wheel of this checkout."""
    build_all(PROJECTS, folder)


def make_environment(
    folder: Path, wheels: Path, ours: Iterable[str], third_party: Iterable[str] | None = None
) -> Environment:
    """Make an environment with some of our wheels and what they say that they need.

    :param third_party: names of distributions; None: all that are pinned for run time.
    """
    command(sys.executable, "-m", "venv", "--without-pip", str(folder))
    environment = Environment(folder)
    shelf.link(shelf.site_of(folder), pinned() if third_party is None else third_party)
    # Without an index, whatever our wheels need and is not there yet ends this with an error.
    pip(environment, "install", "--no-index", "--find-links", str(wheels), *ours)
    return environment


def add_to_site(site: Path, *names: str, wheels: Path) -> None:
    """Install our distributions alone into a folder, from wheels."""
    into = ("install", "--no-deps", "--target", str(site))
    command(*_PIP, *into, "--no-index", "--find-links", str(wheels), *names)


def pip(environment: Environment, *arguments: str) -> str:
    """Run our pip upon another environment."""
    return command(*_PIP, "--python", str(environment.python), *arguments)


def command(*line: str, folder: Path | None = None, **variables: str) -> str:
    """Run a command that must succeed, and give what it printed."""
    done = subprocess.run(  # noqa: S603 - commands of our own tests
        line,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=plain_variables(variables),
        timeout=PATIENCE,
    )
    assert done.returncode == 0, f"{' '.join(line)}\n{done.stdout}{done.stderr}"
    return done.stdout


def plain_variables(added: Mapping[str, str]) -> dict[str, str]:
    """Give this process's variables without those that would leak the checkout or settings."""
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith(("TRAFFICCTL_", "PYTHON", "COV_", "VIRTUAL_ENV"))
    }
    return {**kept, **added}


def pinned() -> dict[str, str]:
    """Give the versions that are pinned for run time, by distribution."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", _RUNTIME.read_text(), flags=re.MULTILINE))
