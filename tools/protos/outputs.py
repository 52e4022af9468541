"""All that is made of the .proto files, as paths and bytes."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.protos.compiler import compile_image, compile_stubs, parse_image
from tools.protos.layout import MODEL, PACKAGE, PROTO, ROOT, VALIDATE
from tools.protos.model_source import model_modules
from tools.protos.service_types import service_types

_BY_HAND: Final = frozenset({"__init__.py", "py.typed"})


def make_outputs() -> dict[Path, bytes]:
    """Give every generated file with its content.

    :raises ProtocError: a .proto file does not compile.
    :raises ModelError: a message cannot be written in Python.
    """
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        stubs, model = scratch / "stubs", scratch / "model"
        stubs.mkdir()
        model.mkdir()
        compile_stubs(stubs)
        image = parse_image(compile_image(scratch))
        types = {stubs / name: text for name, text in service_types(image).items()}
        modules = {model / name: text for name, text in model_modules(image).items()}
        for path, text in {**types, **modules}.items():
            path.write_text(text)
        _format([*types, *modules])
        return {
            **{PROTO / path.relative_to(stubs): path.read_bytes() for path in _files(stubs)},
            **{MODEL / path.relative_to(model): path.read_bytes() for path in _files(model)},
        }


def stale_files(outputs: dict[Path, bytes]) -> list[Path]:
    """Give the generated files that are missing, differ, or are made of nothing any more."""
    changed = [
        path
        for path, content in outputs.items()
        if not path.exists() or path.read_bytes() != content
    ]
    return sorted([*changed, *(path for path in _present() if path not in outputs)])


def write_outputs(outputs: dict[Path, bytes]) -> list[Path]:
    """Bring the generated files up to date; each appears whole or not at all.

    :returns: the files that were written or removed.
    """
    stale = stale_files(outputs)
    for path in stale:
        if path in outputs:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.fresh")
            fresh.write_bytes(outputs[path])
            fresh.replace(path)
        else:
            path.unlink()
    return stale


def _present() -> Iterator[Path]:
    for folder in (PACKAGE, VALIDATE):
        yield from (PROTO / folder).glob("*_pb2*.py*")
    yield from (path for path in MODEL.glob("*.py") if path.name not in _BY_HAND)


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def _format(files: list[Path]) -> None:
    config = str(ROOT / "pyproject.toml")
    for verb in (["check", "--quiet", "--select", "I", "--fix"], ["format", "--quiet"]):
        subprocess.run(
            [
                sys.executable,
                "-m",
                "ruff",
                *verb,
                "--no-cache",
                "--config",
                config,
                *map(str, files),
            ],
            check=True,
        )
