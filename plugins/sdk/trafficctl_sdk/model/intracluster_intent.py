"""Messages of ``trafficctl/v2/intracluster_intent.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from trafficctl_sdk.model.access import Caller, JwtProvider, ServiceDestination
from trafficctl_sdk.model.common import ClusterSelector, IntentPort
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.model.traffic_policy import ClusterOverride, TrafficPolicy


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class IntraclusterIntent:
    """Lets callers call one service in each cluster that has both.

    Never leaves a cluster; where one of the two is missing it is NOT_APPLICABLE. At most 1 MiB.
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

    #: The service that is called.
    destination: ServiceDestination | None = dataclasses.field(
        default=None, metadata={"number": 20}
    )

    #: The ports that are called, 1-32, each once. All get the same treatment.
    ports: tuple[IntentPort, ...] = dataclasses.field(default=(), metadata={"number": 22})

    #: Who may call and what they may do, 1-500. No `external` callers and no `egress`.
    callers: tuple[Caller, ...] = dataclasses.field(default=(), metadata={"number": 23})

    #: Whether callers must prove who they are. Default: STRICT.
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
