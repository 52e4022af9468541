"""Third-party distributions out of this interpreter's environment, linked into another one.

They are those that ``requirements/*.txt`` pin by hash. What a user would download and unpack is
here already, so an environment of a test costs no more than its links.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement


def link(site: Path, names: Iterable[str]) -> None:
    """Put distributions, and nothing that they need, into a site folder."""
    site.mkdir(parents=True, exist_ok=True)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    files: dict[PurePosixPath, Path] = {}
    for name in names:
        for file in distribution(name).files or ():
            if file.parts[0] != ".." and "__pycache__" not in file.parts:
                files[PurePosixPath(file)] = Path(str(distribution(name).locate_file(file)))
                for parent in PurePosixPath(file).parents:
                    owners[str(parent)].add(name)
    _link(site, files, owners)


def _link(site: Path, files: Mapping[PurePosixPath, Path], owners: Mapping[str, set[str]]) -> None:
    """Link the highest folder that one distribution has for itself, else the file."""
    made: set[PurePosixPath] = set()
    for file, real in files.items():
        chosen, target = file, real
        for parent in file.parents:
            if str(parent) == "." or len(owners[str(parent)]) > 1:
                break
            chosen, target = parent, target.parent
        if chosen not in made:
            made.add(chosen)
            (site / chosen).parent.mkdir(parents=True, exist_ok=True)
            (site / chosen).symlink_to(target)


def closure(*names: str) -> tuple[str, ...]:
    """Give distributions with all that they need here, sorted."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found:
            found.add(name)
            waiting += _needs(distribution(name))
    return tuple(sorted(found))


def _needs(it: Distribution) -> list[str]:
    needed = [Requirement(text) for text in it.requires or ()]
    return [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]


def site_of(folder: Path) -> Path:
    """Give the site folder of a virtual environment of this interpreter's version."""
    return folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
