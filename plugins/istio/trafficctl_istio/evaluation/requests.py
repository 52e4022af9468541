"""A call as a proxy's policies see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from trafficctl_istio.evaluation.patterns import within
from trafficctl_istio.evaluation.streams import NO_HEADERS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from trafficctl_sdk.explain import Claim


class Seen(NamedTuple):
    """What a policy may look at.

    :ivar http: the proxy understands HTTP here; without, nothing below ``sni`` is seen.
    :ivar principal: proven identity without scheme; empty: nobody proves any.
    :ivar address: IP address that the call comes from; empty: not known.
    :ivar original_address: of the client in front of all proxies; empty: not known.
    :ivar named: an address that is not known counts as one that a rule names.
    :ivar port: number of the port that the proxy listens on.
    """

    http: bool
    principal: str
    port: int
    address: str = ""
    original_address: str = ""
    named: bool = False
    sni: str = ""
    authority: str = ""
    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = NO_HEADERS
    claims: tuple[Claim, ...] = ()

    @property
    def namespace(self) -> str:
        """Give the namespace in the proven identity."""
        parts = self.principal.split("/")
        return parts[2] if len(parts) == 5 else ""  # noqa: PLR2004 - <domain>/ns/<namespace>/sa/<account>

    @property
    def account(self) -> str:
        """Give the service account in the proven identity, as ``<namespace>/<name>``."""
        parts = self.principal.split("/")
        return f"{parts[2]}/{parts[4]}" if len(parts) == 5 else ""  # noqa: PLR2004 - as above

    def comes_from(self, blocks: Collection[str], *, original: bool = False) -> bool:
        """Say whether the call comes from one of some addresses or ranges."""
        address = self.original_address if original else self.address
        return within(address, blocks) if address else self.named

    def claim(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Give the values of one claim; every valid token says who issued it."""
        if path == ("iss",):
            return tuple(sorted({it.issuer for it in self.claims}))
        return tuple(value for it in self.claims if it.path == path for value in it.values)

    @property
    def request_principals(self) -> tuple[str, ...]:
        """Give ``<issuer>/<subject>`` of each valid token."""
        issuers = sorted({it.issuer for it in self.claims})
        subjects = {it.issuer: it.values[0] for it in self.claims if it.path == ("sub",)}
        return tuple(f"{it}/{subjects.get(it, '')}" for it in issuers)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustDomain:
    """The domain of a cluster's own identities."""

    name: str

    def expanded(self, principals: Collection[str]) -> tuple[str, ...]:
        """Put the cluster's own domain where a policy points to it by ``cluster.local``."""
        pointer = "cluster.local/ns/"
        return tuple(
            f"{self.name}/ns/{it[len(pointer) :]}" if it.startswith(pointer) else it
            for it in principals
        )
