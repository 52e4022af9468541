"""The settings of one port in a DestinationRule: which endpoint is picked, and how it is used.

Proxies never merge a port's block with what stands above it, so a block is always complete.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.model.common import Locality, Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.protocols import HTTP2_FAMILY, HTTP_FAMILY
from trafficctl_istio.rendering.traffic.durations import SECOND, duration

MANY: Final = 0
"""Says that the number of endpoints is not known: pods come and go."""

_DEFAULT_CONNECT_TIMEOUT: Final = SECOND
_DEFAULT_CONNECT_FAILURES: Final = 3
_DEFAULT_INTERVAL: Final = 10 * SECOND
_DEFAULT_EJECTION: Final = 30 * SECOND
_ALL_BUT_ONE: Final = 99
_RING: Final = 1024
_MAGLEV: Final = 65537
_NO_POLICY: Final = TrafficPolicy()


def endpoint_settings(
    policy: TrafficPolicy | None,
    protocol: Protocol.Value,
    *,
    endpoints: int,
    far: bool = False,
    upgrade: bool = False,
) -> Json:
    """Give all settings of one port but its TLS; empty: the mesh's own.

    :param endpoints: how many there are, or :data:`MANY`. The last one is never left out.
    :param far: endpoints stand for whole clusters, so nearness is said either way, and what
        fail-over needs is added where it is not stated.
    :param upgrade: the proxy may speak HTTP/1 to a hop that needs HTTP/2.
    """
    stated = policy or _NO_POLICY
    several = endpoints == MANY or endpoints > 1
    failover = several and (far or _fails_over(stated.locality))
    return present(
        loadBalancer=_load_balancer(stated, by_locality=far),
        connectionPool=_connection_pool(
            stated.connection_limits, protocol, failover=failover, upgrade=upgrade
        ),
        outlierDetection=_outliers(stated.outlier_detection, endpoints, failover=failover),
    )


def _fails_over(stated: TrafficPolicy.Locality | None) -> bool:
    return stated is not None and stated.spread is None and stated.distribute is None


def _load_balancer(policy: TrafficPolicy, *, by_locality: bool) -> Json:
    stated = policy.load_balancing
    locality = _locality(policy.locality)
    if by_locality and not locality:
        locality = {"enabled": True}
    if stated is None:
        return {"localityLbSetting": locality} if locality else {}
    hashed = _consistent_hash(stated.consistent_hash) if stated.consistent_hash else None
    steep = stated.warmup_aggression not in (0, 1)
    return present(
        simple=_algorithm(stated),
        consistentHash=hashed,
        localityLbSetting=locality,
        # The newer form, which has an aggression, is unknown to older meshes.
        warmupDurationSecs=None if steep else duration(stated.warmup),
        warmup=(
            {"duration": duration(stated.warmup), "aggression": stated.warmup_aggression}
            if steep and stated.warmup
            else None
        ),
    )


def _algorithm(stated: TrafficPolicy.LoadBalancing) -> str | None:
    for value, name in (
        (stated.round_robin, "ROUND_ROBIN"),
        (stated.least_request, "LEAST_REQUEST"),
        (stated.random, "RANDOM"),
        (stated.passthrough, "PASSTHROUGH"),
    ):
        if value is not None:
            return name
    return None


def _consistent_hash(stated: TrafficPolicy.LoadBalancing.ConsistentHash) -> Json:
    cookie = stated.cookie
    return present(
        httpHeaderName=stated.header,
        httpCookie=(
            present(name=cookie.name, path=cookie.path or None, ttl=duration(cookie.ttl))
            if cookie
            else None
        ),
        useSourceIp=True if stated.source_address is not None else None,
        httpQueryParameterName=stated.query_parameter,
        ringHash={"minimumRingSize": stated.ring.minimum_size or _RING} if stated.ring else None,
        maglev={"tableSize": stated.maglev.table_size or _MAGLEV} if stated.maglev else None,
    )


def _locality(stated: TrafficPolicy.Locality | None) -> Json:
    if stated is None:
        return {}
    if stated.spread is not None:
        return {"enabled": False}
    setting: Json = {"enabled": True}
    if stated.distribute is not None:
        setting["distribute"] = [
            {
                "from": _area(rule.from_locality),
                "to": dict(sorted((_area(to.locality), to.weight) for to in rule.to)),
            }
            for rule in sorted(stated.distribute.rules, key=lambda rule: _area(rule.from_locality))
        ]
    if stated.failover is not None:
        setting["failover"] = [
            {"from": rule.from_region, "to": rule.to_region}
            for rule in sorted(stated.failover.rules, key=lambda rule: rule.from_region)
        ]
    if stated.failover_priority is not None:
        setting["failoverPriority"] = list(stated.failover_priority.labels)
    return setting


def _area(locality: Locality | None) -> str:
    """Give a place and all that is in it."""
    stated = locality or Locality()
    whole = [it for it in (stated.region, stated.zone, stated.sub_zone) if it]
    return "/".join(whole if stated.sub_zone else [*whole, "*"])


def _connection_pool(
    stated: TrafficPolicy.ConnectionLimits | None,
    protocol: Protocol.Value,
    *,
    failover: bool,
    upgrade: bool,
) -> Json:
    if stated is None and not failover and not upgrade:
        return {}
    limits = stated or TrafficPolicy.ConnectionLimits()
    connect_timeout = limits.connect_timeout
    if connect_timeout is None and failover:
        connect_timeout = _DEFAULT_CONNECT_TIMEOUT
    alive = limits.keepalive
    requests = protocol in HTTP_FAMILY
    return present(
        tcp=present(
            maxConnections=limits.max_connections or None,
            connectTimeout=duration(connect_timeout),
            maxConnectionDuration=duration(limits.max_age),
            idleTimeout=None if requests else duration(limits.idle_timeout),
            tcpKeepalive=(
                present(
                    time=duration(alive.time),
                    interval=duration(alive.interval),
                    probes=alive.probes or None,
                )
                if alive
                else None
            ),
        ),
        http=present(
            http1MaxPendingRequests=limits.max_pending or None,
            http2MaxRequests=limits.max_requests or None,
            maxRequestsPerConnection=limits.max_per_connection or None,
            maxRetries=limits.max_retries or None,
            idleTimeout=duration(limits.idle_timeout) if requests else None,
            h2UpgradePolicy="UPGRADE" if upgrade and protocol in HTTP2_FAMILY else None,
        ),
    )


_NEVER_BY_ANSWERS: Final[Mapping[str, object]] = MappingProxyType(
    {"consecutive5xxErrors": 0, "splitExternalLocalOriginErrors": True}
)


def _outliers(
    stated: TrafficPolicy.OutlierDetection | None, endpoints: int, *, failover: bool
) -> Json:
    if stated is None:
        if not failover:
            return {}
        stated = TrafficPolicy.OutlierDetection(connect_failures=_DEFAULT_CONNECT_FAILURES)
    if stated.gateway_errors is not None:
        trigger: Json = {
            "consecutive5xxErrors": 0,
            "consecutiveGatewayErrors": stated.gateway_errors,
        }
    elif stated.server_errors is not None:
        trigger = {"consecutive5xxErrors": stated.server_errors}
    else:
        failures = stated.connect_failures
        trigger = {**_NEVER_BY_ANSWERS, "consecutiveLocalOriginFailures": failures}
    return {
        **trigger,
        "interval": duration(stated.interval or _DEFAULT_INTERVAL),
        "baseEjectionTime": duration(stated.base_ejection or _DEFAULT_EJECTION),
        "maxEjectionPercent": _largest_share(stated.max_percent, endpoints),
    }


def _largest_share(stated: int, endpoints: int) -> int:
    """Give the share that may be left out, so that one endpoint always stays.

    A proxy leaves one more out only if the share is then still not above this. Zero would mean
    the mesh's own default.
    """
    most = _ALL_BUT_ONE if endpoints == MANY else 100 * (endpoints - 1) // endpoints
    return max(1, min(stated or most, most))
