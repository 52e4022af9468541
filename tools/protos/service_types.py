"""Writes the types of the gRPC stubs, which protoc's own plugin leaves out.

One class of stubs stands for blocking and asyncio channels at run time; to a type checker a
channel of asyncio gives the asynchronous one.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from google.protobuf.descriptor_pb2 import (
    FileDescriptorProto,
    FileDescriptorSet,
    MethodDescriptorProto,
    ServiceDescriptorProto,
)

from tools.protos.layout import GENERATE, PROTO_PACKAGE
from tools.protos.model_text import docstring

_SERVICE, _METHOD = 6, 2


def service_types(image: FileDescriptorSet) -> dict[str, str]:
    """Give the text of each ``_pb2_grpc.pyi`` by its path in the folder ``proto``."""
    homes = {
        f".{file.package}.{message.name}": file
        for file in image.file
        for message in file.message_type
    }
    return {
        file.name.replace(".proto", "_pb2_grpc.pyi"): "\n".join(_Stubs(file, homes).lines())
        for file in image.file
        if file.package == PROTO_PACKAGE and file.service
    }


class _Stubs:
    """The types of one file's services while they are written."""

    def __init__(self, file: FileDescriptorProto, homes: dict[str, FileDescriptorProto]) -> None:
        self._file = file
        self._homes = homes
        self._comments = {
            tuple(place.path): place.leading_comments for place in file.source_code_info.location
        }

    def lines(self) -> Iterator[str]:
        """Give the lines of the file."""
        yield f'"""Types of ``{self._file.name.replace(".proto", "_pb2_grpc.py")}``.'
        yield ""
        yield f"Made by ``{GENERATE}``: change the .proto file, not this one."
        yield '"""'
        yield "from collections.abc import AsyncIterator, Awaitable, Iterator"
        yield "from typing import overload"
        yield "import grpc"
        yield "import grpc.aio"
        for package, module in sorted(self._modules()):
            yield f"from {package} import {module}"
        yield "class _Context(grpc.ServicerContext, grpc.aio.ServicerContext):  # type: ignore"
        yield '    """What both kinds of server hand over; either is enough for a handler."""'
        for index, service in enumerate(self._file.service):
            yield from self._stub(service, (_SERVICE, index))
            yield from self._async_stub(service)
            yield from self._servicer(service, (_SERVICE, index))
        yield ""

    def _stub(self, service: ServiceDescriptorProto, path: tuple[int, ...]) -> Iterator[str]:
        name = service.name
        yield f"class {name}Stub:"
        yield from docstring(self._comments[path], "    ")
        yield "    @overload"
        yield f"    def __new__(cls, channel: grpc.Channel) -> {name}Stub: ..."
        yield "    @overload"
        yield f"    def __new__(cls, channel: grpc.aio.Channel) -> {name}AsyncStub: ..."
        for index, method in enumerate(service.method):
            yield f"    {method.name}: grpc.{self._callable(method)}"
            yield from docstring(self._comments[*path, _METHOD, index], "    ")

    def _async_stub(self, service: ServiceDescriptorProto) -> Iterator[str]:
        yield f"class {service.name}AsyncStub({service.name}Stub):"
        yield f'    """What ``{service.name}Stub`` is over a channel of asyncio; types only."""'
        for method in service.method:
            attribute = f"{method.name}: grpc.aio.{self._callable(method)}"
            yield f"    {attribute}  # type: ignore[assignment]"

    def _servicer(self, service: ServiceDescriptorProto, path: tuple[int, ...]) -> Iterator[str]:
        name = service.name
        yield f"class {name}Servicer:"
        yield from docstring(self._comments[path], "    ")
        for index, method in enumerate(service.method):
            answer = self._type(method.output_type)
            request = self._type(method.input_type)
            if method.server_streaming:
                result = f"Iterator[{answer}] | AsyncIterator[{answer}]"
            else:
                result = f"{answer} | Awaitable[{answer}]"
            yield f"    def {method.name}(self, request: {request}, context: _Context) -> {result}:"
            yield from docstring(self._comments[*path, _METHOD, index], "        ")
        yield f"def add_{name}Servicer_to_server("
        yield f"    servicer: {name}Servicer, server: grpc.Server | grpc.aio.Server"
        yield ") -> None: ..."

    def _callable(self, method: MethodDescriptorProto) -> str:
        kind = "UnaryStream" if method.server_streaming else "UnaryUnary"
        arguments = f"{self._type(method.input_type)}, {self._type(method.output_type)}"
        return f"{kind}MultiCallable[{arguments}]"

    def _type(self, name: str) -> str:
        file = self._homes[name]
        return f"{_module(file)[1]}.{name.removeprefix(f'.{file.package}.')}"

    def _modules(self) -> set[tuple[str, str]]:
        methods = [method for service in self._file.service for method in service.method]
        names = {name for method in methods for name in (method.input_type, method.output_type)}
        return {_module(self._homes[name]) for name in names}


def _module(file: FileDescriptorProto) -> tuple[str, str]:
    path = PurePosixPath(file.name)
    return ".".join(path.parent.parts), f"{path.stem}_pb2"
