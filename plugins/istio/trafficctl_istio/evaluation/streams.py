"""What travels: the bytes of an application, and the TLS sessions that proxies put around them."""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from trafficctl_sdk.explain import HopTls

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_sdk.explain import Claim


class Speech(Enum):
    """What a byte stream is."""

    HTTP = "HTTP"
    TLS = "TLS"
    TCP = "TCP"


NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


class Content(NamedTuple):
    """What requests to one host differ in.

    :ivar path: as every proxy writes it.
    """

    method: str = ""
    path: str = ""
    headers: Mapping[str, str] = NO_HEADERS
    claims: tuple[Claim, ...] = ()


class Letter:
    """A request's content on its way: stations that leave it closed do the same with any other.

    :ivar opened: somebody looked into it since this was set to false.
    """

    __slots__ = ("_content", "opened")

    def __init__(self, content: Content) -> None:
        self._content = content
        self.opened = False

    def open(self) -> Content:
        """Look into it."""
        self.opened = True
        return self._content


NO_LETTER: Final = Letter(Content())
"""That of bytes without requests."""


class Payload(NamedTuple):
    """What the application sends; inside TLS of its own all but ``sni`` is hidden.

    :ivar authority: host header, with the port where it is not the scheme's own.
    :ivar sni: of the application's own TLS.
    :ivar grpc: calls are gRPC, whose method is always POST.
    """

    speech: Speech
    authority: str = ""
    sni: str = ""
    grpc: bool = False
    letter: Letter = NO_LETTER

    @property
    def host(self) -> str:
        """Give the host header without its port."""
        return self.authority.partition(":")[0].lower()

    @property
    def method(self) -> str:
        """Give the method of the request; opens the letter, as the next ones do."""
        return self.letter.open().method or ("POST" if self.grpc else "")

    @property
    def path(self) -> str:
        """Give its path."""
        return self.letter.open().path

    @property
    def headers(self) -> Mapping[str, str]:
        """Give its headers, by their lower-case names."""
        return self.letter.open().headers

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Give the claims of the tokens that it carries."""
        return self.letter.open().claims

    def saying(
        self,
        *,
        path: str | None = None,
        headers: Mapping[str, str] | None = None,
        claims: tuple[Claim, ...] | None = None,
    ) -> Payload:
        """Write another letter, with what is given in place of what was said."""
        content = self.letter.open()
        changed = Content(
            method=content.method,
            path=content.path if path is None else path,
            headers=content.headers if headers is None else headers,
            claims=content.claims if claims is None else claims,
        )
        return self._replace(letter=Letter(changed))


class Session(NamedTuple):
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


class Stream(NamedTuple):
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
        return self._replace(sessions=(session, *self.sessions))

    def carrying(self, letter: Letter) -> Stream:
        """Put another letter in the place of the one that it carries, if it does."""
        payload = self.payload
        if payload.letter in {letter, NO_LETTER}:
            return self
        carried = Payload(
            speech=payload.speech,
            authority=payload.authority,
            sni=payload.sni,
            grpc=payload.grpc,
            letter=letter,
        )
        return Stream(payload=carried, sessions=self.sessions)

    def unwrapped(self) -> Stream:
        """Take the outermost session off; without any, the application's own TLS."""
        if self.sessions:
            return self._replace(sessions=self.sessions[1:])
        return self._replace(payload=self.payload._replace(speech=Speech.HTTP, sni=""))


def spoken(stream: Stream) -> HopTls:
    """Say how a station is spoken to."""
    if not stream.sessions:
        return HopTls.PASSED_THROUGH if stream.encrypted else HopTls.PLAINTEXT
    outer = stream.sessions[0]
    return HopTls.MUTUAL if outer.of_mesh or outer.certificate_name else HopTls.SIMPLE
