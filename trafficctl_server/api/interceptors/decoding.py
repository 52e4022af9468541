"""Requests that are taken apart: by the chain, or by a behaviour that knows many by their bytes."""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from google.protobuf.message import DecodeError
from trafficctl_sdk.errors import Violation

from trafficctl_server.intents.failures import Violations

B = TypeVar("B", bound=Callable[..., Any])
_MARK: Final = "takes_bytes"


def takes_bytes(behaviour: B) -> B:
    """Mark a behaviour that is given requests as they came, and decodes them by itself."""
    setattr(behaviour, _MARK, True)
    return behaviour


def is_given_bytes(behaviour: Callable[..., Any]) -> bool:
    """Whether a behaviour is so marked."""
    return getattr(behaviour, _MARK, False)


def decoded(decode: Callable[[bytes], Any], request: bytes) -> Any:
    """Give the message of a request.

    :raises Violations: it is none.
    """
    try:
        return decode(request)
    except DecodeError:
        violation = Violation(
            field="", rule="message.encoding", description="the message is not valid protobuf"
        )
        raise Violations([violation]) from None
