"""Messages of ``trafficctl/v2/dns_provider_intent.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from trafficctl_sdk.model.access import WorkloadRef
from trafficctl_sdk.model.common import ClusterSelector, SafetyBrake, SecretInfo, Toggle
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.tls import TrustSource


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DnsProviderIntent:
    """A wish that names of exposed services are published at a DNS provider.

    Under a project it serves what bundles share, under a group what one bundle brings. All intents
    that match a name publish it; none overrides another.
    """

    class Source(enum.StrEnum):
        """Where names come from."""

        #: The hosts that inbound intents expose.
        INBOUND_INTENTS = "INBOUND_INTENTS"

        #: What the agent in each cluster found (DNSEndpoint resources). While a cluster is away,
        #: what was known last holds.
        DNS_ENDPOINTS = "DNS_ENDPOINTS"

    class RecordPolicy(enum.StrEnum):
        """What may be done to records."""

        #: Records are created, changed and deleted.
        SYNC = "SYNC"

        #: Records are created and changed, never deleted.
        UPSERT_ONLY = "UPSERT_ONLY"

        #: Records are created, never changed or deleted.
        CREATE_ONLY = "CREATE_ONLY"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class AllNames:
        """Every name of the sources.

        It has no settings.
        """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Workloads:
        """The names of some workloads."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Item:
            """One workload and its name."""

            #: The workload. An intent under a project states its bundle.
            workload: WorkloadRef | None = dataclasses.field(default=None, metadata={"number": 1})

            #: The name to publish. Default: the hosts that inbound intents expose for it.
            external_name: str = dataclasses.field(default="", metadata={"number": 2})

        #: The workloads; at least one.
        items: tuple[DnsProviderIntent.Workloads.Item, ...] = dataclasses.field(
            default=(), metadata={"number": 1}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class ExternalNames:
        """Some names."""

        #: Fully qualified names, `*.` in front where meant; at least one.
        names: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class External:
        """A DNS provider that a driver of its own serves."""

        #: The id of the driver.
        driver: str = dataclasses.field(default="", metadata={"number": 1})

        #: What the driver wants to know, at most 64 parameters, checked against the schema it
        #: brings. Secrets do not belong here.
        parameters: Mapping[str, str] = dataclasses.field(
            default_factory=dict, metadata={"number": 2}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class AwsKeys:
        """An access key of Amazon Web Services."""

        #: The id of the key.
        access_key_id: str = dataclasses.field(default="", metadata={"number": 1, "secret": True})

        #: The key itself.
        secret_access_key: str = dataclasses.field(
            default="", metadata={"number": 2, "secret": True}
        )

        #: The token of a temporary key.
        session_token: str = dataclasses.field(default="", metadata={"number": 3, "secret": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Basic:
        """A user and a password."""

        #: The user.
        username: str = dataclasses.field(default="", metadata={"number": 1, "secret": True})

        #: The user's password.
        password: str = dataclasses.field(default="", metadata={"number": 2, "secret": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class ClientTls:
        """A client certificate."""

        #: The certificate and what leads to its root, in PEM, at most 64 KiB.
        certificate_chain: str = dataclasses.field(
            default="", metadata={"number": 1, "secret": True}
        )

        #: Its private key, in PEM, at most 64 KiB.
        private_key: str = dataclasses.field(default="", metadata={"number": 2, "secret": True})

        #: What proves who the provider is. Default: the system's roots.
        trust: TrustSource | None = dataclasses.field(
            default=None, metadata={"number": 3, "secret": True}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Tsig:
        """A shared key that signs dynamic updates."""

        class Algorithm(enum.StrEnum):
            """How updates are signed."""

            #: HMAC with SHA-256.
            HMAC_SHA256 = "HMAC_SHA256"

            #: HMAC with SHA-512.
            HMAC_SHA512 = "HMAC_SHA512"

        #: The name of the key, as the name server knows it.
        name: str = dataclasses.field(default="", metadata={"number": 1, "secret": True})

        #: How updates are signed. Default HMAC_SHA256.
        algorithm: DnsProviderIntent.Tsig.Algorithm | None = dataclasses.field(
            default=None, metadata={"number": 2, "secret": True}
        )

        #: The key itself, at most 1 KiB.
        secret: bytes = dataclasses.field(default=b"", metadata={"number": 3, "secret": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class ServerSecret:
        """A secret in the server's own settings, so that it never passes the API."""

        #: Its name there.
        name: str = dataclasses.field(default="", metadata={"number": 1, "secret": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Ownership:
        """How it is told which records belong to an intent."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class TxtExport:
            """The form of the TXT records."""

            #: What stands before the name, as in `x-%{record_type}.`. Not together with `suffix`.
            prefix: str = dataclasses.field(default="", metadata={"number": 1})

            #: What stands after the first label of the name.
            suffix: str = dataclasses.field(default="", metadata={"number": 2})

            #: What stands for `*` in the names of these records. Default: `*` stays.
            wildcard_replacement: str = dataclasses.field(default="", metadata={"number": 3})

            #: An AES key of 32 bytes that the texts are encrypted with. Absent: plain text, unless
            #: a key is stored.
            encryption_key: bytes = dataclasses.field(
                default=b"", metadata={"number": 4, "secret": True}
            )

        #: The owner id that marks its records. Default: the intent's `uid`.
        owner_id: str = dataclasses.field(default="", metadata={"number": 1})

        #: Writes the ownership as TXT records beside the records, in the form of external-dns.
        #: Absent: it is kept in the store alone.
        txt_export: DnsProviderIntent.Ownership.TxtExport | None = dataclasses.field(
            default=None, metadata={"number": 2}
        )

        #: Owner ids in TXT records of external-dns whose records become this intent's.
        take_over_owner_ids: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: The resource name, as in `projects/p/dnsProviderIntents/public`. Chosen at create, never
    #: changes.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: A title for people, at most 63 characters. It has no effect and need not be unique.
    display_name: str = dataclasses.field(default="", metadata={"number": 2})

    #: A text for people, at most 1024 characters. It has no effect.
    description: str = dataclasses.field(default="", metadata={"number": 3})

    #: An identity (UUID4) that differs when the same name is deleted and created again.
    uid: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

    #: A mark of this version of the intent. Sent back in a request, it makes the request fail with
    #: `ETAG_MISMATCH` if somebody changed the intent meanwhile. A change of state alone leaves it
    #: as it is.
    etag: str = dataclasses.field(default="", metadata={"number": 5})

    #: Counts changes of the fields numbered 20 and above. Titles, labels and annotations do not
    #: count.
    generation: int = dataclasses.field(default=0, metadata={"number": 6, "output_only": True})

    #: The store-wide revision of the last change of any kind. A Watch started from here misses
    #: nothing.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When the intent was stored first.
    create_time: int | None = dataclasses.field(
        default=None, metadata={"number": 8, "output_only": True}
    )

    #: When a client changed it last.
    update_time: int | None = dataclasses.field(
        default=None, metadata={"number": 9, "output_only": True}
    )

    #: When its deletion was accepted; set while it is being removed.
    delete_time: int | None = dataclasses.field(
        default=None, metadata={"number": 10, "output_only": True}
    )

    #: Key-value pairs that clients select and filter by, at most 64, in the syntax of Kubernetes
    #: labels. Keys under `trafficctl.dev/` are reserved.
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 11})

    #: Notes that clients keep here and the server never interprets, at most 64 KiB in total. Keys
    #: follow the syntax of Kubernetes; those under `trafficctl.dev/` are reserved.
    annotations: Mapping[str, str] = dataclasses.field(
        default_factory=dict, metadata={"number": 12}
    )

    #: What goes on now, over all clusters.
    state: Convergence.State | None = dataclasses.field(
        default=None, metadata={"number": 13, "output_only": True}
    )

    #: True while something is still under way by itself, in any cluster.
    reconciling: bool = dataclasses.field(
        default=False, metadata={"number": 14, "output_only": True}
    )

    #: The generation that `state` speaks about. While it is below `generation`, `state` is about an
    #: older wish.
    observed_generation: int = dataclasses.field(
        default=0, metadata={"number": 15, "output_only": True}
    )

    #: How many realizations are in each state, and how many there are.
    counts: Convergence.Counts | None = dataclasses.field(
        default=None, metadata={"number": 16, "output_only": True}
    )

    #: Who created the intent: the authenticated principal, empty while the server runs without
    #: authentication.
    creator: str = dataclasses.field(default="", metadata={"number": 17, "output_only": True})

    #: Who changed it last, in the same form.
    last_editor: str = dataclasses.field(default="", metadata={"number": 18, "output_only": True})

    #: The clusters whose names it publishes.
    cluster_selector: ClusterSelector | None = dataclasses.field(
        default=None, metadata={"number": 20}
    )

    #: Every name of the sources.
    all_names: DnsProviderIntent.AllNames | None = dataclasses.field(
        default=None, metadata={"number": 21, "oneof": "publish"}
    )

    #: The names of these workloads.
    workloads: DnsProviderIntent.Workloads | None = dataclasses.field(
        default=None, metadata={"number": 22, "oneof": "publish"}
    )

    #: These names.
    external_names: DnsProviderIntent.ExternalNames | None = dataclasses.field(
        default=None, metadata={"number": 23, "oneof": "publish"}
    )

    #: Where names come from: one source or both.
    sources: tuple[DnsProviderIntent.Source, ...] = dataclasses.field(
        default=(), metadata={"number": 24}
    )

    #: The zones it may write to. A name outside of all of them is refused, not skipped.
    zones: ZoneFilter | None = dataclasses.field(default=None, metadata={"number": 25})

    #: A CoreDNS server.
    coredns: CoreDns | None = dataclasses.field(
        default=None, metadata={"number": 26, "oneof": "provider"}
    )

    #: Amazon Route 53.
    route53: Route53 | None = dataclasses.field(
        default=None, metadata={"number": 27, "oneof": "provider"}
    )

    #: A name server that takes dynamic updates (RFC 2136).
    rfc2136: Rfc2136 | None = dataclasses.field(
        default=None, metadata={"number": 28, "oneof": "provider"}
    )

    #: A service that speaks the webhook provider protocol of external-dns.
    webhook: Webhook | None = dataclasses.field(
        default=None, metadata={"number": 29, "oneof": "provider"}
    )

    #: A driver that the server loads besides its own.
    external: DnsProviderIntent.External | None = dataclasses.field(
        default=None, metadata={"number": 30, "oneof": "provider"}
    )

    #: An access key of Amazon Web Services.
    aws_keys: DnsProviderIntent.AwsKeys | None = dataclasses.field(
        default=None, metadata={"number": 32, "oneof": "credentials", "secret": True}
    )

    #: A user and a password.
    basic: DnsProviderIntent.Basic | None = dataclasses.field(
        default=None, metadata={"number": 33, "oneof": "credentials", "secret": True}
    )

    #: A client certificate.
    client_tls: DnsProviderIntent.ClientTls | None = dataclasses.field(
        default=None, metadata={"number": 34, "oneof": "credentials", "secret": True}
    )

    #: A shared key that signs dynamic updates.
    tsig: DnsProviderIntent.Tsig | None = dataclasses.field(
        default=None, metadata={"number": 35, "oneof": "credentials", "secret": True}
    )

    #: A secret in the server's own settings.
    server_secret: DnsProviderIntent.ServerSecret | None = dataclasses.field(
        default=None, metadata={"number": 36, "oneof": "credentials", "secret": True}
    )

    #: What is known of the stored credentials without telling them.
    credentials_info: SecretInfo | None = dataclasses.field(
        default=None, metadata={"number": 37, "output_only": True}
    )

    #: What a name answers that several clusters have. Default: the targets of all of them.
    merge: MergePolicy | None = dataclasses.field(default=None, metadata={"number": 38})

    #: How long resolvers may keep an answer, in whole seconds. Default 300 s.
    ttl: int | None = dataclasses.field(default=None, metadata={"number": 39})

    #: What may be done to records. There is no default on purpose: SYNC deletes.
    record_policy: DnsProviderIntent.RecordPolicy | None = dataclasses.field(
        default=None, metadata={"number": 40}
    )

    #: How it is told which records are its own.
    ownership: DnsProviderIntent.Ownership | None = dataclasses.field(
        default=None, metadata={"number": 41}
    )

    #: How many records may go or change at once before it is held.
    brake: SafetyBrake | None = dataclasses.field(default=None, metadata={"number": 42})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFilter:
    """The zones an intent may write to."""

    #: Domains, 1 to 64; each stands for itself and all below.
    include: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    #: Domains below these that are left out, at most 64.
    exclude: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 2})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MergePolicy:
    """What a name answers that several clusters have."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Union:
        """The targets of all clusters.

        It has no settings.
        """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Primary:
        """The targets of the first cluster that has the name."""

        #: The clusters, first choice first; at least one, each once.
        clusters: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Weighted:
        """Answers split over clusters by weight."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Weight:
            """The share of one cluster."""

            #: The cluster, as in `clusters/east`.
            cluster: str = dataclasses.field(default="", metadata={"number": 1})

            #: Its share in percent, 0 to 100.
            weight: int = dataclasses.field(default=0, metadata={"number": 2})

        #: The clusters and their weights, each cluster once; the weights add up to 100.
        weights: tuple[MergePolicy.Weighted.Weight, ...] = dataclasses.field(
            default=(), metadata={"number": 1}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Failover:
        """One cluster, and others while it is unhealthy."""

        #: The cluster that answers while it is healthy.
        primary: str = dataclasses.field(default="", metadata={"number": 1})

        #: The clusters that answer otherwise, first choice first; at least one, each once.
        secondaries: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 2})

        #: What tells that a cluster is unhealthy. Default `observed`.
        health_check: MergePolicy.HealthCheck | None = dataclasses.field(
            default=None, metadata={"number": 3}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class HealthCheck:
        """What tells that a cluster is unhealthy."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Observed:
            """The server looks.

            It has no settings.
            """

        #: The provider looks itself: the id of a health check there.
        provider_id: str | None = dataclasses.field(
            default=None, metadata={"number": 1, "oneof": "check"}
        )

        #: The server looks: a cluster is unhealthy if its targets are gone or its own status says
        #: so.
        observed: MergePolicy.HealthCheck.Observed | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "check"}
        )

    #: The targets of all clusters. The default.
    union: MergePolicy.Union | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "policy"}
    )

    #: The targets of the first cluster of a list that has the name.
    primary: MergePolicy.Primary | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "policy"}
    )

    #: The targets of one cluster at a time, by weight.
    weighted: MergePolicy.Weighted | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "policy"}
    )

    #: The targets of one cluster, and of others while it is unhealthy.
    failover: MergePolicy.Failover | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "policy"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CoreDns:
    """Where a CoreDNS server takes its names from."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Etcd:
        """An etcd cluster."""

        class Layout(enum.StrEnum):
            """How names become keys."""

            #: As the `etcd` plugin documents it.
            NATIVE = "NATIVE"

            #: As external-dns writes it.
            EXTERNAL_DNS = "EXTERNAL_DNS"

        #: The URLs of its members, 1 to 9.
        endpoints: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 1})

        #: What all keys begin with. Default `/skydns/`.
        prefix: str = dataclasses.field(default="", metadata={"number": 2})

        #: How names become keys. Default NATIVE.
        layout: CoreDns.Etcd.Layout | None = dataclasses.field(default=None, metadata={"number": 3})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class ZoneFiles:
        """Zone files.

        They have no settings here: no path is ever taken from the API.
        """

    #: Into etcd, for the `etcd` plugin.
    etcd: CoreDns.Etcd | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "storage"}
    )

    #: Into zone files, at the place the server's settings name.
    zone_files: CoreDns.ZoneFiles | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "storage"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Route53:
    """How Amazon Route 53 is used."""

    class ZoneType(enum.StrEnum):
        """Which hosted zones are meant."""

        #: Those that anybody can resolve.
        PUBLIC = "PUBLIC"

        #: Those that resolve inside a private network only.
        PRIVATE = "PRIVATE"

    #: Only hosted zones of this type. Default: both.
    zone_type: Route53.ZoneType | None = dataclasses.field(default=None, metadata={"number": 1})

    #: Only hosted zones that have all these tags; an empty value means that the tag is there,
    #: whatever its value.
    zone_tags: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 2})

    #: Only the hosted zones of these ids. Absent: not restricted by id.
    zone_ids: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: The ARN of a role to take on, as in `arn:aws:iam::123455567:role/external-dns`.
    assume_role: str = dataclasses.field(default="", metadata={"number": 4})

    #: The external id that the role asks for.
    assume_role_external_id: str = dataclasses.field(default="", metadata={"number": 5})

    #: How many changes one request holds at most, 1 to 1000. Default 1000.
    batch_change_size: int = dataclasses.field(default=0, metadata={"number": 6})

    #: The pause between requests. Default 1 s.
    batch_change_interval: int | None = dataclasses.field(default=None, metadata={"number": 7})

    #: Whether an alias answers by the health of its target. Default ENABLED.
    evaluate_target_health: Toggle.Value | None = dataclasses.field(
        default=None, metadata={"number": 8}
    )

    #: How often a request is tried, 1 to 20. Default 3.
    api_attempts: int = dataclasses.field(default=0, metadata={"number": 9})

    #: Whether CNAME records are made where an alias would do. Default DISABLED.
    prefer_cname: Toggle.Value | None = dataclasses.field(default=None, metadata={"number": 10})

    #: How many bytes of values one request holds at most, up to 32000. Default 32000.
    batch_change_bytes: int = dataclasses.field(default=0, metadata={"number": 11})

    #: How many values one request holds at most, up to 1000. Default 1000.
    batch_change_values: int = dataclasses.field(default=0, metadata={"number": 12})

    #: How long the list of hosted zones is kept before it is read again. Default 0: it is not kept.
    zones_cache: int | None = dataclasses.field(default=None, metadata={"number": 13})

    #: How many requests are sent per second at most, over all intents of the account. Default 5.
    requests_per_second: int = dataclasses.field(default=0, metadata={"number": 14})

    #: The URL of the service, where it is not Amazon's own.
    endpoint: str = dataclasses.field(default="", metadata={"number": 15})

    #: The region that requests are signed for. Default: the one of the server's environment.
    region: str = dataclasses.field(default="", metadata={"number": 16})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rfc2136:
    """A name server that takes dynamic updates."""

    #: Its host name or IP address.
    server: str = dataclasses.field(default="", metadata={"number": 1})

    #: Its port, 1 to 65535. Default 53.
    port: int = dataclasses.field(default=0, metadata={"number": 2})

    #: The zones it serves; at least one.
    zones: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: Whether zones are read by zone transfer (AXFR). Without it only the ledger tells what is
    #: there. Default DISABLED.
    transfer: Toggle.Value | None = dataclasses.field(default=None, metadata={"number": 4})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A service that speaks the webhook provider protocol of external-dns."""

    #: Its URL.
    endpoint: str = dataclasses.field(default="", metadata={"number": 1})

    #: How long an answer may take. Default 10 s.
    timeout: int | None = dataclasses.field(default=None, metadata={"number": 2})
