"""Messages of ``trafficctl/v2/traffic_intent_group.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from trafficctl_sdk.model.common import ClusterSelector
from trafficctl_sdk.model.convergence import Convergence


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TrafficIntentGroup:
    """Holds intents that belong together, and says how they may be changed and in which order
    clusters get the changes.
    """

    class ChangePolicy(enum.StrEnum):
        """Says how intents may be changed."""

        #: By the methods of each intent.
        DIRECT = "DIRECT"

        #: By applying a plan only.
        PLAN = "PLAN"

        #: By applying a plan that somebody other than its author approved.
        APPROVAL = "APPROVAL"

    #: The resource name of the group; the last segment is the id chosen at create.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: A short title for people, at most 63 characters. Has no effect and need not be unique.
    display_name: str = dataclasses.field(default="", metadata={"number": 2})

    #: What the group is for, in the words of its author, at most 1024 characters. Has no effect.
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

    #: When the group was created.
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

    #: What is going on with the intents of the group, all clusters taken together.
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

    #: The number of realizations of its intents by state, and in total.
    counts: Convergence.Counts | None = dataclasses.field(
        default=None, metadata={"number": 16, "output_only": True}
    )

    #: Who created it, as authenticated. Empty while no authentication is configured.
    creator: str = dataclasses.field(default="", metadata={"number": 17, "output_only": True})

    #: Who last changed it, as authenticated. Empty while no authentication is configured.
    last_editor: str = dataclasses.field(default="", metadata={"number": 18, "output_only": True})

    #: How the intents of the group, and the group itself, may be changed. Default: DIRECT.
    change_policy: TrafficIntentGroup.ChangePolicy | None = dataclasses.field(
        default=None, metadata={"number": 20}
    )

    #: In which order and how fast clusters get changes. Default: all clusters at once.
    rollout: Rollout | None = dataclasses.field(default=None, metadata={"number": 21})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rollout:
    """Says how changes of a group reach several clusters: wave by wave, each in batches, with a
    pause after each batch. A cluster in no wave comes last.
    """

    class OnFailure(enum.StrEnum):
        """Says what happens when a batch fails."""

        #: The rest is held until someone acts.
        PAUSE = "PAUSE"

        #: The rest goes on.
        CONTINUE = "CONTINUE"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Wave:
        """Holds clusters that get a change before those of later waves."""

        #: The clusters.
        clusters: ClusterSelector | None = dataclasses.field(default=None, metadata={"number": 1})

    #: 1-32 sets of clusters, one after the other.
    waves: tuple[Rollout.Wave, ...] = dataclasses.field(default=(), metadata={"number": 1})

    #: The number of clusters that get a change at once. Default: all of a wave.
    batch_size: int = dataclasses.field(default=0, metadata={"number": 2})

    #: The pause after each batch, in which faults may show, 0-24 h. Default: none.
    soak: int | None = dataclasses.field(default=None, metadata={"number": 3})

    #: What happens when a batch fails. Default: PAUSE.
    on_failure: Rollout.OnFailure | None = dataclasses.field(default=None, metadata={"number": 4})
