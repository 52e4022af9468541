"""Writes the table; ``--check`` writes nothing and ends with 1 if it is stale."""

import argparse
import sys

from tools.coverage.table import PAGE, UnprovenError, page


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.coverage", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say if it is stale")
    options = parser.parse_args(arguments)
    try:
        fresh = page()
    except UnprovenError as unproven:
        print(f"say in tools/coverage/proofs.py what shows {unproven}", file=sys.stderr)
        return 1
    if options.check:
        return int(fresh != PAGE.read_text())
    PAGE.write_text(fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main())
