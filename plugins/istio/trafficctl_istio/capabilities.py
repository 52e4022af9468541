"""What the driver enforces, leaf by leaf: what is not here, the host refuses with its path.

README.md has the same as a table, and a test holds the two together.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from trafficctl_sdk.driver_info import Capability, DriverInfo, Support
from trafficctl_sdk.markers import HOOK_API
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.slices import ScopeKind

from trafficctl_istio.protocols import HTTP_FAMILY, OPAQUE_TLS, SUPPORTED
from trafficctl_istio.rendering.traffic.fields import (
    IN_CLUSTER,
    LOAD_BALANCING,
    OF_ENDPOINTS,
    OVER_CLUSTERS,
    REQUESTS,
    ROUTES,
)


def _each(path: str, values: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{path}.{value}" for value in values)


def _protocols(path: str, protocols: Iterable[Protocol.Value]) -> tuple[str, ...]:
    return _each(path, (protocol.value for protocol in protocols))


_ACCESS: Final = (
    *_each("callers.access.action", ("ALLOW", "DENY")),
    "callers.access.all_requests",
    "callers.access.http.methods",
    *_each("callers.access.http.paths", ("exact", "prefix", "suffix", "template")),
    "callers.access.grpc.methods",
    "callers.access.headers.name",
    *_each("callers.access.headers", ("exact", "prefix", "suffix", "present", "absent")),
)
_TOKENS: Final = (
    *_each("callers.access.claims", ("jwt_provider", "path", "values")),
    *_each("jwt_providers", ("id", "issuer", "audiences", "jwks_uri", "jwks", "clock_skew")),
    *_each(
        "jwt_providers.locations", ("header.name", "header.prefix", "query_parameter", "cookie")
    ),
    *_each("jwt_providers.forwarding", ("ENABLED", "DISABLED")),
)
_NAMED_CALLERS: Final = (
    *_each("callers.service_account", ("namespace", "service_account", "trust_domain")),
    "callers.namespace.namespace",
    "callers.any_client.identity.MESH_IDENTITY",
)
_ANYONE: Final = "callers.any_client.identity.ANYONE"
_EGRESS: Final = (
    "callers.egress.sidecar",
    "callers.egress.dedicated_gateway",
    *_each("callers.egress.dedicated_gateway", ("min_replicas", "max_replicas")),
)
_SERVICE: Final = (
    *_each("destination.addressing", ("VIRTUAL_ADDRESS", "HEADLESS")),
    "ports.port",
    *_protocols("ports.protocol", SUPPORTED),
)
_MODES: Final = ("DISABLED", "PERMISSIVE", "STRICT")
_ENCRYPTED: Final = ("PERMISSIVE", "STRICT")


def _mutual_tls(modes: Iterable[str]) -> tuple[str, ...]:
    return _overridable(_each("mutual_tls.mode", modes))


def _traffic_policy(fields: Iterable[str]) -> tuple[str, ...]:
    return _overridable(_each("traffic_policy", fields))


def _overridable(stated: Sequence[str]) -> tuple[str, ...]:
    return (*stated, *_each("overrides", stated))


_FIELDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "intercluster": (
            *_SERVICE,
            "destination.service_accounts",
            *_NAMED_CALLERS,
            _ANYONE,
            *_ACCESS,
            *_TOKENS,
            *_EGRESS,
            *_mutual_tls(_ENCRYPTED),
            *_traffic_policy(OVER_CLUSTERS),
            "external_prefix",
            "termination.END_TO_END",
        ),
        "intracluster": (
            *_SERVICE,
            *_NAMED_CALLERS,
            _ANYONE,
            *_ACCESS,
            *_TOKENS,
            *_mutual_tls(_MODES),
            *_traffic_policy(IN_CLUSTER),
        ),
        "outbound": (
            "hosts.host",
            "hosts.dns",
            *_each("hosts.dns.connect", ("ALL_ADDRESSES", "ONE_ADDRESS")),
            "hosts.static.addresses",
            "hosts.original_destination",
            "hosts.original_destination.cidrs",
            "hosts.ports.port",
            *_protocols("hosts.ports.protocol", SUPPORTED),
            "hosts.ports.as_sent",
            "hosts.ports.originate",
            *_each(
                "hosts.ports.originate",
                (
                    "port",
                    "sni",
                    "trust.system_roots",
                    "trust.secret.name",
                    "subject_alt_names",
                    "client_certificate.secret.name",
                ),
            ),
            *_NAMED_CALLERS[:-1],  # whoever has an identity has no namespace to call from
            *_ACCESS,
            *_EGRESS,
            *_traffic_policy((*OF_ENDPOINTS, *REQUESTS, *ROUTES)),
        ),
        "inbound": (
            *_each("destination.addressing", ("VIRTUAL_ADDRESS", "HEADLESS")),
            _ANYONE,
            *_ACCESS,
            *_TOKENS,
            *_mutual_tls(_ENCRYPTED),  # the gateway proves itself to the workload
            "listeners.port",
            *_protocols(
                "listeners.protocol",
                (one for one in SUPPORTED if one in HTTP_FAMILY | OPAQUE_TLS),
            ),
            *_each("callers.external", ("source_ranges", "certificate_names", "jwt_provider")),
            *_each("listeners", ("service_port", "plaintext", "passthrough")),
            *_each("listeners.simple.certificate.secret", ("name", "namespace")),
            *_each("listeners.mutual.certificate.secret", ("name", "namespace")),
            *_each("listeners.mutual.client_trust.secret", ("name", "namespace")),
            *_each("listeners", ("redirect_from_port", "cipher_suites")),
            *_each("listeners.minimum_tls_version", ("TLS_1_2", "TLS_1_3")),
            "exposed_hosts.fqdn",
            "exposed_hosts.prefix",
            "path_prefix",
            "gateway",
            *_each("cors.origins", ("exact", "prefix", "suffix")),
            *_each("cors", ("methods", "headers", "exposed_headers", "max_age")),
            *_each("cors.credentials", ("ENABLED", "DISABLED")),
            *_traffic_policy((*REQUESTS, *ROUTES)),
        ),
    }
)

_WITH_TOKENS: Final = ("intercluster", "intracluster", "inbound")
_GREETING: Final = "behind a dedicated gateway the server's greeting passes before the policy acts"
_AUTHORITIES: Final = "the certificate's own Secret, or its name with -cacert"
_OWN_NAMESPACE: Final = "the gateway's own only"
_NEAREST: Final = "the address that the gateway sees; of a proxy or translator before it, if any"
_SAME_NAMES: Final = "the same for all callers of a host's port, and of a service port"
_SKEW: Final = "60 s only, as Istio's proxies have it"
_SUBJECT: Final = "ALLOW needs a token with a subject (sub)"
_CONNECTIONS: Final = (
    "requests over clusters; inside a serving cluster its gateway spreads connections"
)
_WHOLE_CLUSTER: Final = "an endpoint is a whole serving cluster, and all of it is left out"
_BY_NAME: Final = (
    "a wildcard by sidecar only, for HTTPS and TLS from Istio 1.30 on, else original_destination"
)
_BY_SIDECAR: Final = "by sidecar only"
_MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"intercluster.{_ANYONE}": "without an identity only by the service's local name",
        **dict.fromkeys(_each("intercluster", _traffic_policy(LOAD_BALANCING)), _CONNECTIONS),
        **dict.fromkeys(
            _each(
                "intercluster",
                _traffic_policy(_each("outlier_detection", ("gateway_errors", "server_errors"))),
            ),
            _WHOLE_CLUSTER,
        ),
        "outbound.hosts.host": _BY_NAME,
        "outbound.hosts.original_destination": _BY_SIDECAR,
        "outbound.hosts.original_destination.cidrs": _BY_SIDECAR,
        "outbound.hosts.ports.protocol.TCP_SERVER_FIRST": _GREETING,
        **{f"{kind}.jwt_providers.clock_skew": _SKEW for kind in _WITH_TOKENS},
        "inbound.callers.external.source_ranges": _NEAREST,
        "inbound.callers.external.certificate_names": _SAME_NAMES,
        "inbound.callers.external.jwt_provider": _SUBJECT,
        "inbound.listeners.simple.certificate.secret.namespace": _OWN_NAMESPACE,
        "inbound.listeners.mutual.certificate.secret.namespace": _OWN_NAMESPACE,
        "inbound.listeners.mutual.client_trust.secret.namespace": _OWN_NAMESPACE,
        "inbound.listeners.mutual.client_trust.secret.name": _AUTHORITIES,
        "inbound.listeners.cipher_suites": "those that gateways know, of TLS 1.2",
        **{f"{kind}.callers.access.claims.jwt_provider": _SUBJECT for kind in _WITH_TOKENS},
        "outbound.hosts.ports.protocol.MYSQL": _GREETING,
    }
)


def _capability(path: str) -> Capability:
    note = _MISSING.get(path, "")
    return Capability(path=path, support=Support.PARTIAL if note else Support.FULL, note=note)


INFO: Final = DriverInfo(
    name="istio",
    hook_api=HOOK_API,
    scope_kinds=tuple(ScopeKind),
    capabilities=tuple(
        _capability(f"{kind}.{leaf}") for kind, leaves in _FIELDS.items() for leaf in leaves
    ),
)
"""The driver, as it introduces itself."""
