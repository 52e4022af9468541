"""Explains single calls: messages to questions, and verdicts back."""

from typing import Any

from trafficctl.v2.reachability_pb2 import (
    Basis,
    ExplainReachabilityRequest,
    ExplainReachabilityResponse,
    Explanation,
)
from trafficctl_sdk.explain import Hop, Landing

from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.reachability_messages import fact_messages
from trafficctl_server.api.resource_names import name_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.compile.names import cluster_name
from trafficctl_server.intents.kinds import WORKLOAD
from trafficctl_server.reachability import questions
from trafficctl_server.reachability.explainer import Explained, Explainer
from trafficctl_server.reachability.questions import (
    Asking,
    CallingIdentity,
    CallingOutside,
    CallingWorkload,
    Question,
    StatedClaim,
)


class ReachabilityService:
    """Answers on any basis."""

    def __init__(self, explainer: Explainer) -> None:
        self._explainer = explainer

    async def explain(
        self, request: ExplainReachabilityRequest, context: Context
    ) -> ExplainReachabilityResponse:
        """Explain one call from each cluster that its caller calls from.

        :raises Failure: an end of the call is not known, or the basis is not served.
        """
        refuse(request_violations(request), _name_violations(request))
        found = await self._explainer.explain(_question(request))
        tell_revision(context, max(it.revision for it in found))
        return ExplainReachabilityResponse(explanations=[_explanation(it) for it in found])


def _name_violations(request: ExplainReachabilityRequest) -> list[Any]:
    patterns = RESOURCE_TYPES[WORKLOAD.name].patterns
    named = (
        (
            request.caller.WhichOneof("kind") == "workload",
            request.caller.workload.name,
            "caller.workload.name",
        ),
        (
            request.destination.WhichOneof("kind") == "workload",
            request.destination.workload,
            "destination.workload",
        ),
    )
    return [
        violation
        for asked, name, field in named
        if asked
        for violation in name_violations(patterns, name, field)
    ]


def _question(request: ExplainReachabilityRequest) -> Question:
    return Question(
        basis=basis_of(request.basis),
        caller=_caller(request.caller),
        port=request.port,
        workload=request.destination.workload,
        host=request.destination.host,
        method=request.method,
        path=request.path,
        headers=dict(request.headers),
        claims=tuple(
            StatedClaim(jwt_provider=it.jwt_provider, path=tuple(it.path), values=tuple(it.values))
            for it in request.claims
        ),
    )


def basis_of(basis: Basis) -> questions.Basis:
    """Read what an answer shall be based on."""
    if basis.value == Basis.VALUE_UNSPECIFIED:
        return questions.Basis()
    value = questions.BasisValue(Basis.Value.Name(basis.value))
    return questions.Basis(value=value, plan=basis.plan)


def _caller(caller: ExplainReachabilityRequest.Caller) -> Asking:
    match caller.WhichOneof("kind"):
        case "workload":
            return CallingWorkload(name=caller.workload.name, cluster=caller.workload.cluster)
        case "identity":
            return CallingIdentity(
                cluster=caller.identity.cluster,
                namespace=caller.identity.namespace,
                service_account=caller.identity.service_account,
            )
        case _:
            return CallingOutside(
                address=caller.outside.address, certificate_name=caller.outside.certificate_name
            )


def _explanation(explained: Explained) -> Explanation:
    verdict = explained.verdict
    return Explanation(
        verdict=verdict.kind.value,
        hops=[_hop(it, explained) for it in verdict.hops],
        destinations=[_destination(it) for it in verdict.landings],
        missing=fact_messages(verdict.missing),
        basis=Basis(value=explained.basis.value.value, plan=explained.basis.plan),
        revision=explained.revision,
        text=verdict.text,
        caller_cluster=_cluster(explained.caller_cluster),
    )


def _hop(hop: Hop, explained: Explained) -> Explanation.Hop:
    return Explanation.Hop(
        kind=hop.kind.value,
        cluster=_cluster(hop.cluster),
        party=hop.party,
        address=hop.address,
        identity=hop.identity,
        tls=hop.tls.value,
        decision=hop.decision.value,
        objects=[explained.names[it] for it in hop.objects if it in explained.names],
        intents=hop.intents,
    )


def _destination(landing: Landing) -> Explanation.Destination:
    return Explanation.Destination(
        cluster=_cluster(landing.cluster), subset=landing.subset, weight=landing.weight
    )


def _cluster(cluster: str) -> str:
    return cluster_name(cluster) if cluster else ""
