"""Messages of ``trafficctl/v2/cluster.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from trafficctl_sdk.model.common import Locality, SafetyBrake, SecretInfo, Toggle
from trafficctl_sdk.model.convergence import Convergence, ObjectRef
from trafficctl_sdk.model.tls import TrustSource
from trafficctl_sdk.rpc_status import RpcStatus


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """One place that configuration is delivered to: a Kubernetes cluster, or a folder that
    something else applies. Every field from 20 on is a fact about the cluster or a policy of its
    operator; intents never repeat them. A stated fact wins over an observed one.
    """

    class State(enum.StrEnum):
        """What the server does with the cluster."""

        #: Configuration is delivered.
        ACTIVE = "ACTIVE"

        #: What the server owns there is being removed; nothing new is delivered.
        DRAINING = "DRAINING"

        #: The server owns nothing there any more.
        DRAINED = "DRAINED"

        #: The record is deleted and stays readable until the rest is done.
        DELETING = "DELETING"

    class DriftPolicy(enum.StrEnum):
        """What happens when somebody else changes an object of ours."""

        #: It is set back.
        REPAIR = "REPAIR"

        #: It is told and left as it is.
        REPORT = "REPORT"

    class DeletionPolicy(enum.StrEnum):
        """What happens to objects that are no longer wanted."""

        #: They are removed.
        REMOVE = "REMOVE"

        #: They stay, and are no longer ours.
        ORPHAN = "ORPHAN"

    class Discovery(enum.StrEnum):
        """Whether the cluster feeds the inventory of workloads."""

        #: It does not.
        OFF = "OFF"

        #: Services and Pods with bundle labels there become observed placements.
        OBSERVE = "OBSERVE"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Directory:
        """Delivery into a folder.

        It has no settings: no path is ever taken from the API.
        """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Facts:
        """What was observed in a cluster."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class ResourceDefinition:
            """One custom resource kind as served."""

            #: Its full name, as in `virtualservices.networking.istio.io`.
            name: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

            #: The versions served, as in `v1`.
            versions: tuple[str, ...] = dataclasses.field(
                default=(), metadata={"number": 2, "output_only": True}
            )

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Namespace:
            """One namespace as observed."""

            #: Its name.
            namespace: str = dataclasses.field(
                default="", metadata={"number": 1, "output_only": True}
            )

            #: How its pods take part in the mesh.
            data_plane: MeshFacts.DataPlane | None = dataclasses.field(
                default=None, metadata={"number": 2, "output_only": True}
            )

        #: The identity of the target: the uid of its `kube-system` namespace, or the id file of its
        #: tree. A change of it deletes nothing.
        target_uid: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

        #: The version of its API server, as in `v1.33.2`.
        kubernetes_version: str = dataclasses.field(
            default="", metadata={"number": 2, "output_only": True}
        )

        #: Facts about its service mesh as observed.
        mesh: MeshFacts | None = dataclasses.field(
            default=None, metadata={"number": 3, "output_only": True}
        )

        #: Its gateways as observed.
        gateways: tuple[Gateway, ...] = dataclasses.field(
            default=(), metadata={"number": 4, "output_only": True}
        )

        #: The custom resource kinds that drivers care about, as served there.
        resource_definitions: tuple[Cluster.Facts.ResourceDefinition, ...] = dataclasses.field(
            default=(), metadata={"number": 5, "output_only": True}
        )

        #: What was observed per namespace.
        namespaces: tuple[Cluster.Facts.Namespace, ...] = dataclasses.field(
            default=(), metadata={"number": 6, "output_only": True}
        )

        #: When it was looked at last.
        observe_time: int | None = dataclasses.field(
            default=None, metadata={"number": 7, "output_only": True}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Connection:
        """Whether a cluster can be reached."""

        #: True if the last contact succeeded.
        reachable: bool = dataclasses.field(
            default=False, metadata={"number": 1, "output_only": True}
        )

        #: Since when that is so.
        since: int | None = dataclasses.field(
            default=None, metadata={"number": 2, "output_only": True}
        )

        #: Why it cannot be reached; absent while it can.
        error: RpcStatus | None = dataclasses.field(
            default=None, metadata={"number": 3, "output_only": True}
        )

    #: The resource name, as in `clusters/east`. Chosen at create, never changes.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: A title for people, at most 63 characters. It has no effect and need not be unique.
    display_name: str = dataclasses.field(default="", metadata={"number": 2})

    #: A text for people, at most 1024 characters. It has no effect.
    description: str = dataclasses.field(default="", metadata={"number": 3})

    #: An identity (UUID4) that differs when the same name is deleted and created again.
    uid: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

    #: A mark of this version of the cluster. Sent back in a request, it makes the request fail with
    #: `ETAG_MISMATCH` if somebody changed the cluster meanwhile. A change of state alone leaves it
    #: as it is.
    etag: str = dataclasses.field(default="", metadata={"number": 5})

    #: Counts changes of the fields numbered 20 and above. Titles, labels and annotations do not
    #: count.
    generation: int = dataclasses.field(default=0, metadata={"number": 6, "output_only": True})

    #: The store-wide revision of the last change of any kind. A Watch started from here misses
    #: nothing.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When the cluster was stored first.
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

    #: What the server does with it.
    state: Cluster.State | None = dataclasses.field(
        default=None, metadata={"number": 13, "output_only": True}
    )

    #: Who created the cluster: the authenticated principal, empty while the server runs without
    #: authentication.
    creator: str = dataclasses.field(default="", metadata={"number": 17, "output_only": True})

    #: Who changed it last, in the same form.
    last_editor: str = dataclasses.field(default="", metadata={"number": 18, "output_only": True})

    #: Where the cluster is; it decides what is near to what.
    locality: Locality | None = dataclasses.field(default=None, metadata={"number": 20})

    #: The network its pods are in: between clusters of one network, pods reach each other without a
    #: gateway. Default: a network of its own. Refused by a server that has no use for it.
    network: str = dataclasses.field(default="", metadata={"number": 21})

    #: The id of the driver for its service mesh, as in `istio`, or `none`: then the driver for
    #: packet filters serves it, and of several none.
    service_mesh: str = dataclasses.field(default="", metadata={"number": 22})

    #: Facts about its service mesh. What is absent is observed, else the default is taken.
    mesh: MeshFacts | None = dataclasses.field(default=None, metadata={"number": 23})

    #: Its gateways, at most 16, ids unique.
    gateways: tuple[Gateway, ...] = dataclasses.field(default=(), metadata={"number": 24})

    #: The domain under which it exposes services: `<prefix>.<this>` for an exposed host that states
    #: a prefix. Absent: such intents wait.
    external_domain: str = dataclasses.field(default="", metadata={"number": 25})

    #: Into a folder named by the cluster id, under a root in the server's settings, as a plain tree
    #: of manifests.
    directory: Cluster.Directory | None = dataclasses.field(
        default=None, metadata={"number": 26, "oneof": "target"}
    )

    #: To its Kubernetes API server.
    kubernetes: KubernetesTarget | None = dataclasses.field(
        default=None, metadata={"number": 27, "oneof": "target"}
    )

    #: Facts about its SD-WAN edge. Absent: it has none.
    sdwan: SdwanFacts | None = dataclasses.field(default=None, metadata={"number": 28})

    #: The namespaces that projects may use, at most 1024, each once. A namespace not listed is
    #: nobody's.
    governed_namespaces: tuple[GovernedNamespace, ...] = dataclasses.field(
        default=(), metadata={"number": 29}
    )

    #: What happens when somebody else changes an object of ours. Default REPAIR.
    drift_policy: Cluster.DriftPolicy | None = dataclasses.field(
        default=None, metadata={"number": 30}
    )

    #: What happens to objects that are no longer wanted. Default REMOVE.
    deletion_policy: Cluster.DeletionPolicy | None = dataclasses.field(
        default=None, metadata={"number": 31}
    )

    #: How much may go or change at once before it is held for a release.
    brake: SafetyBrake | None = dataclasses.field(default=None, metadata={"number": 32})

    #: The stage at which something counts as settled here. Default: DELIVERED for a directory,
    #: OBSERVED for Kubernetes.
    settled_at: Convergence.Stage | None = dataclasses.field(default=None, metadata={"number": 33})

    #: Whether the cluster feeds the inventory of workloads. Default OFF.
    workload_discovery: Cluster.Discovery | None = dataclasses.field(
        default=None, metadata={"number": 34}
    )

    #: How long a wave of changes waits where the proxies cannot be asked whether they have it, up
    #: to 10 minutes. Default 10 s. Refused on a directory, which never waits.
    settle_time: int | None = dataclasses.field(default=None, metadata={"number": 35})

    #: What was observed there last.
    facts: Cluster.Facts | None = dataclasses.field(
        default=None, metadata={"number": 40, "output_only": True}
    )

    #: Whether the cluster can be reached.
    connection: Cluster.Connection | None = dataclasses.field(
        default=None, metadata={"number": 41, "output_only": True}
    )

    #: The change that waits for `ReleaseCluster`; absent while nothing is held.
    held: HeldChange | None = dataclasses.field(
        default=None, metadata={"number": 42, "output_only": True}
    )

    #: What is known of the stored credentials without telling them.
    credentials_info: SecretInfo | None = dataclasses.field(
        default=None, metadata={"number": 43, "output_only": True}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MeshFacts:
    """Facts about a cluster's service mesh."""

    class DataPlane(enum.StrEnum):
        """How pods take part in the mesh."""

        #: Each pod has a proxy of its own.
        SIDECAR = "SIDECAR"

        #: Proxies per node and per waypoint serve the pods.
        AMBIENT = "AMBIENT"

    #: The mesh it belongs to. Default: one mesh for all clusters.
    mesh_id: str = dataclasses.field(default="", metadata={"number": 1})

    #: The trust domain of its identities. Default `cluster.local`.
    trust_domain: str = dataclasses.field(default="", metadata={"number": 2})

    #: Further trust domains that count as its own. Refused by a server that has no use for them.
    aliases: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: The namespace whose mesh configuration holds for all. Default `istio-system`.
    root_namespace: str = dataclasses.field(default="", metadata={"number": 4})

    #: The domain of Services inside the cluster. Default `cluster.local`.
    cluster_domain: str = dataclasses.field(default="", metadata={"number": 5})

    #: The suffix of host names that hold over clusters: `<service>.<namespace>.<suffix>`. Default
    #: `global`.
    suffix: str = dataclasses.field(default="", metadata={"number": 6})

    #: The version of the mesh, as in `1.27.1`. Default: the observed one; an unknown one is taken
    #: as new enough.
    version: str = dataclasses.field(default="", metadata={"number": 7})

    #: The SHA-256 digest of its root certificate, in hexadecimal. Clusters share a root unless both
    #: state a digest and these differ.
    root_digest: str = dataclasses.field(default="", metadata={"number": 8})

    #: The revision of the control plane for gateways that are injected. Default: the default one.
    revision: str = dataclasses.field(default="", metadata={"number": 9})

    #: How pods take part in the mesh. Default: as observed per namespace, else SIDECAR.
    data_plane: MeshFacts.DataPlane | None = dataclasses.field(
        default=None, metadata={"number": 10}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """A gateway that runs in a cluster.

    What is absent is observed; for a directory target it stays unknown, and intents that need it
    wait with FACT_MISSING.
    """

    class Role(enum.StrEnum):
        """What a gateway is for."""

        #: Calls between clusters.
        EAST_WEST = "EAST_WEST"

        #: Calls from outside.
        INGRESS = "INGRESS"

        #: Calls to outside.
        EGRESS = "EGRESS"

    #: The name intents use for it: 1 to 63 characters of a-z, 0-9 and `-`, starting with a letter.
    id: str = dataclasses.field(default="", metadata={"number": 1})

    #: What it is for.
    role: Gateway.Role | None = dataclasses.field(default=None, metadata={"number": 2})

    #: The namespace it runs in. Needed as soon as an intent uses the gateway.
    namespace: str = dataclasses.field(default="", metadata={"number": 3})

    #: The labels that select its pods. Needed as soon as an intent uses the gateway.
    selector: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 4})

    #: The name of its Kubernetes Service.
    service: str = dataclasses.field(default="", metadata={"number": 5})

    #: The addresses others reach it at: IP addresses or fully qualified names. Absent: as observed;
    #: nothing known: intents wait with GATEWAY_ADDRESS_UNKNOWN.
    addresses: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 6})

    #: Its ports. An EAST_WEST gateway without any has 15443.
    ports: tuple[GatewayPort, ...] = dataclasses.field(default=(), metadata={"number": 7})

    #: The service account it runs as. Default: `<service>-service-account`, without a `service`
    #: `<id>-service-account`.
    service_account: str = dataclasses.field(default="", metadata={"number": 8})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GatewayPort:
    """One port of a gateway, as its Service, its pods and others see it."""

    #: The port of its Service, 1 to 65535.
    port: int = dataclasses.field(default=0, metadata={"number": 1})

    #: The port of its pods, which policies name. Default: `port`.
    target_port: int = dataclasses.field(default=0, metadata={"number": 2})

    #: The port others dial. Default: `port`.
    external_port: int = dataclasses.field(default=0, metadata={"number": 3})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KubernetesTarget:
    """How the API server of a cluster is reached."""

    class TlsVerification(enum.StrEnum):
        """Whether the API server must prove who it is."""

        #: It must.
        REQUIRED = "REQUIRED"

        #: Anything is accepted; for laboratories only.
        SKIPPED = "SKIPPED"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class InCluster:
        """The server's own service account.

        It has no settings.
        """

    #: A kubeconfig file, at most 256 KiB. Certificates, keys and tokens stand in it: `exec`, an
    #: auth provider and references to files are refused.
    kubeconfig: bytes | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "credentials", "secret": True}
    )

    #: The server runs in this cluster and uses its own service account.
    in_cluster: KubernetesTarget.InCluster | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "credentials"}
    )

    #: The user to act as. Default: none.
    impersonate: str = dataclasses.field(default="", metadata={"number": 3})

    #: Whether the API server must prove who it is. Default REQUIRED.
    tls_verification: KubernetesTarget.TlsVerification | None = dataclasses.field(
        default=None, metadata={"number": 4}
    )

    #: The name under which fields are applied, at most 128 characters. Default `trafficctl`.
    field_manager: str = dataclasses.field(default="", metadata={"number": 5})

    #: How many writes may be under way at once, 1 to 64. Default 8.
    max_in_flight: int = dataclasses.field(default=0, metadata={"number": 6})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GovernedNamespace:
    """A namespace in a cluster: who may use it, and what is refused there unless an intent admits
    it.
    """

    class DefaultAccess(enum.StrEnum):
        """What happens to calls that no intent speaks about."""

        #: They are refused: the namespace is governed.
        DENY_ALL = "DENY_ALL"

        #: They are left as they are.
        LEAVE = "LEAVE"

    class OutboundScope(enum.StrEnum):
        """Where pods of the namespace may call."""

        #: Wherever the mesh lets them.
        ANY = "ANY"

        #: Only to what intents declare: their proxies know nothing else. A proxy is no boundary, as
        #: a pod can go around its own; only a packet filter is one.
        DECLARED_ONLY = "DECLARED_ONLY"

    #: The namespace.
    namespace: str = dataclasses.field(default="", metadata={"number": 1})

    #: The ids of the projects that may place workloads there; at least one.
    projects: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 2})

    #: What happens to calls that no intent speaks about.
    default_access: GovernedNamespace.DefaultAccess | None = dataclasses.field(
        default=None, metadata={"number": 3}
    )

    #: Where its pods may call. Default ANY.
    outbound_scope: GovernedNamespace.OutboundScope | None = dataclasses.field(
        default=None, metadata={"number": 4}
    )

    #: Callers that stay admitted under DENY_ALL, such as scrapers of metrics.
    spared_callers: tuple[SparedCaller, ...] = dataclasses.field(default=(), metadata={"number": 5})

    #: How its pods take part in the mesh, where that differs from `mesh.data_plane`.
    data_plane: MeshFacts.DataPlane | None = dataclasses.field(default=None, metadata={"number": 6})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SparedCaller:
    """A caller that stays admitted where everything else is refused.

    Without namespace and account it is anybody, in plain text too.
    """

    #: The namespace it calls from.
    namespace: str = dataclasses.field(default="", metadata={"number": 1})

    #: The service account it runs as, in `namespace`.
    service_account: str = dataclasses.field(default="", metadata={"number": 2})

    #: The ports of the pods it may call, 1 to 65535; at least one.
    workload_ports: tuple[int, ...] = dataclasses.field(default=(), metadata={"number": 3})

    #: The exact paths it may call, each starting with `/`, at most 1024 characters. Absent: not
    #: restricted by path.
    paths: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 4})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HeldChange:
    """A change that the safety brake holds until somebody releases it."""

    #: The digest to send to `ReleaseCluster`. It differs as soon as anything in the change moves.
    digest: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

    #: Why it is held.
    reason: Convergence.Reason | None = dataclasses.field(
        default=None, metadata={"number": 2, "output_only": True}
    )

    #: Since when it is held.
    since: int | None = dataclasses.field(default=None, metadata={"number": 3, "output_only": True})

    #: The first 500 objects it concerns.
    objects: tuple[ObjectRef, ...] = dataclasses.field(
        default=(), metadata={"number": 4, "output_only": True}
    )

    #: How many objects it concerns in all.
    object_count: int = dataclasses.field(default=0, metadata={"number": 5, "output_only": True})

    #: How many objects were ours in the cluster when it was held. As long as anything is held,
    #: shares are of these or of those that are ours now, whichever are fewer: nothing is let go
    #: because other objects came.
    owned_count: int = dataclasses.field(default=0, metadata={"number": 6, "output_only": True})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SdwanFacts:
    """Facts about the SD-WAN edge of a cluster, where a network function (CNF) joins the pods to
    uplinks and overlay.
    """

    class Family(enum.StrEnum):
        """The family of custom resources that the edge understands."""

        #: Plain packet-filter rules.
        RAW = "RAW"

        #: Zones and rules of the OpenWrt firewall.
        FW3 = "FW3"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Wan:
        """One uplink."""

        #: The network it leads to, as intents name it.
        network: str = dataclasses.field(default="", metadata={"number": 1})

        #: The interface of the network function.
        interface: str = dataclasses.field(default="", metadata={"number": 2})

        #: Its own IP address.
        address: str = dataclasses.field(default="", metadata={"number": 3})

        #: The IP address others see. Default: `address`.
        public_address: str = dataclasses.field(default="", metadata={"number": 4})

        #: Its share when uplinks are balanced, 1 to 1000. Default 1.
        weight: int = dataclasses.field(default=0, metadata={"number": 5})

        #: Its rank in a failover, 1 to 256; the lowest goes first. Default 1.
        metric: int = dataclasses.field(default=0, metadata={"number": 6})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Lan:
        """The side towards the pods."""

        #: The network the pods are attached to.
        network: str = dataclasses.field(default="", metadata={"number": 1})

        #: The interface of the network function.
        interface: str = dataclasses.field(default="", metadata={"number": 2})

        #: The address range of the network, host bits zero.
        cidr: str = dataclasses.field(default="", metadata={"number": 3})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Ingress:
        """The ingress gateway as the edge reaches it."""

        #: Its IP address inside the cluster.
        address: str = dataclasses.field(default="", metadata={"number": 1})

        #: Its ports by purpose: `http` (default 80), `https` (443), `mtls` (15443).
        ports: Mapping[str, int] = dataclasses.field(default_factory=dict, metadata={"number": 2})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class CnfPorts:
        """A range of ports on the network function."""

        #: The lowest port, 1 to 65535.
        first: int = dataclasses.field(default=0, metadata={"number": 1})

        #: The highest port, not below `first`.
        last: int = dataclasses.field(default=0, metadata={"number": 2})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Rest:
        """The REST interface of a network function."""

        #: Its URL.
        endpoint: str = dataclasses.field(default="", metadata={"number": 1})

        #: What proves who answers. Default: the system's roots.
        trust: TrustSource | None = dataclasses.field(default=None, metadata={"number": 2})

        #: The user to log in as.
        username: str = dataclasses.field(default="", metadata={"number": 3})

        #: The user's password. It is stored encrypted and never answered.
        password: str = dataclasses.field(default="", metadata={"number": 4, "secret": True})

    #: The id of the driver.
    driver: str = dataclasses.field(default="", metadata={"number": 1})

    #: The value of the label that tells which network function is meant.
    purpose: str = dataclasses.field(default="", metadata={"number": 2})

    #: The namespace of its custom resources.
    namespace: str = dataclasses.field(default="", metadata={"number": 3})

    #: The family of custom resources that it understands. Default RAW.
    family: SdwanFacts.Family | None = dataclasses.field(default=None, metadata={"number": 4})

    #: Whether a central controller makes the routes of the overlay, so that the driver need not.
    #: Default DISABLED.
    overlay_managed: Toggle.Value | None = dataclasses.field(default=None, metadata={"number": 5})

    #: Its uplinks, at most 16.
    wan: tuple[SdwanFacts.Wan, ...] = dataclasses.field(default=(), metadata={"number": 6})

    #: Its side towards the pods.
    lan: SdwanFacts.Lan | None = dataclasses.field(default=None, metadata={"number": 7})

    #: Its IP address in the overlay.
    overlay_address: str = dataclasses.field(default="", metadata={"number": 8})

    #: The names of the hubs it is joined to, at most 16.
    hubs: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 9})

    #: The address range of the cluster's pods, host bits zero.
    pod_cidr: str = dataclasses.field(default="", metadata={"number": 10})

    #: Where the edge hands calls from outside to the cluster.
    ingress: SdwanFacts.Ingress | None = dataclasses.field(default=None, metadata={"number": 11})

    #: The ports the driver may take on the edge for services reached through it.
    cnf_ports: SdwanFacts.CnfPorts | None = dataclasses.field(default=None, metadata={"number": 12})

    #: The network function's own REST interface.
    rest: SdwanFacts.Rest | None = dataclasses.field(default=None, metadata={"number": 13})
