"""Messages of ``trafficctl/v2/common.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Toggle:
    """Holds the on/off choice of fields that have a default."""

    class Value(enum.StrEnum):
        """Tells "off" from "not said", which a plain bool cannot."""

        #: On.
        ENABLED = "ENABLED"

        #: Off.
        DISABLED = "DISABLED"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """Holds the protocols that a port can speak."""

    class Value(enum.StrEnum):
        """Decides which rules a port can carry.

        HTTP, HTTP2, GRPC and GRPC_WEB are the HTTP family: only they know paths, methods, headers,
        retries and routes.
        """

        #: HTTP/1.1 in clear text (the mesh may encrypt it on the way).
        HTTP = "HTTP"

        #: HTTP/2 in clear text.
        HTTP2 = "HTTP2"

        #: gRPC over HTTP/2.
        GRPC = "GRPC"

        #: gRPC-Web, the form of gRPC that browsers speak.
        GRPC_WEB = "GRPC_WEB"

        #: TLS with HTTP inside; the bytes stay opaque and are routed by server name (SNI).
        HTTPS = "HTTPS"

        #: TLS with anything inside; routed by server name (SNI).
        TLS = "TLS"

        #: Any byte stream in which the client speaks first.
        TCP = "TCP"

        #: A byte stream in which the server speaks first: SMTP, FTP, IMAP. Refused with mutual TLS
        #: PERMISSIVE: a listener that guesses the protocol would wait for bytes that never come.
        TCP_SERVER_FIRST = "TCP_SERVER_FIRST"

        #: The MySQL protocol, named so that nothing ever guesses it. The server speaks first, so it
        #: is refused with mutual TLS PERMISSIVE.
        MYSQL = "MYSQL"

        #: The MongoDB protocol, named so that nothing ever guesses it.
        MONGO = "MONGO"

        #: Datagrams. SD-WAN and NetworkPolicy only; service meshes refuse it.
        UDP = "UDP"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Addressing:
    """Holds the ways in which callers find the pods of a service."""

    class Mode(enum.StrEnum):
        """Says which addresses a service has."""

        #: One stable address for the whole service.
        VIRTUAL_ADDRESS = "VIRTUAL_ADDRESS"

        #: An address for each pod as well, `<pod>.<service>.<namespace>.<suffix>`.
        HEADLESS = "HEADLESS"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IntentPort:
    """Names one port of the called service.

    All ports of an intent get the same treatment; what differs by port goes into another intent.
    """

    #: The port of the Service as callers dial it, 1-65535. The ports of the pods behind it are
    #: known from the workload.
    port: int = dataclasses.field(default=0, metadata={"number": 1})

    #: What the port speaks. Default: what the workload says for this port. If both say and differ,
    #: the intent is refused (PROTOCOL_MISMATCH); if neither says, too.
    protocol: Protocol.Value | None = dataclasses.field(default=None, metadata={"number": 2})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """Says where something runs, from the large to the small."""

    #: The region, as in the node label `topology.kubernetes.io/region`. At most 63 characters.
    region: str = dataclasses.field(default="", metadata={"number": 1})

    #: The zone within the region. At most 63 characters.
    zone: str = dataclasses.field(default="", metadata={"number": 2})

    #: The part of the zone, such as a rack. At most 63 characters.
    sub_zone: str = dataclasses.field(default="", metadata={"number": 3})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSelector:
    """Picks clusters by name, by label, or all of them.

    "All" is always spelled out.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Names:
        """Lists clusters by name."""

        #: 1-256 resource names such as `clusters/east`, each once.
        clusters: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Labels:
        """Matches labels after the rules of Kubernetes.

        All conditions must hold; at least one is given.
        """

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class MatchExpression:
            """Puts one condition on one label."""

            class Operator(enum.StrEnum):
                """Compares a label with the values."""

                #: The label has one of the values.
                IN = "IN"

                #: The label has none of the values, or is not there.
                NOT_IN = "NOT_IN"

                #: The label is there, whatever its value.
                EXISTS = "EXISTS"

                #: The label is not there.
                DOES_NOT_EXIST = "DOES_NOT_EXIST"

            #: The label looked at, such as `region` or `example.com/tier`.
            key: str = dataclasses.field(default="", metadata={"number": 1})

            #: The condition on it.
            operator: ClusterSelector.Labels.MatchExpression.Operator | None = dataclasses.field(
                default=None, metadata={"number": 2}
            )

            #: The values of IN and NOT_IN, 1-64, each once. Empty for the other operators.
            values: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

        #: Labels that must be there with exactly these values. At most 64.
        match_labels: Mapping[str, str] = dataclasses.field(
            default_factory=dict, metadata={"number": 1}
        )

        #: Conditions beyond equality. At most 64.
        match_expressions: tuple[ClusterSelector.Labels.MatchExpression, ...] = dataclasses.field(
            default=(), metadata={"number": 2}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class AllClusters:
        """Picks every cluster."""

    #: Exactly the clusters listed.
    names: ClusterSelector.Names | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "select"}
    )

    #: Every cluster whose labels match, now and later.
    labels: ClusterSelector.Labels | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "select"}
    )

    #: Every cluster, now and later.
    all_clusters: ClusterSelector.AllClusters | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "select"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SecretInfo:
    """Describes a stored secret without giving it away."""

    #: What kind of secret it is: the name of the field or branch that set it, such as `aws_keys`.
    kind: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

    #: The SHA-256 digest of its public part (certificate, key id), in hexadecimal; tells whether
    #: two secrets are the same one.
    digest: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

    #: When it was last set.
    set_time: int | None = dataclasses.field(
        default=None, metadata={"number": 3, "output_only": True}
    )

    #: When it stops being valid. Absent: it does not expire by itself, or nobody can tell.
    expire_time: int | None = dataclasses.field(
        default=None, metadata={"number": 4, "output_only": True}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SafetyBrake:
    """Stops a change that would take away or alter suspiciously much at once, until someone
    releases it. What a client deletes by name is never stopped.
    """

    #: The largest share of the owned objects that one change may delete, in percent, 0-100.
    #: Default: 30.
    max_delete_percent: int | None = dataclasses.field(default=None, metadata={"number": 1})

    #: The number of owned objects from which on the shares are looked at; fewer are too few to
    #: judge. Default: 10.
    minimum_owned: int | None = dataclasses.field(default=None, metadata={"number": 2})

    #: The largest share of the owned objects that one change may update, in percent, 0-100.
    #: Default: no limit.
    max_update_percent: int | None = dataclasses.field(default=None, metadata={"number": 3})
