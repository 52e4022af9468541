"""SDK dataclasses as JSON, as canonical bytes, and as leaves.

Works for every dataclass of the SDK: the model, slices, manifests, what drivers say of
themselves. Readers and writers are compiled once for each class.
"""

import dataclasses
import hashlib
from collections.abc import Iterator
from typing import Any, TypeVar, cast

from trafficctl_sdk.decoding import DecodeError, Unseal, message_decoder
from trafficctl_sdk.encoding import Seal, json_bytes, message_encoder, raw_json
from trafficctl_sdk.leaves import Leaf, message_leaves, message_patterns
from trafficctl_sdk.redaction import without_secrets

__all__ = [
    "DecodeError",
    "Leaf",
    "Seal",
    "Unseal",
    "canonical",
    "digest",
    "from_json",
    "leaves",
    "patterns",
    "redacted",
    "to_json",
]

T = TypeVar("T")


def to_json(obj: object, *, seal: Seal | None = None) -> dict[str, Any]:
    """Give a dataclass as JSON types.

    What is ``None`` or has an empty default is left out; enums are written by name, bytes in
    base64, tuples as lists.

    :param seal: makes text of a secret field's canonical JSON; without it secrets are written
        as they are.
    :raises TypeError: the object, or something in it, has no JSON form.
    """
    cls: type = type(obj)
    return cast("dict[str, Any]", message_encoder(cls)(obj, seal))


def from_json(
    cls: type[T], data: object, *, strict: bool = True, unseal: Unseal | None = None
) -> T:
    """Make a dataclass of what :func:`to_json` gave.

    :param strict: refuse keys that the class has no field for; else pass them over.
    :param unseal: undoes ``seal``; whatever it raises passes through.
    :raises DecodeError: the data does not fit; the error names the place.
    """
    wanted: type = cls
    return cast("T", message_decoder(wanted, strict=strict)(data, unseal))


def canonical(obj: object) -> bytes:
    """Give the one form in which equal values have equal bytes: sorted, compact, UTF-8.

    :param obj: a dataclass, or JSON types.
    :raises TypeError: something has no JSON form.
    :raises ValueError: a number is not finite, or text has no UTF-8 form.
    """
    is_message = dataclasses.is_dataclass(obj) and not isinstance(obj, type)
    return json_bytes(to_json(obj) if is_message else raw_json(obj))


def digest(obj: object) -> str:
    """Give the SHA-256 of :func:`canonical` in hexadecimal."""
    return hashlib.sha256(canonical(obj)).hexdigest()


def leaves(obj: object) -> Iterator[Leaf]:
    """Walk over everything that is set below a dataclass, in the order of its fields."""
    return message_leaves(obj)


def patterns(obj: object) -> set[str]:
    """Give the patterns of all leaves of a dataclass, for less than walking over them."""
    return message_patterns(obj)


def redacted(obj: T) -> T:
    """Give the same dataclass with what its secret fields hold replaced by a mark."""
    return cast("T", without_secrets(obj))
