"""Requests of every kind, made from descriptors: plausible, wrong, and meant to hurt."""

import struct
from collections.abc import Iterator
from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message_factory import GetMessageClass
from hypothesis import strategies as st

from tests.contract.protos.interface import files

_F = FieldDescriptor
_NAMES = (
    "clusters/east",
    "clusters/-",
    "clusters/../../etc/passwd",
    "clusters//",
    "clusters/none",
    "clusters/trafficctl-x",
    "clusters/east\n",
    "clusters/east/objects/aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "drivers/mesh",
    "drivers/../mesh",
    "projects/-",
    "projects/acme/resourceBundles/shop/versions/v1",
    "projects/acme/resourceBundles/shop/versions/1..2",
    "projects/acme/resourceBundles/shop/versions/v1/trafficIntentGroups/main",
    "projects/acme/resourceBundles/shop/versions/v1/trafficIntentGroups/main/interclusterIntents/a",
    "projects/-/resourceBundles/-/versions/-/trafficIntentGroups/-/interclusterIntents/-",
    "projects/acme/resourceBundles/shop/versions/v1/workloads/cart",
    "instance",
    "/",
    "//",
    "a" * 1025,
)
_TEXTS = (
    "",
    "a",
    "east",
    "cart",
    "none",
    "-",
    "*",
    "..",
    "../../../../etc/passwd",
    "%2e%2e%2f",
    "\x00",
    "a\x00b",
    "\r\nset-cookie: a",
    "\uff41",
    "\u202e\u0000\ufeff",
    "\U0001f600" * 30,
    "İ",
    "'; drop table records; --",
    "${jndi:ldap://x}",
    "{}{0}%s%n",
    "a" * 5000,
    "HTTP",
    "10.0.0.0/8",
    "999.0.0.1",
    "*.example.com",
    "example.com",
    "https://example.com/\x7f",
    "-----BEGIN CERTIFICATE-----",
    "((((((((((((((((((((((((",
    "(a+)+$",
    "00000000-0000-4000-8000-000000000000",
    "state = SETTLED AND NOT (labels.team:*)",
    'create_time > "2030-01-31T12:00:00Z"',
    "name = " + "*a" * 500,
    "NOT " * 500,
    "(" * 1000,
    "state desc, name",
    "eyJhIjoxfQ",
    "trafficctl.dev/InterclusterIntent",
    "trafficctl.dev/Realization",
)
TEXTS = st.one_of(
    st.sampled_from(_NAMES),
    st.sampled_from(_TEXTS),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)
_INTEGERS = {
    _F.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    _F.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    _F.CPPTYPE_UINT32: (0, 2**32 - 1),
    _F.CPPTYPE_UINT64: (0, 2**64 - 1),
}
_UNKNOWN_FIELD = b"\xf2\xff\x7f\x03abc"


def all_methods() -> list[MethodDescriptor]:
    """Give every RPC of the interface, in a stable order."""
    found = [
        method
        for file in files()
        for service in file.services_by_name.values()
        for method in service.methods
    ]
    return sorted(found, key=lambda it: it.full_name)


@cache
def messages(descriptor: Descriptor, depth: int = 4) -> st.SearchStrategy[Any]:
    """Give messages of a type with any of their fields set to anything."""
    cls = GetMessageClass(descriptor)
    able = [field for field in descriptor.fields if depth or field.message_type is None]
    values = st.fixed_dictionaries(
        {}, optional={field.name: _values(field, depth) for field in able}
    )

    def build(chosen: dict[str, Any]) -> Any:
        message: Any = cls()
        for name, value in chosen.items():
            _set(message, descriptor.fields_by_name[name], value)
        return message

    return values.map(build)


def encoded(descriptor: Descriptor) -> st.SearchStrategy[bytes]:
    """Give requests as bytes, some with fields that nobody knows, some broken."""
    tails = st.sampled_from([b"", b"", b"", b"", _UNKNOWN_FIELD, b"\x0a\xff", b"\x0b" * 200])
    return st.builds(
        lambda message, tail: bytes(message.SerializeToString()) + tail, messages(descriptor), tails
    )


@cache
def spoiled(descriptor: Descriptor, valid: bytes) -> st.SearchStrategy[bytes]:
    """Give a valid request in which one thing, at any depth, is something else."""
    cls = GetMessageClass(descriptor)
    original = cls.FromString(valid)
    places = list(_places(original, ()))

    def spoil(place: tuple[Any, ...], data: Any) -> bytes:
        copy: Any = cls()
        copy.CopyFrom(original)
        *way, field = place
        here = copy
        for step in way:
            here = step(here)
        _set(here, field, data)
        return bytes(copy.SerializeToString())

    return st.sampled_from(places).flatmap(
        lambda place: _values(place[-1], 3).map(lambda value: spoil(place, value))
    )


def _places(message: Any, way: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Give the ways to every field of everything that is set, and of the message itself."""
    for field in message.DESCRIPTOR.fields:
        yield (*way, field)
    for field, value in message.ListFields():
        if field.message_type is None or field.message_type.GetOptions().map_entry:
            continue
        if field.is_repeated:
            for index, item in enumerate(value):
                yield from _places(item, (*way, _item(field.name, index)))
        else:
            yield from _places(value, (*way, _member(field.name)))


def _item(name: str, index: int) -> Any:
    return lambda message: getattr(message, name)[index]


def _member(name: str) -> Any:
    return lambda message: getattr(message, name)


def _values(field: FieldDescriptor, depth: int) -> st.SearchStrategy[Any]:
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        key, value = entry.fields_by_name["key"], entry.fields_by_name["value"]
        return st.dictionaries(_value(key, depth), _value(value, depth), max_size=3)
    if field.is_repeated:
        return st.lists(_value(field, depth), max_size=3)
    return _value(field, depth)


def _value(field: FieldDescriptor, depth: int) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one for each form
    kind = field.cpp_type
    if field.message_type is not None:
        return messages(field.message_type, max(depth - 1, 0))
    if field.enum_type is not None:
        known = [value.number for value in field.enum_type.values]
        return st.sampled_from([*known, 77, -1, 2**31 - 1])
    if kind in _INTEGERS:
        low, high = _INTEGERS[kind]
        edges = [low, high, 0, 1, 80, 443, 100, 1000, 1001]
        return st.sampled_from([it for it in edges if low <= it <= high]) | st.integers(low, high)
    if kind == _F.CPPTYPE_BOOL:
        return st.booleans()
    if kind == _F.CPPTYPE_STRING and field.type == _F.TYPE_BYTES:
        return st.binary(max_size=20) | st.just(b"\xff" * 3000)
    if kind == _F.CPPTYPE_STRING:
        return TEXTS
    return st.floats(width=32) | st.sampled_from(
        [0.0, 100.0, struct.unpack("<f", b"\0\0\x80\x7f")[0]]
    )


def _set(message: Any, field: FieldDescriptor, value: Any) -> None:
    entry = field.message_type
    if entry is not None and entry.GetOptions().map_entry:
        target = getattr(message, field.name)
        for key, item in value.items():
            if entry.fields_by_name["value"].message_type is not None:
                target[key].CopyFrom(item)
            else:
                target[key] = item
    elif field.is_repeated:
        del getattr(message, field.name)[:]
        getattr(message, field.name).extend(value)
    elif entry is not None:
        getattr(message, field.name).CopyFrom(value)
        getattr(message, field.name).SetInParent()
    else:
        setattr(message, field.name, value)
