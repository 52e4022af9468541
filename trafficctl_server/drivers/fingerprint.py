"""The version of a driver as far as its renderings are concerned.

The version of the distribution alone would hide a developer's edit of an editable install, so
the content of the driver's package counts, and the versions of what the wheel requires, and the
options: all that may change a rendering besides the slice.
"""

import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

_SHOWN: Final = 16
_PROJECT_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


def rendering_version(
    module: str, distribution: str, distribution_version: str, options: Mapping[str, str]
) -> str:
    """Give ``<version>+<digest>``; call it once the module is imported.

    Two installs with equal files, requirements and options have equal versions wherever they are.
    """
    digest = hashlib.sha256()
    for part in (*_sources(module), *_requirements(distribution), *_options(options)):
        digest.update(part)
    return f"{distribution_version}+{digest.hexdigest()[:_SHOWN]}"


def package_digest(*modules: str) -> str:
    """Give the digest of the content of imported packages."""
    digest = hashlib.sha256()
    for part in (it for module in modules for it in _sources(module)):
        digest.update(part)
    return digest.hexdigest()


def _sources(module: str) -> Iterator[bytes]:
    root = _package(module)
    files = sorted(root.rglob("*")) if root.is_dir() else [root]
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{path.relative_to(root.parent).as_posix()}\0".encode()
            yield hashlib.sha256(path.read_bytes()).digest()


def _package(module: str) -> Path:
    """Give the outermost package that is not shared with other wheels, or the lone module."""
    parts = module.split(".")
    for count in range(1, len(parts) + 1):
        file = getattr(sys.modules[".".join(parts[:count])], "__file__", None)
        if file:
            path = Path(file)
            return path.parent if path.name.startswith("__init__.") else path
    raise ImportError(f"{module} has no file")


def _requirements(distribution: str) -> Iterator[bytes]:
    try:
        wanted = requires(distribution) or []
    except PackageNotFoundError:
        return
    for line in sorted(wanted):
        name = _PROJECT_NAME.match(line)
        if name:
            yield f"{name[0]}=={_version(name[0])}\0".encode()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""


def _options(options: Mapping[str, str]) -> Iterator[bytes]:
    for name in sorted(options):
        yield f"{name}\0{options[name]}\0".encode()
