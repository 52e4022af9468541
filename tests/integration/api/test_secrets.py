"""What is secret in a request is in no answer and in no line of the log, whatever else is wrong."""

import logging
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message_factory import GetMessageClass

from tests.integration.api.hostile import all_methods
from tests.integration.api.site import Site

SECRET = "hunter2-and-nobody-else"
DEEP = 6


def ways(descriptor: Descriptor, way: tuple[FieldDescriptor, ...] = ()) -> Iterator[Any]:
    """Give the ways to every secret text or bytes of a message."""
    for field in descriptor.fields:
        here = (*way, field)
        hidden = any(step.GetOptions().debug_redact for step in here)
        if hidden and field.cpp_type == field.CPPTYPE_STRING:
            yield here
        elif (
            field.message_type is not None
            and len(here) < DEEP
            and not field.message_type.GetOptions().map_entry
        ):
            yield from ways(field.message_type, here)


def filled(method: MethodDescriptor, way: tuple[FieldDescriptor, ...]) -> bytes:
    """Give a request that holds a secret and nothing else that it needs."""
    request: Any = GetMessageClass(method.input_type)()
    here = request
    for field in way[:-1]:
        held = getattr(here, field.name)
        here = held.add() if field.is_repeated else held
    last = way[-1]
    value: Any = SECRET.encode() if last.type == last.TYPE_BYTES else SECRET
    if last.is_repeated:
        getattr(here, last.name).append(value)
    else:
        setattr(here, last.name, value)
    return bytes(request.SerializeToString())


HOLDING = [(method, way) for method in all_methods() for way in ways(method.input_type)]


def test_there_are_secrets_to_keep() -> None:
    names = {way[-1].name for _, way in HOLDING}
    assert {"kubeconfig", "password", "private_key"} <= names


async def test_a_refused_secret_is_nowhere(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for method, way in HOLDING:
        path = f"/{method.containing_service.full_name}/{method.name}"
        call = site.channel.unary_unary(path, None, None)
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await call(filled(method, way), timeout=60)
        error = refused.value
        said = f"{error.details()} {error.trailing_metadata()!r}"
        where = f"{method.full_name} {'.'.join(it.name for it in way)}"
        assert SECRET not in said, where
        assert SECRET not in caplog.text, where
        caplog.clear()
