"""Checks the .proto files: their style, and that no client breaks.

``python -m tools.lint_protos`` compares with ``proto/accepted.binpb``, the interface as clients
have it; with ``--accept`` it writes that file anew.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tools.protos.checks import BufError, breaking, lint
from tools.protos.compiler import ProtocError, compile_image
from tools.protos.layout import ACCEPTED, CHECK, ROOT


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(prog=CHECK, description=__doc__)
    parser.add_argument("--accept", action="store_true", help="make this the accepted interface")
    options = parser.parse_args(arguments)
    try:
        found = _check(accept=options.accept)
    except (ProtocError, BufError) as error:
        found = [str(error)]
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


def _check(*, accept: bool) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        image = compile_image(Path(name))
        plain = compile_image(Path(name), comments=False)
    found = lint(image)
    if found:
        return found
    if accept:
        ACCEPTED.write_bytes(plain)
        return []
    if not ACCEPTED.exists():
        return [f"{ACCEPTED.relative_to(ROOT)} is missing: run {CHECK} --accept"]
    return breaking(plain, ACCEPTED.read_bytes())


if __name__ == "__main__":
    sys.exit(main())
