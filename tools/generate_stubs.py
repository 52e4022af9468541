"""Makes the Python stubs and the SDK's model from the .proto files.

``python -m tools.generate_stubs`` writes what changed; with ``--check`` it writes nothing and
ends with 1 if a file is not fresh.
"""

import argparse
import sys

from tools.protos.compiler import ProtocError
from tools.protos.layout import GENERATE, ROOT
from tools.protos.model_source import ModelError
from tools.protos.outputs import make_outputs, stale_files, write_outputs


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(prog=GENERATE, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, report stale files")
    options = parser.parse_args(arguments)
    try:
        outputs = make_outputs()
    except (ProtocError, ModelError) as error:
        print(error, file=sys.stderr)
        return 1
    if not options.check:
        for path in write_outputs(outputs):
            print(path.relative_to(ROOT))
        return 0
    stale = stale_files(outputs)
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not fresh: run {GENERATE}", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
