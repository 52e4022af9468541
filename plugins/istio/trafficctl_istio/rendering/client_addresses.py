"""The header in which a gateway tells a workload where a client is.

Policies at workloads go by its last address, whichever host the client came by, so no route of a
gateway may touch it.
"""

from collections.abc import Iterable
from typing import Final

from trafficctl_sdk.model.traffic_policy import TrafficPolicy

_HEADER: Final = "x-forwarded-for"
TOLD_BY_GATEWAY: Final = f"{_HEADER} tells the workload where the client is; leave it as it is"


def edits_of_addresses(policy: TrafficPolicy | None) -> Iterable[str]:
    """Give the paths, below the policy, of edits of requests that touch the header."""
    for index, route in enumerate(policy.routes if policy else ()):
        edit = route.request_headers
        for name in ("set", "add", "remove") if edit else ():
            if _HEADER in {header.lower() for header in getattr(edit, name)}:
                yield f"routes[{index}].request_headers.{name}"
