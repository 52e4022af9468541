"""Finds a public program that tests and the demo talk to, or builds it with Go.

``python -m tools.build_peer grpcurl`` prints where it is. Looked for on PATH, then in the cache
(``~/.cache/trafficctl-peers``), then built there from the exact versions of ``tools/peers/NAME``;
without Go it ends with 1 and says so. Nothing is written into the checkout.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

PEERS: Final = Path(__file__).parent / "peers"
FLAGS: Final = ("-trimpath", "-buildvcs=false", "-mod=readonly", "-ldflags=-s -w")
SETTINGS: Final = {"GOWORK": "off", "CGO_ENABLED": "0", "GOFLAGS": ""}
PATIENCE: Final = 600  # seconds for a build on a slow machine, downloads included


class PeerMissingError(Exception):
    """The program is nowhere and cannot be built here."""


def find_or_build(name: str) -> Path:
    """Give the path of a peer program, building it when it is nowhere.

    :param name: of a folder of ``tools/peers``.
    :raises PeerMissingError: it cannot be built; says why.
    """
    found = shutil.which(name)
    if found:
        return Path(found)
    go = shutil.which("go")
    if go is None:
        raise PeerMissingError(f"{name} is not on PATH, and Go, to build it, is not either")
    cached = _cache() / _key(name, go) / name
    if not cached.exists():
        _build(name, go, cached)
    return cached


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else Path.home() / ".cache") / "trafficctl-peers"


def _key(name: str, go: str) -> str:
    version = _output([go, "env", "GOVERSION", "GOOS", "GOARCH"], PEERS / name)
    settings = repr((FLAGS, sorted(SETTINGS.items()), version))
    digest = hashlib.sha256(settings.encode())
    for file in ("go.mod", "go.sum"):
        digest.update((PEERS / name / file).read_bytes())
    return digest.hexdigest()[:20]


def _build(name: str, go: str, target: Path) -> None:
    """Build into a file of its own first, so that nobody ever finds half a program."""
    target.parent.mkdir(parents=True, exist_ok=True)
    print(f"building {name}, once: up to a few minutes", file=sys.stderr)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        built = Path(folder) / name
        _output([go, "build", *FLAGS, "-o", str(built), _package(name)], PEERS / name)
        built.replace(target)


def _package(name: str) -> str:
    text = (PEERS / name / "go.mod").read_text(encoding="utf-8")
    (package,) = re.findall(r"^tool (\S+)$", text, flags=re.MULTILINE)
    return str(package)


def _output(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **SETTINGS},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerMissingError(f"{command[0]} cannot be used: {error}") from None
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-3:]
        raise PeerMissingError(f"go {command[1]} failed: {' / '.join(last)}")
    return done.stdout


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.build_peer", description=__doc__)
    names = sorted(path.name for path in PEERS.iterdir() if (path / "go.mod").exists())
    parser.add_argument("name", choices=names)
    try:
        print(find_or_build(parser.parse_args(arguments).name))
    except PeerMissingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
