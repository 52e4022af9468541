"""Names in client certificates: a gateway checks them once for a port of a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_server.compile.merging import Kind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_sdk.model.inbound_intent import InboundIntent


def certificate_names(intent: InboundIntent) -> tuple[str, ...]:
    """Give the names of which a client's certificate must have one; all callers ask for the same.

    Empty: any certificate will do, or none is asked for.
    """
    return tuple(
        sorted({n for it in intent.callers if it.external for n in it.external.certificate_names})
    )


def certificate_statements(intent: InboundIntent, about: str, way_out: str) -> Iterator[Statement]:
    """State for each caller the names in its certificates; not to ask for any is said as well.

    Whoever comes through a port of a gateway is the same to the workload, so a caller that is not
    asked for a name would open the way for those that are.
    """
    for index, caller in enumerate(intent.callers):
        names = caller.external.certificate_names if caller.external is not None else ()
        field = f"callers[{index}]"
        yield Statement(
            about=about,
            kind=Kind.LISTENER,
            intent=intent.name,
            field=f"{field}.external.certificate_names" if names else field,
            value=tuple(sorted(names)),
            way_out=way_out,
        )
