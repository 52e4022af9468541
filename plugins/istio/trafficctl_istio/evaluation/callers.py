"""Where a call begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.patterns import selects
from trafficctl_istio.evaluation.pods import Pods, principal_of
from trafficctl_istio.evaluation.streams import Content, Letter, Payload, Speech

if TYPE_CHECKING:
    from trafficctl_sdk.explain import ExplainRequest

    from trafficctl_istio.evaluation.mesh import Cluster
    from trafficctl_istio.evaluation.services import Port

_USUAL_PORTS = {Speech.HTTP: 80, Speech.TLS: 443}


def calling_pods(request: ExplainRequest, cluster: Cluster) -> Pods:
    """Give the pods that call, as the question describes them."""
    principal = principal_of(
        cluster.facts.mesh.trust_domain, request.namespace, request.service_account
    )
    known = (
        it.party
        for it in cluster.pods.get(request.namespace, ())
        if it.principal == principal and not it.gateway and selects(request.pod_labels, it.labels)
    )
    return Pods(
        cluster=cluster.id,
        namespace=request.namespace,
        labels=request.pod_labels,
        principal=principal,
        party=next(known, f"{request.namespace}/{request.service_account}"),
        in_mesh=request.in_mesh,
    )


def letter_of(request: ExplainRequest) -> Letter:
    """Give the content of a request."""
    content = Content(
        method=request.method,
        path=normal_path(request.path),
        headers=request.headers,
        claims=request.claims,
    )
    return Letter(content)


def payload_for(request: ExplainRequest, port: Port, letter: Letter) -> Payload:
    """Give what the application sends to a port: what the port is declared to speak."""
    speech = port.speech
    if speech is None:
        speech = Speech.HTTP if has_line(request) else Speech.TCP
    return payload(request, speech, request.host, letter, grpc=port.grpc)


def has_line(request: ExplainRequest) -> bool:
    """Say whether a call is a request, where nobody declares what a port speaks."""
    return bool(request.method or request.path)


def payload(
    request: ExplainRequest, speech: Speech, host: str, letter: Letter, *, grpc: bool = False
) -> Payload:
    """Give what an application sends.

    :param grpc: calls are gRPC, whose method is always POST.
    """
    if speech is Speech.TCP:
        return Payload(speech=speech)
    return Payload(
        speech=speech,
        sni=host if speech is Speech.TLS else "",
        authority=host if request.port in {80, 443} else f"{host}:{request.port}",
        grpc=grpc,
        letter=letter,
    )


def normal_path(path: str) -> str:
    """Give a path as every proxy writes it before it looks at it: without ``.`` and ``..``."""
    before, mark, query = path.partition("?")
    before = before.replace("\\", "/")
    if "/." not in before:
        return before + mark + query
    kept: list[str] = []
    segments = before.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept) + mark + query
