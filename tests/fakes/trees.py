"""Looking at trees while they change."""

import os
from pathlib import Path


def files(root: Path) -> dict[str, str]:
    """Read every object's file below a folder; what goes away meanwhile is not there."""
    found = {}
    # Unlike Path.rglob, it passes over a folder that is removed while it is looked into.
    for folder, _, names in os.walk(root):
        for name in names:
            path = Path(folder) / name
            if path.suffix == ".yaml":
                try:
                    found[str(path.relative_to(root))] = path.read_text()
                except FileNotFoundError:
                    continue
    return dict(sorted(found.items()))
