"""Applies the requests of this folder to a server, waits until it is done, and shows the result.

``python examples/bookinfo/apply.py [--server HOST:PORT] [--tree FOLDER]`` needs the published
stubs (``trafficctl-api``) and PyYAML, nothing of the server. Run again, it changes nothing.
"""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import grpc
import trafficctl.v2
import yaml
from google.protobuf.json_format import ParseDict, ParseError
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ResourceInfo
from google.rpc.status_pb2 import Status
from trafficctl.v2 import (
    convergence_pb2,
    realization_pb2,
    realization_pb2_grpc,
    watch_pb2,
    watch_pb2_grpc,
)

REQUESTS: Final = Path(__file__).parent / "requests"
PATIENCE: Final = 30  # seconds that intents get until they are settled
UNARY: Final = 10  # seconds that one call gets
CONNECT: Final = 5  # seconds that the server gets to accept us
State = convergence_pb2.Convergence.State
Stage = convergence_pb2.Convergence.Stage
Detail = TypeVar("Detail", bound=Message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--server", default="127.0.0.1:50051", help="where it listens (%(default)s)"
    )
    parser.add_argument("--tree", type=Path, metavar="FOLDER", help="show the files below it too")
    options = parser.parse_args(arguments)
    modules = stub_modules()
    try:
        with grpc.insecure_channel(options.server) as channel:
            grpc.channel_ready_future(channel).result(timeout=CONNECT)
            applied = apply_all(channel, modules)
            intents = [it for it in applied if it.DESCRIPTOR.name.endswith("Intent")]
            wait_until_settled(channel, intents)
            print_table(channel, intents)
    except grpc.FutureTimeoutError:
        print(f"nobody answers at {options.server}: start the server first", file=sys.stderr)
        return 1
    except grpc.RpcError as error:
        print(f"the server at {options.server} says: {explained(error)}", file=sys.stderr)
        return 1
    except (OSError, ValueError, TimeoutError) as error:
        print(error, file=sys.stderr)
        return 1
    if options.tree:
        print_tree(options.tree)
    return 0


def stub_modules() -> dict[str, Any]:
    """Import every stub and give, per full service name, the module of its messages."""
    found = {}
    for module in pkgutil.iter_modules(trafficctl.v2.__path__):
        if module.name.endswith("_pb2"):
            messages = importlib.import_module(f"trafficctl.v2.{module.name}")
            for service in messages.DESCRIPTOR.services_by_name.values():
                found[service.full_name] = messages
    return found


def apply_all(channel: grpc.Channel, modules: dict[str, Any]) -> Iterator[Any]:
    """Send the requests in the order of their files and give what each answered.

    :raises ValueError: a file is no request.
    """
    for file in sorted(REQUESTS.glob("*.yaml")):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        service, _, method = document["rpc"].partition("/")
        messages = modules[service]
        request = getattr(messages, f"{method}Request")()
        try:
            ParseDict(document["request"], request)
        except ParseError as error:
            raise ValueError(f"{file.name}: {error}") from None
        stubs = importlib.import_module(f"{messages.__name__}_grpc")
        stub = getattr(stubs, f"{service.rpartition('.')[2]}Stub")(channel)
        answer, done = create_or_update(stub, messages, method, request)
        print(f"{done:8} {answer.name}")
        yield answer


def create_or_update(stub: Any, messages: Any, method: str, request: Any) -> tuple[Any, str]:
    """Create a resource; if it is there, make it as the request wants it."""
    try:
        return getattr(stub, method)(request, timeout=UNARY), "created"
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.ALREADY_EXISTS:
            raise
        (taken,) = details(error, ResourceInfo)
    kind = method.removeprefix("Create")
    field = next(it.name for it in request.DESCRIPTOR.fields if it.message_type)
    wish = getattr(request, field)
    wish.name = taken.resource_name
    update = getattr(messages, f"Update{kind}Request")(
        **{field: wish}, update_mask={"paths": ["*"]}
    )
    return getattr(stub, f"Update{kind}")(update, timeout=UNARY), "is there"


def wait_until_settled(channel: grpc.Channel, intents: Sequence[Any]) -> None:
    """Follow the intents until nothing goes on for any of them.

    :raises TimeoutError: it takes too long; says what each still waits for.
    """
    wanted = {it.name: it.generation for it in intents}
    types = sorted({f"trafficctl.dev/{it.DESCRIPTOR.name}" for it in intents})
    request = watch_pb2.WatchRequest(parents=["projects/-"], types=types)
    busy = dict.fromkeys(wanted, "PROGRESSING")
    try:
        for message in watch_pb2_grpc.WatchServiceStub(channel).Watch(request, timeout=PATIENCE):
            for change in message.changes:
                it = getattr(change.resource, change.resource.WhichOneof("resource"))
                if it.name not in wanted:
                    continue
                busy[it.name] = State.Name(it.state)
                if it.observed_generation >= wanted[it.name] and not it.reconciling:
                    del busy[it.name]
            if not busy:
                return
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.DEADLINE_EXCEEDED:
            raise
    waiting = ", ".join(f"{name} is {state}" for name, state in busy.items())
    raise TimeoutError(f"not settled within {PATIENCE} s: {waiting}")


def print_table(channel: grpc.Channel, intents: Sequence[Any]) -> None:
    """Print what became of each intent in each cluster."""
    rows = [("intent", "cluster", "part", "state", "stage", "objects")]
    for intent in intents:
        request = realization_pb2.ListRealizationsRequest(parent=intent.name, page_size=1000)
        answer = realization_pb2_grpc.RealizationServiceStub(channel).ListRealizations(
            request, timeout=UNARY
        )
        kind, name = intent.name.split("/")[-2:]
        for it in answer.realizations:
            roles = "+".join(realization_pb2.Realization.Role.Name(role) for role in it.roles)
            state, stage = State.Name(it.convergence.state), Stage.Name(it.convergence.stage)
            why = f" ({it.convergence.detail})" if it.convergence.detail else ""
            cluster = it.cluster.removeprefix("clusters/") or "none"
            count = str(it.object_count)
            rows.append((f"{kind}/{name}", cluster, roles.lower(), state + why, stage, count))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print()
    for row in rows:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )


def print_tree(folder: Path) -> None:
    """Print every file below a folder, folders once."""
    print(f"\n{folder}")
    for path in sorted(it for it in folder.rglob("*") if not it.name.startswith(".")):
        print("  " * len(path.relative_to(folder).parts) + path.name + "/" * path.is_dir())


def explained(error: Any) -> str:
    """Say in lines what an error answer says: its text, then each field with what is wrong."""
    lines = [f"{error.code().name}: {error.details()}"]
    for request in details(error, BadRequest):
        lines += [f"  {it.field}: {it.description}" for it in request.field_violations]
    return "\n".join(lines)


def details(error: Any, kind: type[Detail]) -> list[Detail]:
    """Give the details of one kind that an error answer brings."""
    metadata = dict(error.trailing_metadata() or ())
    status = Status.FromString(metadata.get("grpc-status-details-bin", b""))
    found = []
    for packed in status.details:
        detail = kind()
        if packed.Unpack(detail):
            found.append(detail)
    return found


if __name__ == "__main__":
    sys.exit(main())
