"""Messages of ``trafficctl/v2/inbound_intent.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from trafficctl_sdk.model.access import Caller, JwtProvider, ServiceDestination
from trafficctl_sdk.model.common import ClusterSelector, Protocol, Toggle
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.tls import CertificateSource, MutualTls, TrustSource
from trafficctl_sdk.model.traffic_policy import ClusterOverride, SdwanHints, TrafficPolicy


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InboundIntent:
    """Lets clients outside all clusters call one service through the gateways of the clusters that
    serve it. At most 1 MiB.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Cors:
        """Answers browsers that ask whether a page of another origin may call (CORS)."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Origin:
            """Matches an origin such as `https://app.example.com`."""

            #: The whole origin.
            exact: str | None = dataclasses.field(
                default=None, metadata={"number": 1, "oneof": "match"}
            )

            #: The beginning of the origin.
            prefix: str | None = dataclasses.field(
                default=None, metadata={"number": 2, "oneof": "match"}
            )

            #: The end of the origin, such as `.example.com`.
            suffix: str | None = dataclasses.field(
                default=None, metadata={"number": 3, "oneof": "match"}
            )

        #: The origins that may, 1-64.
        origins: tuple[InboundIntent.Cors.Origin, ...] = dataclasses.field(
            default=(), metadata={"number": 1}
        )

        #: The methods that they may use, in capitals, at most 16. Empty: those that CORS always
        #: allows.
        methods: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 2})

        #: The request headers that they may send, at most 64. Empty: those that CORS always allows.
        headers: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

        #: The answer's headers that they may read, at most 64. Empty: those that CORS always
        #: allows.
        exposed_headers: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 4})

        #: How long browsers may keep the answer. Absent: as long as they like.
        max_age: int | None = dataclasses.field(default=None, metadata={"number": 5})

        #: Whether cookies and credentials may go along. Default: DISABLED.
        credentials: Toggle.Value | None = dataclasses.field(default=None, metadata={"number": 6})

    #: The resource name of the intent; the last segment is the id chosen at create.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: A short title for people, at most 63 characters. Has no effect and need not be unique.
    display_name: str = dataclasses.field(default="", metadata={"number": 2})

    #: What the intent is for, in the words of its author, at most 1024 characters. Has no effect.
    description: str = dataclasses.field(default="", metadata={"number": 3})

    #: A UUID that differs when the same name is deleted and created again.
    uid: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

    #: Changes with every change a user makes, not with the state. Send it back with a change to
    #: have it refused (ABORTED) if somebody else was faster.
    etag: str = dataclasses.field(default="", metadata={"number": 5})

    #: Counts the changes to fields 20 and above, from 1.
    generation: int = dataclasses.field(default=0, metadata={"number": 6, "output_only": True})

    #: The store-wide revision of the last change of any kind. Start a Watch from here.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When the intent was created.
    create_time: int | None = dataclasses.field(
        default=None, metadata={"number": 8, "output_only": True}
    )

    #: When it was last changed.
    update_time: int | None = dataclasses.field(
        default=None, metadata={"number": 9, "output_only": True}
    )

    #: When its deletion was asked for. Set while the state is DELETING.
    delete_time: int | None = dataclasses.field(
        default=None, metadata={"number": 10, "output_only": True}
    )

    #: Names and values to select by, in the syntax of Kubernetes labels. At most 64. Keys under
    #: `trafficctl.dev/` are reserved.
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 11})

    #: Notes for other programs, never interpreted here. Keys like those of labels; 64 KiB in all.
    annotations: Mapping[str, str] = dataclasses.field(
        default_factory=dict, metadata={"number": 12}
    )

    #: What is going on with the intent, all clusters taken together.
    state: Convergence.State | None = dataclasses.field(
        default=None, metadata={"number": 13, "output_only": True}
    )

    #: True while something is still under way by itself, in any cluster.
    reconciling: bool = dataclasses.field(
        default=False, metadata={"number": 14, "output_only": True}
    )

    #: The generation that `state` speaks about.
    observed_generation: int = dataclasses.field(
        default=0, metadata={"number": 15, "output_only": True}
    )

    #: The number of its realizations (one per cluster) by state, and in total.
    counts: Convergence.Counts | None = dataclasses.field(
        default=None, metadata={"number": 16, "output_only": True}
    )

    #: Who created it, as authenticated. Empty while no authentication is configured.
    creator: str = dataclasses.field(default="", metadata={"number": 17, "output_only": True})

    #: Who last changed it, as authenticated. Empty while no authentication is configured.
    last_editor: str = dataclasses.field(default="", metadata={"number": 18, "output_only": True})

    #: The service that is called.
    destination: ServiceDestination | None = dataclasses.field(
        default=None, metadata={"number": 20}
    )

    #: Who may call and what they may do, 1-500: `external`, or `any_client` with ANYONE. No
    #: `egress`.
    callers: tuple[Caller, ...] = dataclasses.field(default=(), metadata={"number": 23})

    #: Whether the gateway must prove to the workload who it is. Default: STRICT.
    mutual_tls: MutualTls | None = dataclasses.field(default=None, metadata={"number": 24})

    #: How the traffic is balanced, limited, retried and routed. Default: requests are retried
    #: twice, on connect failure and refused stream.
    traffic_policy: TrafficPolicy | None = dataclasses.field(default=None, metadata={"number": 25})

    #: Exceptions for some clusters, at most 64. A cluster may be in one of them only.
    overrides: tuple[ClusterOverride, ...] = dataclasses.field(default=(), metadata={"number": 26})

    #: Restricts the clusters in which the service is served. Default: wherever the workload is
    #: placed.
    clusters: ClusterSelector | None = dataclasses.field(default=None, metadata={"number": 27})

    #: The service mesh to use: the id of a driver, or `none`. Default: that of each cluster; a
    #: cluster that has another refuses its part (MESH_MISMATCH).
    service_mesh: str = dataclasses.field(default="", metadata={"number": 28})

    #: Issuers of the tokens that rules refer to, at most 8, ids unique.
    jwt_providers: tuple[JwtProvider, ...] = dataclasses.field(default=(), metadata={"number": 29})

    #: Which path packets take through the SD-WAN. Default: the driver chooses.
    sdwan: SdwanHints | None = dataclasses.field(default=None, metadata={"number": 32})

    #: The outer ports, 1-16, numbers unique.
    listeners: tuple[InboundListener, ...] = dataclasses.field(default=(), metadata={"number": 33})

    #: The outer names, 1-32. A name belongs to the first project that exposes it (HOST_CLAIMED).
    exposed_hosts: tuple[ExposedHost, ...] = dataclasses.field(default=(), metadata={"number": 34})

    #: The part of the paths that is for this service, by whole segments; intents may share a host
    #: with different prefixes, the longest wins. At most 1024 characters. HTTP family only.
    #: Default: `/`.
    path_prefix: str = dataclasses.field(default="", metadata={"number": 35})

    #: The id of the cluster's gateway of role INGRESS. Default: the first one.
    gateway: str = dataclasses.field(default="", metadata={"number": 36})

    #: Which web pages of other origins may call from a browser. Default: none.
    cors: InboundIntent.Cors | None = dataclasses.field(default=None, metadata={"number": 37})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class InboundListener:
    """Opens one port to the outside."""

    class MinimumTlsVersion(enum.StrEnum):
        """Names a TLS version."""

        #: TLS 1.2 and later.
        TLS_1_2 = "TLS_1_2"

        #: TLS 1.3 and later.
        TLS_1_3 = "TLS_1_3"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Plaintext:
        """Is not encrypted."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Simple:
        """Ends TLS at the gateway."""

        #: What the gateway shows to clients.
        certificate: CertificateSource | None = dataclasses.field(
            default=None, metadata={"number": 1}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Mutual:
        """Ends TLS at the gateway, for clients with a certificate."""

        #: What the gateway shows to clients.
        certificate: CertificateSource | None = dataclasses.field(
            default=None, metadata={"number": 1}
        )

        #: Whose client certificates are believed. Not the public authorities.
        client_trust: TrustSource | None = dataclasses.field(default=None, metadata={"number": 2})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Passthrough:
        """Lets TLS pass to the workload."""

    #: The outer port, 1-65535.
    port: int = dataclasses.field(default=0, metadata={"number": 1})

    #: What clients speak on it.
    protocol: Protocol.Value | None = dataclasses.field(default=None, metadata={"number": 2})

    #: The port of the Service that it leads to, 1-65535.
    service_port: int = dataclasses.field(default=0, metadata={"number": 3})

    #: It is not encrypted.
    plaintext: InboundListener.Plaintext | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "tls"}
    )

    #: TLS ends at the gateway; clients show no certificate.
    simple: InboundListener.Simple | None = dataclasses.field(
        default=None, metadata={"number": 5, "oneof": "tls"}
    )

    #: TLS ends at the gateway; clients must show a certificate.
    mutual: InboundListener.Mutual | None = dataclasses.field(
        default=None, metadata={"number": 6, "oneof": "tls"}
    )

    #: TLS ends at the workload; routed by server name (SNI). Protocol TLS or HTTPS.
    passthrough: InboundListener.Passthrough | None = dataclasses.field(
        default=None, metadata={"number": 7, "oneof": "tls"}
    )

    #: A port on which plain HTTP is answered with 301 to this one, 1-65535. With `simple` and
    #: `mutual` only. Default: none.
    redirect_from_port: int = dataclasses.field(default=0, metadata={"number": 8})

    #: The oldest TLS version that is taken. With `simple` and `mutual` only. Default: TLS_1_2.
    minimum_tls_version: InboundListener.MinimumTlsVersion | None = dataclasses.field(
        default=None, metadata={"number": 9}
    )

    #: The cipher suites of TLS 1.2 that are taken, by IANA name, at most 32. With `simple` and
    #: `mutual` only. Default: as the gateway has them.
    cipher_suites: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 10})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExposedHost:
    """Names the service for clients outside."""

    #: The full domain name in small letters, or `*.` and a domain name for all names under it.
    fqdn: str | None = dataclasses.field(default=None, metadata={"number": 1, "oneof": "host"})

    #: A DNS label, completed by the external domain of each cluster. Waits in clusters without one
    #: (EXTERNAL_DOMAIN_UNKNOWN).
    prefix: str | None = dataclasses.field(default=None, metadata={"number": 2, "oneof": "host"})
