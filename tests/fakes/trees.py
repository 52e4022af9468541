"""Looking at trees while they change."""

from pathlib import Path


def files(root: Path) -> dict[str, str]:
    """Read every object's file below a folder; what goes away meanwhile is not there."""
    found = {}
    for path in sorted(root.rglob("*.yaml")):
        try:
            found[str(path.relative_to(root))] = path.read_text()
        except FileNotFoundError:
            continue
    return found
