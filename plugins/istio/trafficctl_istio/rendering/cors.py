"""Which pages of other origins may call: the gateway answers browsers that ask."""

from trafficctl_sdk.model.common import Toggle
from trafficctl_sdk.model.inbound_intent import InboundIntent

from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.refusals import refuse
from trafficctl_istio.rendering.traffic.durations import SECOND, duration
from trafficctl_istio.rendering.traffic.matches import quoted


def age_problem(stated: InboundIntent.Cors) -> str:
    """Say why a maximum age cannot be; empty: it can."""
    if stated.max_age is None or stated.max_age % SECOND == 0:
        return ""
    return "browsers are told whole seconds; round it"


def cors_policy(stated: InboundIntent.Cors) -> Json:
    """Give the corsPolicy of a route.

    :raises Refused: its maximum age is no number of whole seconds.
    """
    problem = age_problem(stated)
    if problem:
        raise refuse("cors.max_age", "istio.cors", problem)
    origins = [_origin(one) for one in stated.origins]
    return present(
        allowOrigins=sorted(origins, key=lambda one: sorted(one.items())),
        allowMethods=sorted(set(stated.methods)),
        allowHeaders=sorted(set(stated.headers)),
        exposeHeaders=sorted(set(stated.exposed_headers)),
        maxAge=duration(stated.max_age),
        allowCredentials=None
        if stated.credentials is None
        else stated.credentials is Toggle.Value.ENABLED,
    )


def _origin(stated: InboundIntent.Cors.Origin) -> dict[str, str]:
    if stated.suffix is not None:
        return {"regex": f".*{quoted(stated.suffix)}"}
    if stated.prefix is not None:
        return {"prefix": stated.prefix}
    return {"exact": stated.exact or ""}
