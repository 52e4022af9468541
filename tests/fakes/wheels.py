"""Wheels built from this checkout and installed without an index."""

import atexit
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]


_BUILD_ALL = """
import os, sys
from hatchling.build import build_wheel
into, *projects = sys.argv[1:]
for project in projects:
    os.chdir(project)
    print(build_wheel(into))
"""


def build(project: str, wheels: Path) -> None:
    """Put the wheel of a folder of the checkout into another folder."""
    build_all((project,), wheels)


def build_all(projects: Iterable[str], wheels: Path) -> None:
    """Put the wheels of several folders into another folder; each is built once in a run."""
    wheels.mkdir(parents=True, exist_ok=True)
    missing = [it for it in projects if it not in _built]
    if missing:
        into = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, into)
        made = _run("-c", _BUILD_ALL, into, *(str(ROOT / it) for it in missing)).split()
        _built.update({it: Path(into, wheel) for it, wheel in zip(missing, made, strict=True)})
    for it in projects:
        shutil.copy(_built[it], wheels)


_built: dict[str, Path] = {}


def install(wheels: Path, site: Path) -> None:
    """Install every wheel of a folder into a site folder, and nothing else."""
    names = [str(wheel) for wheel in sorted(wheels.glob("*.whl"))]
    _run(
        "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(site), *names
    )


def _run(*line: str) -> str:
    done = subprocess.run(  # noqa: S603 - this interpreter with a tool of this checkout
        [sys.executable, *line], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
