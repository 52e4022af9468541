"""Wheels built from this checkout and installed without an index."""

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


def build(project: str, wheels: Path) -> None:
    """Put the wheel of a folder of the checkout into another folder."""
    wheels.mkdir(parents=True, exist_ok=True)
    shutil.copy(_built(project), wheels)


@cache
def _built(project: str) -> Path:
    """Build a wheel once, however many tests want it."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    _run("build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT / project))
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheels: Path, site: Path) -> None:
    """Install every wheel of a folder into a site folder, and nothing else."""
    names = [str(wheel) for wheel in sorted(wheels.glob("*.whl"))]
    _run("pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(site), *names)


def _run(module: str, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603 - this interpreter with a tool of this checkout
        [sys.executable, "-m", module, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
