"""Messages of ``trafficctl/v2/managed_object.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses

from trafficctl_sdk.model.convergence import Convergence


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ManagedObject:
    """One object this server owns in one cluster: what it should be, what it is, and which intents
    want it.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Kubernetes:
        """The key of a Kubernetes object."""

        #: Its API version, as in `networking.istio.io/v1`.
        api_version: str = dataclasses.field(
            default="", metadata={"number": 1, "output_only": True}
        )

        #: Its kind, as in `VirtualService`.
        kind: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

        #: Its namespace; empty for an object of the whole cluster.
        namespace: str = dataclasses.field(default="", metadata={"number": 3, "output_only": True})

        #: Its name.
        name: str = dataclasses.field(default="", metadata={"number": 4, "output_only": True})

        #: The uid the API server gave it; empty until it was seen.
        uid: str = dataclasses.field(default="", metadata={"number": 5, "output_only": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class File:
        """The key of a file."""

        #: Its path under the root, `<cluster>/<namespace>/<kind>.<name>.yaml`, as in
        #: `east/shop/virtualservice.cart.yaml`.
        path: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Rest:
        """The key of an entry behind a REST interface."""

        #: The URL of the interface.
        endpoint: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

        #: What the interface calls the entry.
        key: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Origin:
        """An intent that wants an object."""

        #: The name of the intent.
        intent: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

        #: The `uid` of the intent.
        uid: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

        #: The generation of the intent that was rendered.
        generation: int = dataclasses.field(default=0, metadata={"number": 3, "output_only": True})

        #: The paths in the intent that the object follows from.
        fields: tuple[str, ...] = dataclasses.field(
            default=(), metadata={"number": 4, "output_only": True}
        )

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class ForeignManager:
        """Somebody else who owns fields of an object."""

        #: The name under which the fields were applied.
        field_manager: str = dataclasses.field(
            default="", metadata={"number": 1, "output_only": True}
        )

        #: The paths of the fields.
        fields: tuple[str, ...] = dataclasses.field(
            default=(), metadata={"number": 2, "output_only": True}
        )

    #: The resource name: the cluster's, `/objects/` and 26 characters that the server derives from
    #: the object's key.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: The store-wide revision of the last change. A Watch started from here misses nothing.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When it changed last.
    update_time: int | None = dataclasses.field(
        default=None, metadata={"number": 9, "output_only": True}
    )

    #: An object behind a Kubernetes API server.
    kubernetes: ManagedObject.Kubernetes | None = dataclasses.field(
        default=None, metadata={"number": 20, "oneof": "key", "output_only": True}
    )

    #: A file in a directory target.
    file: ManagedObject.File | None = dataclasses.field(
        default=None, metadata={"number": 21, "oneof": "key", "output_only": True}
    )

    #: An entry behind some other REST interface.
    rest: ManagedObject.Rest | None = dataclasses.field(
        default=None, metadata={"number": 22, "oneof": "key", "output_only": True}
    )

    #: The SHA-256 digest of what it should be; empty once it is to go.
    desired_digest: str = dataclasses.field(
        default="", metadata={"number": 23, "output_only": True}
    )

    #: The SHA-256 digest of what was seen last; empty if nothing was. `AdoptObject` wants it.
    observed_digest: str = dataclasses.field(
        default="", metadata={"number": 24, "output_only": True}
    )

    #: The intents that want it, and for which of its fields.
    origins: tuple[ManagedObject.Origin, ...] = dataclasses.field(
        default=(), metadata={"number": 25, "output_only": True}
    )

    #: How far it got, what goes on now, and why.
    convergence: Convergence | None = dataclasses.field(
        default=None, metadata={"number": 26, "output_only": True}
    )

    #: Others who own fields of it.
    foreign_managers: tuple[ManagedObject.ForeignManager, ...] = dataclasses.field(
        default=(), metadata={"number": 27, "output_only": True}
    )

    #: The trace of the request that changed it last.
    trace_id: str = dataclasses.field(default="", metadata={"number": 28, "output_only": True})
