"""Messages of ``trafficctl/v2/workload.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from trafficctl_sdk.model.common import Addressing, Locality, Protocol


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """One microservice of a bundle version: its place in the clusters, its ports, labels and
    accounts. It has at most one Kubernetes Service; two Services over the same pods are two
    workloads. Intents name workloads and never repeat these facts.
    """

    class State(enum.StrEnum):
        """Whether the workload runs anywhere."""

        #: It has at least one placement, stated or observed.
        PLACED = "PLACED"

        #: It has no placement; intents about it wait.
        NOT_PLACED = "NOT_PLACED"

        #: It is deleted and stays readable until every cluster has confirmed what follows from
        #: that.
        DELETING = "DELETING"

    #: The resource name, as in `projects/p/resourceBundles/shop/versions/v1/workloads/cart`. Chosen
    #: at create, never changes.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: A title for people, at most 63 characters. It has no effect and need not be unique.
    display_name: str = dataclasses.field(default="", metadata={"number": 2})

    #: A text for people, at most 1024 characters. It has no effect.
    description: str = dataclasses.field(default="", metadata={"number": 3})

    #: An identity (UUID4) that differs when the same name is deleted and created again.
    uid: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

    #: A mark of this version of the workload. Sent back in a request, it makes the request fail
    #: with `ETAG_MISMATCH` if somebody changed the workload meanwhile. A change of state alone
    #: leaves it as it is.
    etag: str = dataclasses.field(default="", metadata={"number": 5})

    #: Counts changes of the fields numbered 20 and above. Titles, labels and annotations do not
    #: count.
    generation: int = dataclasses.field(default=0, metadata={"number": 6, "output_only": True})

    #: The store-wide revision of the last change of any kind. A Watch started from here misses
    #: nothing.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When the workload was stored first.
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

    #: Whether it runs anywhere.
    state: Workload.State | None = dataclasses.field(
        default=None, metadata={"number": 13, "output_only": True}
    )

    #: Who created the workload: the authenticated principal, empty while the server runs without
    #: authentication.
    creator: str = dataclasses.field(default="", metadata={"number": 17, "output_only": True})

    #: Who changed it last, in the same form.
    last_editor: str = dataclasses.field(default="", metadata={"number": 18, "output_only": True})

    #: The Kubernetes namespace, the same in all clusters and versions. With `service` it identifies
    #: the destination.
    namespace: str = dataclasses.field(default="", metadata={"number": 20})

    #: The name of the Kubernetes Service. Default: the id of the workload.
    service: str = dataclasses.field(default="", metadata={"number": 21})

    #: How callers address it. Default VIRTUAL_ADDRESS. With HEADLESS each pod of
    #: `placements[].pods` gets a host name of its own, too; where no pods are known, there is the
    #: common host name alone.
    addressing: Addressing.Mode | None = dataclasses.field(default=None, metadata={"number": 22})

    #: The ports of the Service, at most 64, numbers and names unique. None: it only calls others.
    ports: tuple[WorkloadPort, ...] = dataclasses.field(default=(), metadata={"number": 23})

    #: The labels that select its pods. An intent that serves the workload without them waits with
    #: FACT_MISSING.
    pod_labels: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 24})

    #: The Kubernetes service account its pods run as. Default `default`.
    service_account: str = dataclasses.field(default="", metadata={"number": 25})

    #: Named parts of its pods, at most 32, that intents shift or mirror calls to. Ids are unique
    #: over all versions that serve one destination.
    subsets: tuple[Subset, ...] = dataclasses.field(default=(), metadata={"number": 26})

    #: Where it runs, at most once per cluster.
    placements: tuple[Placement, ...] = dataclasses.field(default=(), metadata={"number": 27})

    #: Where discovery saw it run, for clusters with `workload_discovery` OBSERVE.
    observed_placements: tuple[Placement, ...] = dataclasses.field(
        default=(), metadata={"number": 40, "output_only": True}
    )

    #: Where discovery contradicts what is stated here. What is stated wins.
    discrepancies: tuple[Discrepancy, ...] = dataclasses.field(
        default=(), metadata={"number": 41, "output_only": True}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadPort:
    """One port of a workload's Service."""

    #: The port of the Service, 1 to 65535: what callers dial.
    port: int = dataclasses.field(default=0, metadata={"number": 1})

    #: The name of the port in the Service.
    name: str = dataclasses.field(default="", metadata={"number": 2})

    #: What is spoken on it. An intent may say it instead; if both say it, they must agree.
    protocol: Protocol.Value | None = dataclasses.field(default=None, metadata={"number": 3})

    #: The number of the pods' port, 1 to 65535.
    target_number: int | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "target"}
    )

    #: The name of the pods' port, at most 15 characters.
    target_name: str | None = dataclasses.field(
        default=None, metadata={"number": 5, "oneof": "target"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """A part of a workload's pods, told apart by labels."""

    #: The name intents use for it: 1 to 63 characters of a-z, 0-9 and `-`, starting with a letter.
    id: str = dataclasses.field(default="", metadata={"number": 1})

    #: The labels its pods have in addition to the workload's; at least one.
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 2})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One cluster where a workload runs, and what is different there."""

    #: The cluster, as in `clusters/east`.
    cluster: str = dataclasses.field(default="", metadata={"number": 1})

    #: The service account in this cluster. Default: the workload's.
    service_account: str = dataclasses.field(default="", metadata={"number": 2})

    #: The labels that select its pods in this cluster. Default: the workload's.
    pod_labels: Mapping[str, str] = dataclasses.field(default_factory=dict, metadata={"number": 3})

    #: Ports that differ in this cluster, each port at most once.
    port_overrides: tuple[PortOverride, ...] = dataclasses.field(default=(), metadata={"number": 4})

    #: Where its pods are. Default: the cluster's.
    locality: Locality | None = dataclasses.field(default=None, metadata={"number": 5})

    #: The share of calls this placement takes relative to other placements of equal preference, 0
    #: to 1000, unless an intent shifts calls itself. Default 1; 0 takes none.
    weight: int | None = dataclasses.field(default=None, metadata={"number": 6})

    #: The names of its pods, for HEADLESS. Default: those observed.
    pods: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 7})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PortOverride:
    """How one port of a workload differs in one cluster."""

    #: The port of the workload that is meant.
    port: int = dataclasses.field(default=0, metadata={"number": 1})

    #: The port of the Service in this cluster, 1 to 65535. Default: `port`.
    service_port: int = dataclasses.field(default=0, metadata={"number": 2})

    #: The number of the pods' port, 1 to 65535.
    target_number: int | None = dataclasses.field(
        default=None, metadata={"number": 3, "oneof": "target"}
    )

    #: The name of the pods' port, at most 15 characters.
    target_name: str | None = dataclasses.field(
        default=None, metadata={"number": 4, "oneof": "target"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One fact that is stated one way and observed another."""

    #: The cluster where it was observed.
    cluster: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

    #: The path in the workload, as in `ports[0].target_number`.
    field: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

    #: What the workload says, as JSON text.
    stated: str = dataclasses.field(default="", metadata={"number": 3, "output_only": True})

    #: What the cluster shows, as JSON text.
    observed: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})
