"""Runs protoc over our files."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from tools.protos.dependencies import dependencies
from tools.protos.layout import PROTO, VALIDATE, proto_files

_VALIDATE_PROTO: Final = f"{VALIDATE}/validate.proto"


class ProtocError(Exception):
    """The .proto files do not compile; the text is protoc's own."""


def compile_stubs(target: Path) -> None:
    """Write the Python stubs of our files and of ``buf/validate`` below ``target``.

    :raises ProtocError: a file does not compile.
    """
    output = [f"--python_out={target}", f"--pyi_out={target}"]
    _protoc(target, [*output, f"--grpc_python_out={target}", f"-I{PROTO}", *proto_files()])
    _protoc(target, [*output, _VALIDATE_PROTO])
    for stub in target.rglob("*_pb2_grpc.py"):
        if "Stub" not in stub.read_text():
            stub.unlink()  # no service in that file


def compile_image(scratch: Path, proto: Path = PROTO, *, comments: bool = True) -> bytes:
    """Give the descriptors of the files in ``proto`` and of all that they import.

    :param scratch: a folder for what protoc reads and writes.
    :param comments: with source positions and comments.
    :returns: a ``FileDescriptorSet``; equal sources give equal bytes.
    :raises ProtocError: a file does not compile.
    """
    image = scratch / "image.binpb"
    options = [f"-I{proto}", f"--descriptor_set_out={image}", "--include_imports"]
    if comments:
        options.append("--include_source_info")
    names = sorted(path.relative_to(proto).as_posix() for path in proto.rglob("*.proto"))
    _protoc(scratch, [*options, *names])
    return image.read_bytes()


def parse_image(image: bytes) -> FileDescriptorSet:
    """Read an image, extensions (behaviours, constraints, resources) included."""
    return FileDescriptorSet.FromString(image)


def _protoc(scratch: Path, arguments: list[str]) -> None:
    imports = scratch / "dependencies.binpb"
    imports.write_bytes(dependencies().SerializeToString(deterministic=True))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "grpc_tools.protoc",
            f"--descriptor_set_in={imports}",
            *arguments,
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    imports.unlink()
    if done.returncode != 0:
        raise ProtocError(done.stderr.strip() or f"protoc ended with {done.returncode}")
    sys.stderr.write(done.stderr)
