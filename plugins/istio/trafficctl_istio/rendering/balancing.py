"""Traffic policies as DestinationRule settings."""

from typing import Final

from trafficctl_sdk.model.traffic_policy import TrafficPolicy

from trafficctl_istio.objects.shapes import Json, present

CONNECT_TIMEOUT: Final = "1s"


def retries() -> Json:
    """Give the retries of a route that asks for none: only what never reached the server.

    Left out, the mesh would also repeat requests that the server may have begun to work on.
    """
    return {"attempts": 2, "retryOn": "connect-failure,refused-stream"}


def load_balancer(policy: TrafficPolicy | None, *, by_locality: bool) -> Json:
    """Give the choice of endpoints; empty: the mesh's own.

    :param by_locality: endpoints may be near or far, so nearness is said either way.
    """
    round_robin = (
        policy is not None
        and policy.load_balancing is not None
        and policy.load_balancing.round_robin is not None
    )
    spread = (
        policy is not None and policy.locality is not None and policy.locality.spread is not None
    )
    return present(
        simple="ROUND_ROBIN" if round_robin else None,
        localityLbSetting={"enabled": not spread} if by_locality else None,
    )


def failover(endpoints: int) -> Json:
    """Give what makes another cluster step in for one that cannot be reached; one has none.

    An endpoint is the gateway of a whole cluster, so answers of the application never eject it,
    and the last one always stays.
    """
    if endpoints < 2:  # noqa: PLR2004 - it takes two
        return {}
    return {
        "connectionPool": {"tcp": {"connectTimeout": CONNECT_TIMEOUT}},
        "outlierDetection": {
            "consecutive5xxErrors": 0,
            "splitExternalLocalOriginErrors": True,
            "consecutiveLocalOriginFailures": 3,
            "interval": "10s",
            "baseEjectionTime": "30s",
            "maxEjectionPercent": 100 * (endpoints - 1) // endpoints,
        },
    }
