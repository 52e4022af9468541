"""Messages of ``trafficctl/v2/outbound_intent.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from trafficctl_sdk.model.access import Caller
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.tls import TlsOrigination
from trafficctl_sdk.model.traffic_policy import ClusterOverride, SdwanHints, TrafficPolicy


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OutboundIntent:
    """Lets callers call hosts outside all clusters.

    Without a gateway on the way it is advice, as a pod can go around its own proxy (notice
    ADVISORY_ONLY). At most 1 MiB.
    """

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

    #: What is called, 1-64 hosts, each once.
    hosts: tuple[ExternalHost, ...] = dataclasses.field(default=(), metadata={"number": 21})

    #: Who may call and what they may do, 1-500: workloads, service accounts, namespaces, or
    #: `any_client` with MESH_IDENTITY. Through a sidecar nothing but ALLOW of `all_requests` is
    #: taken.
    callers: tuple[Caller, ...] = dataclasses.field(default=(), metadata={"number": 23})

    #: How the traffic is balanced, limited, retried and routed. Default: requests are retried
    #: twice, on connect failure and refused stream. `locality`, `shift` and `mirrors` are not for
    #: outbound intents.
    traffic_policy: TrafficPolicy | None = dataclasses.field(default=None, metadata={"number": 25})

    #: Exceptions for some clusters, at most 64. A cluster may be in one of them only.
    overrides: tuple[ClusterOverride, ...] = dataclasses.field(default=(), metadata={"number": 26})

    #: The service mesh to use: the id of a driver, or `none`. Default: that of each cluster; a
    #: cluster that has another refuses its part (MESH_MISMATCH).
    service_mesh: str = dataclasses.field(default="", metadata={"number": 28})

    #: Which path packets take through the SD-WAN. Default: the driver chooses.
    sdwan: SdwanHints | None = dataclasses.field(default=None, metadata={"number": 32})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExternalHost:
    """Names a host outside all clusters."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Dns:
        """Asks DNS for the addresses."""

        class Connect(enum.StrEnum):
            """Says how many of the addresses are used."""

            #: All that DNS answers, balanced.
            ALL_ADDRESSES = "ALL_ADDRESSES"

            #: One at a time, for big names whose addresses rotate.
            ONE_ADDRESS = "ONE_ADDRESS"

        #: How many of the addresses are used. Default: ALL_ADDRESSES.
        connect: ExternalHost.Dns.Connect | None = dataclasses.field(
            default=None, metadata={"number": 1}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Static:
        """States the addresses."""

        #: 1-64 IP addresses, each once.
        addresses: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class OriginalDestination:
        """Goes to the address that the application dials."""

        #: The networks to which that address must belong, as CIDR with host bits zero. At most 64.
        cidrs: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    #: Its full domain name in small letters, or `*.` and a domain name for all names under it. No
    #: bare `*`, no IP address. A wildcard is matched by server name (SNI) or Host header; it is
    #: refused where the driver cannot.
    host: str = dataclasses.field(default="", metadata={"number": 1})

    #: Its ports, 1-16, numbers unique.
    ports: tuple[ExternalPort, ...] = dataclasses.field(default=(), metadata={"number": 2})

    #: By asking DNS.
    dns: ExternalHost.Dns | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "resolution"}
    )

    #: They are stated here. Not for wildcards.
    static: ExternalHost.Static | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "resolution"}
    )

    #: They are those that the application dials.
    original_destination: ExternalHost.OriginalDestination | None = dataclasses.field(
        default=None, metadata={"number": 5, "oneof": "resolution"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ExternalPort:
    """Names one port of a host outside, and how it is spoken to."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class AsSent:
        """Lets bytes pass as the application sends them."""

    #: The port as the application dials it, 1-65535. Default: 80 for HTTP, 443 for HTTPS and TLS;
    #: required for all others.
    port: int = dataclasses.field(default=0, metadata={"number": 1})

    #: What the application speaks.
    protocol: Protocol.Value | None = dataclasses.field(default=None, metadata={"number": 2})

    #: Nobody on the way: bytes pass as the application sends them.
    as_sent: ExternalPort.AsSent | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "tls"}
    )

    #: The last proxy of the path. HTTP family only.
    originate: TlsOrigination | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "tls"}
    )
