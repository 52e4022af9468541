"""Messages of ``trafficctl/v2/access.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum

from trafficctl_sdk.model.common import Addressing, ClusterSelector, Toggle
from trafficctl_sdk.model.tls import TlsOrigination


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDestination:
    """Names the service that is called.

    An intent serves only workloads of its own bundle version.
    """

    #: The id of the workload, in the bundle version that the intent is in.
    workload: str = dataclasses.field(default="", metadata={"number": 1})

    #: Which addresses the service has. Default: what the workload says; saying otherwise is refused
    #: (ADDRESSING_MISMATCH).
    addressing: Addressing.Mode | None = dataclasses.field(default=None, metadata={"number": 2})

    #: The service accounts that the server runs as; callers check them. At most 16. Default: those
    #: of the workload, which also limit the choice where they are known.
    service_accounts: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Names who calls, and what they may do."""

    #: A workload of the inventory: the usual way. Clusters, namespace and accounts follow by
    #: themselves when it moves.
    workload: WorkloadRef | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "from"}
    )

    #: One service account, taken as written.
    service_account: ServiceAccountCaller | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "from"}
    )

    #: Everybody in a namespace.
    namespace: NamespaceCaller | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "from"}
    )

    #: Everybody.
    any_client: AnyClient | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "from"}
    )

    #: A client outside the mesh. Inbound intents only.
    external: ExternalCaller | None = dataclasses.field(
        default=None, metadata={"number": 5, "oneof": "from"}
    )

    #: What the caller may and may not do, 1-64 rules, on every port of the intent. A caller with
    #: DENY rules alone gets no configuration on the calling side.
    access: tuple[AccessRule, ...] = dataclasses.field(default=(), metadata={"number": 6})

    #: The way out of the calling cluster. Default: `sidecar`. Not for intracluster and inbound
    #: intents.
    egress: EgressPath | None = dataclasses.field(default=None, metadata={"number": 7})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadRef:
    """Refers to a workload of the same project.

    Where it runs and as whom is looked up in the inventory. An unknown workload is granted nothing
    and waits.
    """

    #: The id of the workload.
    workload: str = dataclasses.field(default="", metadata={"number": 1})

    #: The id of the bundle that it belongs to. Default: the bundle of the intent.
    resource_bundle: str = dataclasses.field(default="", metadata={"number": 2})

    #: The version of that bundle; only with `resource_bundle`. Default: the intent's own version,
    #: and with `resource_bundle` every version that is placed.
    version: str = dataclasses.field(default="", metadata={"number": 3})

    #: Narrows the caller to these of its service accounts. At most 16. Default: all of them.
    service_accounts: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 4})

    #: Which addresses the workload is thought to have. Changes nothing; saying otherwise than the
    #: workload is refused (ADDRESSING_MISMATCH).
    addressing: Addressing.Mode | None = dataclasses.field(default=None, metadata={"number": 5})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccountCaller:
    """Names a service account as it stands, for callers of another project or outside the
    inventory.
    """

    #: The namespace of the account.
    namespace: str = dataclasses.field(default="", metadata={"number": 1})

    #: The name of the account. At most 253 characters.
    service_account: str = dataclasses.field(default="", metadata={"number": 2})

    #: The clusters that it calls from.
    clusters: ClusterSelector | None = dataclasses.field(default=None, metadata={"number": 3})

    #: The trust domain of its identity. Default: that of each cluster.
    trust_domain: str = dataclasses.field(default="", metadata={"number": 4})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NamespaceCaller:
    """Names all service accounts of a namespace."""

    #: The namespace.
    namespace: str = dataclasses.field(default="", metadata={"number": 1})

    #: The clusters that they call from.
    clusters: ClusterSelector | None = dataclasses.field(default=None, metadata={"number": 2})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AnyClient:
    """Names everybody."""

    class Identity(enum.StrEnum):
        """Says what callers must prove."""

        #: Whoever proves an identity of the mesh, whichever it is.
        MESH_IDENTITY = "MESH_IDENTITY"

        #: Also those who prove nothing. Needs mutual TLS PERMISSIVE or DISABLED, or an inbound
        #: intent.
        ANYONE = "ANYONE"

    #: Whether callers must prove who they are.
    identity: AnyClient.Identity | None = dataclasses.field(default=None, metadata={"number": 1})

    #: The clusters that get the calling side. Required in intercluster intents. Default in
    #: intracluster intents: every cluster that serves. Not for inbound and outbound intents.
    clusters: ClusterSelector | None = dataclasses.field(default=None, metadata={"number": 2})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExternalCaller:
    """Names clients outside the mesh.

    The kinds of proof given must all hold; of each, any value will do. At least one is given.
    """

    #: The networks that they call from, as CIDR with host bits zero. At most 64.
    source_ranges: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    #: The names in their client certificates: DNS names or URIs. At most 64. Needs a listener with
    #: `mutual`.
    certificate_names: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 2})

    #: The id of the intent's JWT provider that must have issued their token.
    jwt_provider: str = dataclasses.field(default="", metadata={"number": 3})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AccessRule:
    """Allows or denies some requests.

    The order of rules never matters: over all intents of a destination a request is refused if any
    DENY matches, else let in if any ALLOW matches, else refused.
    """

    class Action(enum.StrEnum):
        """Says what becomes of matching requests."""

        #: Lets them in.
        ALLOW = "ALLOW"

        #: Refuses them, whatever else allows them. By caller it needs proof of identity.
        DENY = "DENY"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class AllRequests:
        """Matches every request."""

    #: Whether matching requests are let in or refused.
    action: AccessRule.Action | None = dataclasses.field(default=None, metadata={"number": 1})

    #: Every request.
    all_requests: AccessRule.AllRequests | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "operation"}
    )

    #: HTTP requests by method and path. All ports of the intent must be of the HTTP family
    #: (inbound: also HTTPS with `simple` or `mutual`); split the intent if some are not.
    http: HttpOperation | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "operation"}
    )

    #: gRPC calls by method. All ports must be GRPC.
    grpc: GrpcOperation | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "operation"}
    )

    #: Headers that must match too, all of them. At most 16. All ports must be of the HTTP family.
    headers: tuple[HeaderMatch, ...] = dataclasses.field(default=(), metadata={"number": 5})

    #: Claims of the caller's token that must match too, all of them. At most 16. All ports must be
    #: of the HTTP family. Not for outbound intents, which have no JWT providers.
    claims: tuple[ClaimMatch, ...] = dataclasses.field(default=(), metadata={"number": 6})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HttpOperation:
    """Matches HTTP requests of any of the methods to any of the paths."""

    #: 1-16 methods in capitals, such as `GET`, each once; or the one item `*` for all.
    methods: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    #: 1-64 paths. All of them are said by the prefix `/`.
    paths: tuple[PathMatch, ...] = dataclasses.field(default=(), metadata={"number": 2})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PathMatch:
    """Matches the path of a request, without its query.

    Each kind starts with `/` and has at most 1024 characters.
    """

    #: The whole path.
    exact: str | None = dataclasses.field(default=None, metadata={"number": 1, "oneof": "match"})

    #: The path or its first segments: `/a` matches `/a` and `/a/b`, not `/ab`. `/` matches all.
    prefix: str | None = dataclasses.field(default=None, metadata={"number": 2, "oneof": "match"})

    #: The end of the path.
    suffix: str | None = dataclasses.field(default=None, metadata={"number": 3, "oneof": "match"})

    #: A pattern by segment: `{*}` is any one segment, `{**}` the rest and comes last, as in
    #: `/users/{*}/files/{**}`.
    template: str | None = dataclasses.field(default=None, metadata={"number": 4, "oneof": "match"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GrpcOperation:
    """Matches gRPC calls of any of the methods."""

    #: 1-128 methods, each `package.Service/Method` or `package.Service/*` for all of a service.
    methods: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMatch:
    """Matches one header of a request, or one query parameter."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Present:
        """Asks for presence."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Absent:
        """Asks for absence."""

    #: The name of the header, at most 128 characters. Case does not matter.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: The whole value.
    exact: str | None = dataclasses.field(default=None, metadata={"number": 2, "oneof": "match"})

    #: The beginning of the value.
    prefix: str | None = dataclasses.field(default=None, metadata={"number": 3, "oneof": "match"})

    #: The end of the value.
    suffix: str | None = dataclasses.field(default=None, metadata={"number": 4, "oneof": "match"})

    #: A regular expression (RE2) that the whole value matches. Routes only.
    regex: str | None = dataclasses.field(default=None, metadata={"number": 5, "oneof": "match"})

    #: The header is there, whatever its value.
    present: HeaderMatch.Present | None = dataclasses.field(
        default=None, metadata={"number": 6, "oneof": "match"}
    )

    #: The header is not there.
    absent: HeaderMatch.Absent | None = dataclasses.field(
        default=None, metadata={"number": 7, "oneof": "match"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMatch:
    """Matches one claim of the caller's token."""

    #: The id of the JWT provider that must have issued the token.
    jwt_provider: str = dataclasses.field(default="", metadata={"number": 1})

    #: The name of the claim; nested claims by segment. 1-8 segments.
    path: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 2})

    #: 1-64 values, any of which will do; in a claim that is a list, any member may have it.
    values: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JwtProvider:
    """Describes an issuer of tokens (JWT) and how they are checked.

    By itself it demands no token; the claims of a rule and `external.jwt_provider` do.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Location:
        """Names one place of a request."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Header:
            """Names a header and what stands in it before the token."""

            #: The name of the header, at most 128 characters.
            name: str = dataclasses.field(default="", metadata={"number": 1})

            #: What stands before the token, such as `Bearer ` with its blank. Default: nothing.
            prefix: str = dataclasses.field(default="", metadata={"number": 2})

        #: A header.
        header: JwtProvider.Location.Header | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "place"}
        )

        #: The name of a query parameter, at most 128 characters.
        query_parameter: str | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "place"}
        )

        #: The name of a cookie, at most 128 characters.
        cookie: str | None = dataclasses.field(
            default=None, metadata={"number": 3, "oneof": "place"}
        )

    #: The name by which rules of the intent refer to it.
    id: str = dataclasses.field(default="", metadata={"number": 1})

    #: The issuer, as in the claim `iss`. At most 1024 characters.
    issuer: str = dataclasses.field(default="", metadata={"number": 2})

    #: The audiences of which the claim `aud` must hold one. 1-16.
    audiences: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: The address of the key set. https only, at most 2048 characters.
    jwks_uri: str | None = dataclasses.field(default=None, metadata={"number": 4, "oneof": "keys"})

    #: The key set itself: public keys, JSON, at most 64 KiB.
    jwks: str | None = dataclasses.field(default=None, metadata={"number": 5, "oneof": "keys"})

    #: Where requests carry the token, at most 8 places. Default: the header `Authorization`, after
    #: `Bearer `.
    locations: tuple[JwtProvider.Location, ...] = dataclasses.field(
        default=(), metadata={"number": 6}
    )

    #: Whether the token is passed on to the server. Default: DISABLED.
    forwarding: Toggle.Value | None = dataclasses.field(default=None, metadata={"number": 7})

    #: How far clocks may differ when times in the token are checked, 0-300 s. Default: 60 s.
    clock_skew: int | None = dataclasses.field(default=None, metadata={"number": 8})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EgressPath:
    """Says which way a caller's traffic takes out of its cluster.

    What becomes of the caller's identity is said by the intent's `termination`, not by the way.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Sidecar:
        """Goes straight from each pod's own proxy."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class SharedGateway:
        """Goes through the gateway of role EGRESS in the cluster's record."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class DedicatedGateway:
        """Goes through a gateway with a namespace and a service account of its own, one for each
        calling workload, namespace and account. All intents of the caller that ask for it share it,
        so their sizes must agree.
        """

        #: The smallest number of pods, 1-50. Default: 2.
        min_replicas: int = dataclasses.field(default=0, metadata={"number": 1})

        #: The largest number of pods, 1-50. Default: 5, or the smallest number where that is more.
        max_replicas: int = dataclasses.field(default=0, metadata={"number": 2})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class ExternalProxy:
        """Goes through a proxy outside the mesh."""

        class Proxy(enum.StrEnum):
            """Says how a proxy is spoken to."""

            #: The HTTP method CONNECT.
            CONNECT = "CONNECT"

        #: Its host name or IP address.
        host: str = dataclasses.field(default="", metadata={"number": 1})

        #: Its port, 1-65535.
        port: int = dataclasses.field(default=0, metadata={"number": 2})

        #: How it is spoken to. Default: CONNECT.
        protocol: EgressPath.ExternalProxy.Proxy | None = dataclasses.field(
            default=None, metadata={"number": 3}
        )

        #: How the connection to it is encrypted. Absent: it is not.
        tls: TlsOrigination | None = dataclasses.field(default=None, metadata={"number": 4})

    #: Straight from each pod's own proxy.
    sidecar: EgressPath.Sidecar | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "path"}
    )

    #: Through the cluster's egress gateway, together with others.
    shared_gateway: EgressPath.SharedGateway | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "path"}
    )

    #: Through a gateway for this caller alone. Callers named by workload only.
    dedicated_gateway: EgressPath.DedicatedGateway | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "path"}
    )

    #: Through an egress proxy that somebody else runs.
    external_proxy: EgressPath.ExternalProxy | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "path"}
    )
