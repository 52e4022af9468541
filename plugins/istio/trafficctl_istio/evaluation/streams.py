"""What travels: the bytes of an application, and the TLS sessions that proxies put around them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from trafficctl_sdk.explain import HopTls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_sdk.explain import Claim


class Speech(Enum):
    """What a byte stream is."""

    HTTP = "HTTP"
    TLS = "TLS"
    TCP = "TCP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What the application sends; inside TLS of its own all but ``sni`` is hidden.

    :ivar authority: host header, with the port where it is not the scheme's own.
    :ivar sni: of the application's own TLS.
    """

    speech: Speech
    authority: str = ""
    sni: str = ""
    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()

    @property
    def host(self) -> str:
        """Give the host header without its port."""
        return self.authority.partition(":")[0].lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A TLS session around the bytes.

    :ivar principal: whom the client's certificate names, without scheme; empty: it showed none.
    :ivar server_names: identities of which the server must have one; empty: any will do.
    :ivar of_mesh: both ends have the mesh's certificates.
    :ivar certificate_name: in a client certificate that is none of the mesh's.
    """

    sni: str
    principal: str = ""
    server_names: tuple[str, ...] = ()
    of_mesh: bool = False
    certificate_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Bytes on a wire.

    :ivar sessions: around the payload, the outermost first.
    """

    payload: Payload
    sessions: tuple[Session, ...] = ()

    @property
    def encrypted(self) -> bool:
        """Say whether the first bytes are a TLS handshake."""
        return bool(self.sessions) or self.payload.speech is Speech.TLS

    @property
    def sni(self) -> str:
        """Give the server name that a proxy on the way can read."""
        return self.sessions[0].sni if self.sessions else self.payload.sni

    @property
    def mesh_session(self) -> Session | None:
        """Give the outermost session if it is one of the mesh."""
        return self.sessions[0] if self.sessions and self.sessions[0].of_mesh else None

    @property
    def speech(self) -> Speech:
        """Say what the first bytes are."""
        return Speech.TLS if self.sessions else self.payload.speech

    def wrapped(self, session: Session) -> Stream:
        """Put one more session around."""
        return replace(self, sessions=(session, *self.sessions))

    def unwrapped(self) -> Stream:
        """Take the outermost session off; without any, the application's own TLS."""
        if self.sessions:
            return replace(self, sessions=self.sessions[1:])
        return replace(self, payload=replace(self.payload, speech=Speech.HTTP, sni=""))


def spoken(stream: Stream) -> HopTls:
    """Say how a station is spoken to."""
    if not stream.sessions:
        return HopTls.PASSED_THROUGH if stream.encrypted else HopTls.PLAINTEXT
    outer = stream.sessions[0]
    return HopTls.MUTUAL if outer.of_mesh or outer.certificate_name else HopTls.SIMPLE
