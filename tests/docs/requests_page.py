"""Pages that show requests and what they are answered, asked of a controller one by one."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, Final

import yaml
from google.protobuf import json_format
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2
from trafficctl.v2 import plan_pb2

from tests.fakes.town import Town
from trafficctl_server.api.messages import to_model
from trafficctl_server.api.principals import set_principal
from trafficctl_server.api.services import servicers
from trafficctl_server.api.status import status_of
from trafficctl_server.intents.failures import Failure

_FENCE: Final = re.compile(
    r"^```yaml (?P<word>\w+) ?(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_CONTEXT: Any = SimpleNamespace(set_trailing_metadata=lambda _: None)


class Caller:
    """Calls the methods of a controller as its listener would."""

    def __init__(self, it: Town) -> None:
        engine = it.engine
        self.digest = ""
        self._services = {
            service.name.rpartition(".")[2]: service.servicer
            for service in servicers(
                desk=engine.desk,
                intake=engine.intake,
                removal=engine.removal,
                care=engine.care,
                check=engine.reconciler.checking.check,
                explainer=engine.explainer,
                drawing=engine.drawing,
                plans=engine.plans,
            )
        }

    async def ask(self, rpc: str, principal: str, text: str) -> dict[str, Any]:
        """Give the answer to a request, or what its error says."""
        service, _, method = rpc.partition("/")
        set_principal(principal)
        handler = getattr(self._services[service], method)
        message = _request(service, method)
        body = yaml.safe_load(text.replace("<digest>", self.digest))
        try:
            answer = await handler(json_format.ParseDict(body, message), _CONTEXT)
        except Failure as failure:
            info = error_details_pb2.ErrorInfo()
            status_of(failure, "").details[0].Unpack(info)
            return {"reason": info.reason}
        self.digest = getattr(answer, "digest", "") or self.digest
        found: dict[str, Any] = json_format.MessageToDict(answer)
        return found


def _request(service: str, method: str) -> Any:
    pool = plan_pb2.DESCRIPTOR.pool
    found = pool.FindServiceByName(f"trafficctl.v2.{service}").methods_by_name[method]
    return GetMessageClass(found.input_type)()


def says(shown: Any, answered: Any) -> bool:
    """Say whether an answer has everything that the page shows of it."""
    if isinstance(shown, dict):
        return isinstance(answered, dict) and all(
            key in answered and says(value, answered[key]) for key, value in shown.items()
        )
    if isinstance(shown, list):
        return len(shown) == len(answered) and all(map(says, shown, answered))
    return bool(shown == answered)


async def follow(page: str, it: Town) -> None:
    """Build the world of a page, then ask all that it asks, and hold the answers against it."""
    found = list(_FENCE.finditer(page))
    assert len(found) == page.count("```") // 2
    if found[0]["word"] == "world":
        await _build(found.pop(0)["text"], it)
    caller = Caller(it)
    for asked, shown in zip(found[::2], found[1::2], strict=True):
        assert (asked["word"], shown["word"] in {"answer", "error"}) == ("request", True)
        rpc, principal = asked["about"].split()
        answered = await caller.ask(rpc, principal, asked["text"])
        line = page.count("\n", 0, asked.start()) + 1
        assert says(yaml.safe_load(shown["text"]), answered), f"line {line}: {answered}"
        await it.quiet()


async def _build(text: str, it: Town) -> None:
    pool = plan_pb2.DESCRIPTOR.pool
    for kind, resources in yaml.safe_load(text).items():
        for body in resources:
            message = GetMessageClass(pool.FindMessageTypeByName(f"trafficctl.v2.{kind}"))()
            await it.create(to_model(json_format.ParseDict(body, message)))
    await it.quiet()
