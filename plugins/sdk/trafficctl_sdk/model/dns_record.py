"""Messages of ``trafficctl/v2/dns_record.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses

from trafficctl_sdk.model.convergence import Convergence


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DnsRecord:
    """One record set that a DNS provider intent owns: what it should answer, where that comes from,
    and how far it got.
    """

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Source:
        """Where a part of the answer comes from."""

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class DnsEndpoint:
            """A DNSEndpoint resource."""

            #: Its namespace.
            namespace: str = dataclasses.field(
                default="", metadata={"number": 1, "output_only": True}
            )

            #: Its name.
            name: str = dataclasses.field(default="", metadata={"number": 2, "output_only": True})

        #: The cluster whose name it is.
        cluster: str = dataclasses.field(default="", metadata={"number": 1, "output_only": True})

        #: The name of an inbound or DNS provider intent.
        intent: str | None = dataclasses.field(
            default=None, metadata={"number": 2, "oneof": "origin", "output_only": True}
        )

        #: A DNSEndpoint resource in the cluster.
        dns_endpoint: DnsRecord.Source.DnsEndpoint | None = dataclasses.field(
            default=None, metadata={"number": 3, "oneof": "origin", "output_only": True}
        )

    #: The resource name: the intent's, `/records/` and 26 characters that the server derives from
    #: the record's key.
    name: str = dataclasses.field(default="", metadata={"number": 1})

    #: The store-wide revision of the last change. A Watch started from here misses nothing.
    revision: int = dataclasses.field(default=0, metadata={"number": 7, "output_only": True})

    #: When it changed last.
    update_time: int | None = dataclasses.field(
        default=None, metadata={"number": 9, "output_only": True}
    )

    #: The zone it is in, as in `example.com`.
    zone: str = dataclasses.field(default="", metadata={"number": 20, "output_only": True})

    #: The name it answers for, as in `shop.example.com`.
    dns_name: str = dataclasses.field(default="", metadata={"number": 21, "output_only": True})

    #: The type of record, as in `A` or `CNAME`.
    type: str = dataclasses.field(default="", metadata={"number": 22, "output_only": True})

    #: What tells it from other record sets of the same name and type; empty if there is just one.
    set_identifier: str = dataclasses.field(
        default="", metadata={"number": 23, "output_only": True}
    )

    #: How long resolvers may keep the answer.
    ttl: int | None = dataclasses.field(default=None, metadata={"number": 24, "output_only": True})

    #: What it answers.
    targets: tuple[str, ...] = dataclasses.field(
        default=(), metadata={"number": 25, "output_only": True}
    )

    #: Where the answer comes from.
    sources: tuple[DnsRecord.Source, ...] = dataclasses.field(
        default=(), metadata={"number": 26, "output_only": True}
    )

    #: How far it got, what goes on now, and why.
    convergence: Convergence | None = dataclasses.field(
        default=None, metadata={"number": 27, "output_only": True}
    )

    #: What the provider calls the change that made it; empty if the provider names none.
    provider_change_id: str = dataclasses.field(
        default="", metadata={"number": 28, "output_only": True}
    )
