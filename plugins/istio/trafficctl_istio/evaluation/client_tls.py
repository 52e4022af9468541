"""The TLS that a proxy puts around what it sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trafficctl_istio.evaluation.fields import inner, text, texts
from trafficctl_istio.evaluation.streams import Session

if TYPE_CHECKING:
    from trafficctl_istio.evaluation.destination_rules import DestinationRule
    from trafficctl_istio.evaluation.fields import Json
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.services import Port, Service
    from trafficctl_istio.evaluation.streams import Stream


class ClientTls(NamedTuple):
    """What is put around.

    :ivar session: none: the stream is sent as it is.
    :ivar automatic: only towards endpoints that take mutual TLS.
    """

    session: Session | None
    automatic: bool = False


def client_tls(
    policy: Json,
    *,
    rule: DestinationRule | None,
    service: Service,
    port: Port,
    subset: str,
    proxy: Pods,
    stream: Stream,
) -> ClientTls:
    """Give the TLS towards a port of a service.

    Without a word in the policy, endpoints in the mesh get mutual TLS of their own accord.
    """
    stated = inner(policy, "tls")
    mode = text(stated, "mode") or ("DISABLE" if stated else "")
    own_name = f"outbound_.{port.number}_.{subset or '_'}_.{service.host}"
    match mode:
        case "":
            session = Session(
                sni=own_name,
                principal=proxy.principal,
                server_names=service.server_names,
                of_mesh=True,
            )
            return ClientTls(session=None if service.external else session, automatic=True)
        case "ISTIO_MUTUAL":
            session = Session(
                sni=text(stated, "sni") or own_name,
                principal=proxy.principal,
                server_names=texts(stated, "subjectAltNames") or service.server_names,
                of_mesh=True,
            )
            return ClientTls(session=session)
        case "SIMPLE" | "MUTUAL":
            if text(stated, "credentialName") and not _may_ask(rule, proxy):
                return ClientTls(session=None)
            session = Session(
                sni=text(stated, "sni") or stream.payload.host,
                server_names=texts(stated, "subjectAltNames"),
                certificate_name="its own" if mode == "MUTUAL" else "",
            )
            return ClientTls(session=session)
        case _:
            return ClientTls(session=None)


def _may_ask(rule: DestinationRule | None, proxy: Pods) -> bool:
    """Say whether a proxy is given credentials: sidecars only by a rule that selects them."""
    return proxy.gateway or (rule is not None and bool(rule.workloads))
