"""Sends wishes as any client does: published stubs, a request id, and the same again if need be."""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from tests.crash.wishes import Act
from trafficctl_server.api.messages import to_message
from trafficctl_server.intents.kinds import GROUP

if TYPE_CHECKING:
    import grpc

    from tests.crash.wishes import Wish

_DEADLINE: Final = 60.0


def send(channel: grpc.Channel, wish: Wish) -> Any:
    """Send a wish and give the resource that is answered. :raises grpc.RpcError: as it fails."""
    messages, services = _modules(wish.kind.name)
    kind, field = wish.kind.name, _snake(wish.kind.name)
    request = getattr(messages, f"{wish.act}{kind}Request")(request_id=wish.request_id)
    if wish.act is Act.DELETE:
        request.name = wish.name
        if wish.kind == GROUP:
            request.force = True
    else:
        resource = to_message(wish.resource, getattr(messages, kind))
        getattr(request, field).CopyFrom(resource)
    if wish.act is Act.CREATE:
        own_id = wish.name.rpartition("/")[2]
        setattr(request, f"{field}_id", own_id)
        if wish.kind.parent:
            request.parent = wish.name.removesuffix(f"/{wish.kind.collection}/{own_id}")
    if wish.act is Act.UPDATE:
        request.update_mask.paths.append("*")
    stub = getattr(services, f"{kind}ServiceStub")(channel)
    return getattr(stub, f"{wish.act}{kind}")(request, timeout=_DEADLINE, wait_for_ready=True)


@cache
def _modules(kind: str) -> tuple[Any, Any]:
    name = f"trafficctl.v2.{_snake(kind)}_pb2"
    return importlib.import_module(name), importlib.import_module(f"{name}_grpc")


def _snake(kind: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
