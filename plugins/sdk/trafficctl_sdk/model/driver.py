"""Messages of ``trafficctl/v2/driver.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum

from trafficctl_sdk.rpc_status import RpcStatus


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A plugin that turns wishes into the configuration of one technology.

    A field that no driver of a cluster lists in `capabilities` is refused there, so this tells what
    may be asked.
    """

    class State(enum.StrEnum):
        """Whether a driver is used."""

        #: It is used and works.
        LOADED = "LOADED"

        #: It is used, but something is wrong; `health` says what.
        DEGRADED = "DEGRADED"

        #: It is not used; `refusal` says why.
        REFUSED = "REFUSED"

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Capability:
        """A field a driver enforces."""

        class Support(enum.StrEnum):
            """How much of a field a driver enforces."""

            #: All of it.
            FULL = "FULL"

            #: A part of it; the note says which.
            PARTIAL = "PARTIAL"

        #: The path of the field, as in `InterclusterIntent.traffic_policy.retries`.
        field_path: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

        #: How much of it is enforced.
        support: Driver.Capability.Support | None = dataclasses.field(
            default=None, metadata={"number": 2, "output_only": True}
        )

        #: The version of the technology that is needed, as in `1.24`; empty if any will do.
        since: str = dataclasses.field(default="", metadata={"number": 3, "output_only": True})

        #: What to know about it, for people.
        note: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Health:
        """How a driver is doing."""

        #: What is wrong, for people; empty if nothing is.
        detail: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

        #: Since when it is so.
        since: int | None = dataclasses.field(
            default=None, metadata={"number": 2, "output_only": True}
        )

        #: How often a hook of it failed or ran out of time since the server started.
        failure_count: int = dataclasses.field(
            default=0, metadata={"number": 3, "output_only": True}
        )

        #: Its last failure; absent if there was none.
        last_error: RpcStatus | None = dataclasses.field(
            default=None, metadata={"number": 4, "output_only": True}
        )

    #: The resource name, as in `drivers/istio`.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: The store-wide revision of the last change. A Watch started from here misses nothing.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When it changed last.
    update_time: int | None = dataclasses.field(
        default=None, metadata={"number": 9, "output_only": True}
    )

    #: Whether it is used.
    state: Driver.State | None = dataclasses.field(
        default=None, metadata={"number": 13, "output_only": True}
    )

    #: The Python distribution that brought it, as in `trafficctl-istio`.
    distribution: str = dataclasses.field(default="", metadata={"number": 20, "output_only": True})

    #: The version of the distribution.
    version: str = dataclasses.field(default="", metadata={"number": 21, "output_only": True})

    #: The version of the hook interface it was built for.
    hook_api: str = dataclasses.field(default="", metadata={"number": 22, "output_only": True})

    #: What it is a driver for, as in `service_mesh`, `packet_filter` (clusters without a mesh),
    #: `sdwan` or `dns`.
    kinds: tuple[str, ...] = dataclasses.field(
        default=(), metadata={"number": 23, "output_only": True}
    )

    #: The fields it enforces.
    capabilities: tuple[Driver.Capability, ...] = dataclasses.field(
        default=(), metadata={"number": 24, "output_only": True}
    )

    #: Why it was refused; absent if it is used.
    refusal: RpcStatus | None = dataclasses.field(
        default=None, metadata={"number": 25, "output_only": True}
    )

    #: How its worker processes are doing.
    health: Driver.Health | None = dataclasses.field(
        default=None, metadata={"number": 26, "output_only": True}
    )

    #: The kinds of facts it publishes for others.
    facts_produced: tuple[str, ...] = dataclasses.field(
        default=(), metadata={"number": 27, "output_only": True}
    )

    #: The kinds of facts its rendering depends on.
    facts_consumed: tuple[str, ...] = dataclasses.field(
        default=(), metadata={"number": 28, "output_only": True}
    )
