"""Completes what a wish says to an intent that says nothing else."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Final, cast

from trafficctl_sdk.codec import from_json
from trafficctl_sdk.conformance.wishes.wish import Body, joined
from trafficctl_sdk.conformance.world import places
from trafficctl_sdk.intent_kinds import INTENT_KINDS, ConnectivityIntent
from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.outbound_intent import OutboundIntent

_PREFERRED: Final = ("HTTP", "TCP", "HTTP2", "GRPC", "TLS", "HTTPS")
_PORTS: Final[Mapping[str, str]] = {
    "intercluster": "ports",
    "intracluster": "ports",
    "outbound": "hosts.ports",
    "inbound": "listeners",
}
_RESOLUTIONS: Final = ("dns", "static", "original_destination")
_FROM: Final = ("workload", "service_account", "namespace", "any_client", "external")


class Way(StrEnum):
    """The way out of the calling cluster."""

    DIRECT = "DIRECT"
    DEDICATED_GATEWAY = "DEDICATED_GATEWAY"


def ways(kind: str, declared: Collection[str]) -> tuple[Way, ...]:
    """Give the ways that callers can take in intents of a kind."""
    gateway = f"{kind}.callers.egress.dedicated_gateway"
    return (Way.DIRECT, Way.DEDICATED_GATEWAY) if gateway in declared else (Way.DIRECT,)


def completed(
    kind: str, body: Body, protocol: str, declared: Collection[str], way: Way = Way.DIRECT
) -> ConnectivityIntent:
    """Give a whole intent that says what a body says, and of the rest what is declared.

    :param protocol: what its ports speak; empty: any.
    :param declared: paths of capabilities.
    """
    stated = _Completion(kind, protocol, declared, way).of(body)
    return cast("ConnectivityIntent", from_json(INTENT_KINDS[kind], stated))


def is_taken(way: Way, intent: ConnectivityIntent) -> bool:
    """Say whether the server takes an intent: by sidecar nothing is enforced on the way out."""
    if way is Way.DEDICATED_GATEWAY or not isinstance(intent, OutboundIntent):
        return True
    return all(
        rule.action is AccessRule.Action.ALLOW
        and rule.all_requests is not None
        and not rule.headers
        for caller in intent.callers
        if caller.egress is None or caller.egress.dedicated_gateway is None
        for rule in caller.access
    )


class _Completion:
    def __init__(self, kind: str, protocol: str, declared: Collection[str], way: Way) -> None:
        self._kind = kind
        self._declared = declared
        self._way = way
        self._stated = protocol

    def of(self, body: Body) -> dict[str, Any]:
        said = {"callers": [{}], **body}
        callers = [self._caller(it) for it in said["callers"]]
        whole = {
            "name": f"{places.PARENT}/{self._collection}/{places.SERVICE}",
            **body,
            "callers": callers,
        }
        if self._kind == "outbound":
            hosts = body.get("hosts", [{"host": "api.example.com", "ports": [{"port": 80}]}])
            return {**whole, "hosts": [self._placed(self._with_protocols(it)) for it in hosts]}
        whole = joined({"destination": {"workload": places.SERVICE}}, whole)
        if self._kind == "inbound":
            return self._exposed(whole)
        return self._with_protocols({"ports": [{"port": 80}], **whole})

    @property
    def _collection(self) -> str:
        return f"{self._kind}Intents"

    def _has(self, field: str) -> bool:
        return f"{self._kind}.{field}" in self._declared

    @property
    def _protocol(self) -> str:
        if self._stated:
            return self._stated
        path = f"{_PORTS[self._kind]}.protocol"
        return next((it for it in _PREFERRED if self._has(f"{path}.{it}")), "")

    def _with_protocols(self, holder: Mapping[str, Any]) -> dict[str, Any]:
        spoken = {"protocol": self._protocol} if self._protocol else {}
        return {**holder, "ports": [{**spoken, **it} for it in holder["ports"]]}

    def _placed(self, host: Mapping[str, Any]) -> dict[str, Any]:
        """State where a host is, for a driver that resolves no names."""
        by_address = self._has("hosts.static.addresses") and not self._has("hosts.dns")
        if by_address and not set(_RESOLUTIONS) & host.keys():
            return {**host, "static": {"addresses": ["192.0.2.10"]}}
        return dict(host)

    def _caller(self, said: Mapping[str, Any]) -> dict[str, Any]:
        caller = {**({} if set(_FROM) & said.keys() else self._somebody()), **said}
        caller.setdefault("access", [self._everything()])
        if self._way is Way.DEDICATED_GATEWAY and "workload" in caller:
            caller.setdefault("egress", {"dedicated_gateway": {}})
        return caller

    def _somebody(self) -> dict[str, Any]:
        if self._kind != "inbound":
            return {"workload": {"workload": "page"}}
        if self._has("callers.any_client.identity.ANYONE"):
            return {"any_client": {"identity": "ANYONE"}}
        return {"external": {"source_ranges": ["192.0.2.0/24"]}}

    def _everything(self) -> dict[str, Any]:
        if self._has("callers.access.all_requests") or not self._has("callers.access.http.methods"):
            return {"action": "ALLOW", "all_requests": {}}
        return {"action": "ALLOW", "http": {"methods": ["GET"], "paths": [{"prefix": "/"}]}}

    def _exposed(self, whole: dict[str, Any]) -> dict[str, Any]:
        listeners = whole.get("listeners", [{"port": 80, "service_port": 80, "plaintext": {}}])
        spoken = {"protocol": self._protocol} if self._protocol else {}
        fqdn = {"fqdn": "shop.example.org"} if self._has("exposed_hosts.fqdn") else {}
        return {
            "exposed_hosts": [fqdn or {"prefix": "shop"}],
            **whole,
            "listeners": [{**spoken, **it} for it in listeners],
        }
