"""Which fields of intents the paper mesh takes down.

Every leaf that is missing here is refused by the server, with its path, before this driver is
asked anything.
"""

from trafficctl_sdk import HOOK_API, Capability, DriverInfo, ScopeKind

_FIELDS = (
    "ports.port",
    "ports.protocol.HTTP",
    "ports.protocol.TCP",
    "callers.access.action.ALLOW",
    "callers.access.all_requests",
    "callers.access.http.methods",
    "callers.access.http.paths.exact",
)

INFO = DriverInfo(
    name="example",
    hook_api=HOOK_API,
    scope_kinds=(ScopeKind.WORKLOAD,),
    capabilities=tuple(
        Capability(path=f"{kind}.{field}", since="0.1.0")
        for kind in ("intercluster", "intracluster")
        for field in _FIELDS
    ),
)
