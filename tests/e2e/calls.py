"""RPCs by their names, with requests as the JSON that people write."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

import grpc
import trafficctl.v2
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message_factory import GetMessageClass
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from google.rpc.status_pb2 import Status

PATIENCE: Final = 30  # seconds until a test that waits for an answer fails instead
Json = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - an answer
    """The server refused.

    :ivar fields: for each field that is wrong, why.
    """

    def __init__(self, error: Any) -> None:
        super().__init__(f"{error.code().name}: {error.details()}")
        metadata = dict(error.trailing_metadata() or ())
        status = Status.FromString(metadata.get("grpc-status-details-bin", b""))
        info, request = ErrorInfo(), BadRequest()
        for detail in status.details:
            detail.Unpack(info)
            detail.Unpack(request)
        self.code: grpc.StatusCode = error.code()
        self.reason = info.reason
        self.fields = {it.field: it.description for it in request.field_violations}


class Client:
    """Calls one server."""

    def __init__(self, channel: grpc.Channel) -> None:
        self._channel = channel

    def ask(self, rpc: str, request: Mapping[str, Any], *, timeout: float = PATIENCE) -> Json:
        """Call ``Service/Method`` of our package.

        :raises Refusal: the server refused.
        """
        method = methods()[rpc]
        call = self._channel.unary_unary(*_way(method), **_codec(method))
        try:
            return _shown(call(_message(method, request), timeout=timeout))
        except grpc.RpcError as error:
            raise Refusal(error) from None

    def watch(self, request: Mapping[str, Any], *, timeout: float = PATIENCE) -> Iterator[Json]:
        """Read a Watch stream.

        :raises Refusal: the stream ended with an error.
        """
        method = methods()["WatchService/Watch"]
        call = self._channel.unary_stream(*_way(method), **_codec(method))
        stream = call(_message(method, request), timeout=timeout)
        try:
            for message in stream:
                yield _shown(message)
        except grpc.RpcError as error:
            raise Refusal(error) from None
        finally:
            stream.cancel()  # type: ignore[no-untyped-call] # grpc-stubs leave it out

    def until_quiet(self, *names: str) -> dict[str, str]:
        """Follow intents until each has come to rest, and give their states."""
        kinds = {name.split("/")[-2].removesuffix("s") for name in names}
        types = [f"trafficctl.dev/{kind[0].upper()}{kind[1:]}" for kind in sorted(kinds)]
        states: dict[str, str] = {}
        for message in self.watch({"parents": sorted(names), "types": types}):
            for change in message.get("changes", ()):
                (intent,) = change["resource"].values()
                done = intent.get("observedGeneration") == intent["generation"]
                if done and not intent.get("reconciling"):
                    states[intent["name"]] = intent["state"]
            if states.keys() >= set(names):
                return states
        raise AssertionError(f"the stream ended; so far {states}")

    def realizations(self, intent: str) -> dict[str, Json]:
        """Read what became of an intent, by cluster id."""
        answer = self.ask("RealizationService/ListRealizations", {"parent": intent})
        found = answer.get("realizations", ())
        return {it["name"].rpartition("/")[2]: it["convergence"] for it in found}


@cache
def methods() -> dict[str, MethodDescriptor]:
    """Give every method of the package by ``Service/Method``."""
    return {
        f"{service.name}/{method.name}": method
        for module in pkgutil.iter_modules(trafficctl.v2.__path__)
        if module.name.endswith("_pb2")
        for service in importlib.import_module(
            f"trafficctl.v2.{module.name}"
        ).DESCRIPTOR.services_by_name.values()
        for method in service.methods
    }


def _way(method: MethodDescriptor) -> tuple[str]:
    return (f"/{method.containing_service.full_name}/{method.name}",)


def _codec(method: MethodDescriptor) -> dict[str, Any]:
    return {
        "request_serializer": GetMessageClass(method.input_type).SerializeToString,
        "response_deserializer": GetMessageClass(method.output_type).FromString,
    }


def _message(method: MethodDescriptor, request: Mapping[str, Any]) -> Any:
    return ParseDict(dict(request), GetMessageClass(method.input_type)())


def _shown(message: Any) -> Json:
    shown: Json = MessageToDict(message)
    return shown
