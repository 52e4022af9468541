"""Descriptors of the files that ours import, out of the installed wheels."""

import importlib
from typing import Final

from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from protovalidate._gen.buf.validate import validate_pb

_MODULES: Final = (
    "google.protobuf.descriptor_pb2",
    "google.protobuf.duration_pb2",
    "google.protobuf.field_mask_pb2",
    "google.protobuf.timestamp_pb2",
    "google.api.annotations_pb2",
    "google.api.client_pb2",
    "google.api.field_behavior_pb2",
    "google.api.http_pb2",
    "google.api.resource_pb2",
    "google.rpc.error_details_pb2",
    "google.rpc.status_pb2",
)


def dependencies() -> FileDescriptorSet:
    """Give everything that our files may import, each file after what it imports."""
    result = FileDescriptorSet()
    seen: set[str] = set()

    def add(descriptor: FileDescriptor) -> None:
        if descriptor.name in seen:
            return
        seen.add(descriptor.name)
        for dependency in descriptor.dependencies:
            add(dependency)
        descriptor.CopyToProto(result.file.add())

    for module in _MODULES:
        add(importlib.import_module(module).DESCRIPTOR)
    # protovalidate has its file as a module of another protobuf library; the bytes are the same.
    result.file.add().ParseFromString(validate_pb.desc().proto.to_binary())
    return result
