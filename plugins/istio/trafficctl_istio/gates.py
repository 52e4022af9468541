"""What newer versions of Istio brought, and the refusal where the cluster's is older.

A cluster that states no version is taken for the oldest one that the driver supports, so that
nothing is rendered that its proxies may not understand.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from trafficctl_sdk.errors import Refused, Violation

Version: TypeAlias = tuple[int, int]

RULE: Final = "MESH_VERSION_TOO_OLD"
OLDEST_VERSION: Final[Version] = (1, 22)
"""The first Istio that serves the API groups in version v1, and path templates."""
_KEPT: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Something that only newer versions have.

    :ivar since: the first version that has it.
    :ivar what: as the refusal names it.
    """

    since: Version
    what: str


WARMUP: Final = Gate(since=(1, 24), what="how fast a new endpoint gets its share (warmup)")
RETRY_BACKOFF: Final = Gate(since=(1, 26), what="a pause between retries (retries.backoff)")
FAILOVER_PRIORITY_BY_NAME: Final = Gate(
    since=(1, 30), what="a failover priority among endpoints that are names, not addresses"
)
WILDCARD_HOST: Final = Gate(
    since=(1, 30), what="a wildcard host outside, resolved name by name (DYNAMIC_DNS)"
)


@lru_cache(_KEPT)
def version_of(text: str) -> Version:
    """Read a version such as ``1.27.3``; the oldest supported one where none can be read."""
    match = re.match(r"v?(\d+)\.(\d+)", text)
    return (int(match[1]), int(match[2])) if match else OLDEST_VERSION


def check_version(version: str) -> None:
    """Refuse a mesh that is too old for anything that is rendered.

    :raises Refused: it is older than :data:`OLDEST_VERSION`.
    """
    if version_of(version) < OLDEST_VERSION:
        raise _refusal(
            "service_mesh",
            f"the cluster's Istio is {version}; upgrade it to {_said(OLDEST_VERSION)} or newer",
        )


def check_gate(gate: Gate, version: str, field: str) -> None:
    """Refuse what the cluster's Istio does not have yet.

    :param version: of the cluster's mesh as its record states it; may be empty.
    :param field: of the intent that asks for it.
    :raises Refused: the version is older than the gate's, or not stated.
    """
    if version_of(version) >= gate.since:
        return
    known = f"the cluster's Istio is {version}" if version else "its record states no mesh.version"
    raise _refusal(
        field,
        f"{gate.what} needs Istio {_said(gate.since)}, and {known}: upgrade it and state its"
        " version, or leave the field out",
    )


def _said(version: Version) -> str:
    return ".".join(map(str, version))


def _refusal(field: str, description: str) -> Refused:
    return Refused(Violation(field=field, rule=RULE, description=description))
