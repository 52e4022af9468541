"""What the policies of a proxy say of a call that has arrived and is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.authentication import accept_tokens
from trafficctl_istio.evaluation.authorization import judge
from trafficctl_istio.evaluation.requests import Seen

if TYPE_CHECKING:
    from trafficctl_istio.evaluation.journeys import End, Place, Visit
    from trafficctl_istio.evaluation.mesh import Cluster
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.streams import Payload


class Passed(NamedTuple):
    """A call that policies let on.

    :ivar payload: without the tokens that end here.
    """

    visit: Visit
    payload: Payload


def policed(
    visit: Visit,
    pods: Pods,
    cluster: Cluster,
    port: int,
    payload: Payload,
    *,
    http: bool,
    sni: str,
    place: Place | None = None,
) -> Passed | End:
    """Judge a call by tokens and AuthorizationPolicies; what may go on comes back.

    :param port: that the proxy listens on.
    :param sni: that the call came with.
    :param place: where the call ends if it is refused; none: it has landed nowhere yet.
    """
    tokens = accept_tokens(cluster.tokens_at(pods), payload.claims if http else ())
    visit = visit.by(*tokens.heads)
    if tokens.refusal:
        return visit.ends(VerdictKind.DENIED, tokens.refusal, place)
    seen = Seen(
        http=http,
        principal=visit.station.identity,
        port=port,
        address=visit.journey.address,
        original_address=visit.journey.original_address if http else visit.journey.address,
        sni=sni,
        claims=tokens.claims,
    )
    if http:
        seen = seen._replace(
            authority=payload.authority,
            method=payload.method,
            path=payload.path.partition("?")[0],
            headers=payload.headers,
        )
    found = judge(cluster.policies_at(pods), seen)
    visit = visit.by(*found.heads)
    text = f"at {pods.party}, port {port}: {found.text}"
    if found.admitted is None:
        return visit.lacks("policy_input", text, place)
    if not found.admitted:
        return visit.ends(VerdictKind.DENIED, text, place)
    if http and tokens.left != payload.claims:
        payload = payload.saying(claims=tokens.left)
    return Passed(visit=visit.told(text), payload=payload)
