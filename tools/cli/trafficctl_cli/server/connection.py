"""One channel to one server: calls with a deadline, repeated where the server asks for it."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import grpc

from trafficctl_cli import __version__
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import Method, ResourceType
from trafficctl_cli.server.failures import Failure, failure_of
from trafficctl_cli.settings import Endpoint

_PING_MS: Final = 20_000  # a server that is gone is noticed within half a minute
_PING_TIMEOUT_MS: Final = 10_000
_LARGEST: Final = 64 << 20  # bytes of one answer; the server's own limit is lower
_PAGE: Final = 1000
_AGAIN: Final = 0.5  # seconds between attempts to reach a server that was there
_RESTART: Final = 20.0  # seconds that it gets to come back


class Connection:
    """Calls one server; made by :func:`connected`.

    :ivar endpoint: whom it calls.
    """

    def __init__(self, channel: grpc.Channel, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._channel = channel
        self._metadata = _metadata(endpoint)
        self._heard = False

    def call(self, method: Method, request: Any, *, timeout: float | None = None) -> Any:
        """Make a call; where the server says when to come back, come back within its time.

        A server that answered before and is away now is waited for a while. Changes carry a
        ``request_id``, so that a repeat of one that had happened changes nothing.

        :raises Failure: the answer is an error.
        """
        if "request_id" in request.DESCRIPTOR.fields_by_name and not request.request_id:
            request.request_id = str(uuid.uuid4())
        start = time.monotonic()
        end = start + (timeout or self.endpoint.timeout)
        before: Failure | None = None
        while True:
            try:
                answer = self._once(method, request, max(end - time.monotonic(), 0.001))
            except Failure as failure:
                wait = failure.retry_after
                if wait is None and self._heard and failure.away:
                    wait = _AGAIN if time.monotonic() < start + _RESTART else None
                if wait is None or time.monotonic() + wait >= end:
                    # That the time is over says less than why it was waited.
                    raise before if before is not None and failure.late else failure from None
                before = failure
                time.sleep(wait)
            else:
                self._heard = True
                return answer

    def _once(self, method: Method, request: Any, seconds: float) -> Any:
        call = self._channel.unary_unary(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        try:
            return call(request, timeout=seconds, metadata=self._metadata)
        except grpc.RpcError as error:
            raise failure_of(error, self.endpoint.server) from None

    def stream(
        self, method: Method, request: Any, *, timeout: float | None = None
    ) -> Iterator[Any]:
        """Read a stream until it ends; leaving the iterator cancels it.

        :raises Failure: it ended with an error.
        """
        call = self._channel.unary_stream(
            method.path,
            request_serializer=method.request.SerializeToString,
            response_deserializer=method.response.FromString,
        )
        answers: Any = call(request, timeout=timeout, metadata=self._metadata)
        try:
            yield from answers
        except grpc.RpcError as error:
            raise failure_of(error, self.endpoint.server) from None
        finally:
            answers.cancel()

    def listed(self, kind: ResourceType, parent: str, **request: Any) -> Iterator[Any]:
        """Read a list page by page.

        :param request: further fields, such as ``filter``.
        :raises Failure: an answer is an error.
        """
        method = kind.method("List")
        place = {"parent": parent} if parent else {}
        yield from self.pages(method, method.request(**place, **request), kind.plural)

    def pages(self, method: Method, request: Any, field: str) -> Iterator[Any]:
        """Read every page of a method that pages, item by item.

        :raises Failure: an answer is an error.
        """
        request.page_size = _PAGE
        while True:
            page = self.call(method, request)
            yield from getattr(page, field)
            if not page.next_page_token:
                return
            request.page_token = page.next_page_token


@contextmanager
def connected(endpoint: Endpoint) -> Iterator[Connection]:
    """Open a channel, for as long as the block lasts.

    :raises CommandError: a file of the credentials cannot be used.
    """
    options = [
        ("grpc.keepalive_time_ms", _PING_MS),
        ("grpc.keepalive_timeout_ms", _PING_TIMEOUT_MS),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.max_receive_message_length", _LARGEST),
        ("grpc.primary_user_agent", f"trafficctl/{__version__}"),
        ("grpc.use_local_subchannel_pool", 1),
    ]
    if endpoint.encrypted:
        channel = grpc.secure_channel(endpoint.server, _credentials(endpoint), options)
    else:
        channel = grpc.insecure_channel(endpoint.server, options)
    with channel:
        yield Connection(channel, endpoint)


def _credentials(endpoint: Endpoint) -> grpc.ChannelCredentials:
    if bool(endpoint.cert) != bool(endpoint.key):
        raise CommandError(Exit.USAGE, ["--cert and --key go together"])
    ca, cert, key = (_read(it) for it in (endpoint.ca, endpoint.cert, endpoint.key))
    return grpc.ssl_channel_credentials(ca, key, cert)


def _metadata(endpoint: Endpoint) -> tuple[tuple[str, str], ...]:
    token = _read(endpoint.token_file)
    if token is None:
        return ()
    if not endpoint.encrypted and not endpoint.local:
        raise CommandError(
            Exit.USAGE,
            [f"the token would travel to {endpoint.server} in clear text: leave out --plaintext"],
        )
    try:
        text = token.decode("ascii").strip()
    except UnicodeDecodeError:
        text = ""
    if not text or not text.isprintable() or " " in text:
        raise CommandError(Exit.USAGE, [f"{endpoint.token_file} does not hold one token alone"])
    return (("authorization", f"Bearer {text}"),)


def _read(file: Path | None) -> bytes | None:
    if file is None:
        return None
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(
            Exit.USAGE, [f"{file} cannot be read: {(error.strerror or 'unknown').lower()}"]
        ) from None
