"""Which class of the model stands for which protobuf message or enum."""

import importlib
from enum import StrEnum
from functools import cache
from pathlib import PurePosixPath

from google.protobuf.descriptor import Descriptor, EnumDescriptor


@cache
def model_class(descriptor: Descriptor) -> type:
    """Give the dataclass of a message.

    :raises TypeError: the message is a request, an answer, or of another package.
    """
    return _lookup(descriptor)


@cache
def model_enum(descriptor: EnumDescriptor) -> type[StrEnum]:
    """Give the enum of the model; it has every value but the unspecified one.

    :raises TypeError: the enum is not of the model.
    """
    found = _lookup(descriptor)
    if not issubclass(found, StrEnum):
        raise TypeError(f"{descriptor.full_name} is no enum in the model")
    return found


def _lookup(descriptor: Descriptor | EnumDescriptor) -> type:
    name = descriptor.full_name.removeprefix(f"{descriptor.file.package}.")
    module = f"trafficctl_sdk.model.{PurePosixPath(descriptor.file.name).stem}"
    try:
        found: object = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ModuleNotFoundError, AttributeError):
        found = None
    if not isinstance(found, type):
        raise TypeError(f"{descriptor.full_name} has no class in the model")
    return found
