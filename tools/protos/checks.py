"""Runs buf over images: style, and what would break a client."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tools.protos.layout import PROTO

_CONFIG: Final = PROTO / "buf.yaml"
_BUF: Final = Path(sys.executable).parent / "buf"
_FOUND: Final = 100
"""buf's exit code for "ran well and found something"."""


class BufError(Exception):
    """buf could not do its work; the text is its own."""


def lint(image: bytes) -> list[str]:
    """Give what is wrong with the style of our files, a line each.

    :param image: a ``FileDescriptorSet`` with comments and imports.
    :raises BufError: buf failed.
    """
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "image.binpb"
        path.write_bytes(image)
        return _buf("lint", str(path))


def breaking(image: bytes, accepted: bytes) -> list[str]:
    """Give what breaks clients that were made for the accepted image, a line each.

    :raises BufError: buf failed.
    """
    with tempfile.TemporaryDirectory() as name:
        path, against = Path(name) / "image.binpb", Path(name) / "accepted.binpb"
        path.write_bytes(image)
        against.write_bytes(accepted)
        return _buf("breaking", str(path), "--against", str(against))


def _buf(*arguments: str) -> list[str]:
    done = subprocess.run(
        [str(_BUF), *arguments, "--config", str(_CONFIG)],
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode not in (0, _FOUND):
        raise BufError(done.stderr.strip() or f"buf ended with {done.returncode}")
    return done.stdout.splitlines()
