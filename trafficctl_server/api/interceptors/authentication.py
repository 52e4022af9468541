"""Finds out who asks: a bearer token, or the certificate of mutual TLS.

With a token file every RPC but health needs a known token, unless mutual TLS has proved the client
already; a token that is sent must be valid in any case, and then says who asks. With neither, the
listener is local and the principal is empty.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import Final

from trafficctl_server.api.interceptors.call import Context, RpcCall
from trafficctl_server.api.principals import set_principal
from trafficctl_server.intents.failures import Unauthenticated
from trafficctl_server.settings.files import Token
from trafficctl_server.telemetry.log_context import note_fields

_BEARER: Final = "bearer "
_LONGEST: Final = 256  # of a principal, as the API's creator field
_SPIFFE: Final = "spiffe://"


class Authentication:
    """Names the principal of each RPC.

    :param tokens: what the token file holds; empty: no tokens are in use.
    :param mutual_tls: every client has shown a trusted certificate.
    """

    def __init__(self, tokens: Sequence[Token], *, mutual_tls: bool) -> None:
        self._principals = [
            (_digest(token.token.get_secret_value()), token.principal) for token in tokens
        ]
        self._mutual_tls = mutual_tls

    def enter(self, call: RpcCall) -> None:
        """Name the principal for the rest of the RPC, and on its log lines.

        :raises Unauthenticated: nobody known asks.
        """
        if not call.method.health and (principal := self._identify(call)):
            set_principal(principal)
            note_fields({"principal": principal})

    def leave(self, call: RpcCall, error: BaseException | None) -> None:
        """Leave it: what was noted ends with the RPC's own task."""

    def _identify(self, call: RpcCall) -> str:
        if self._principals:
            sent = [value for key, value in call.metadata if key == "authorization"]
            if sent:
                return self._by_token(sent)
        if self._mutual_tls:
            return _by_certificate(call.context)
        if self._principals:
            raise Unauthenticated
        return ""

    def _by_token(self, sent: Sequence[str | bytes]) -> str:
        header = sent[0]
        if len(sent) > 1 or not isinstance(header, str) or not _is_bearer(header):
            raise Unauthenticated
        digest = _digest(header[len(_BEARER) :].strip())
        found = ""
        for known, principal in self._principals:  # all of them: time must not tell which
            if hmac.compare_digest(known, digest):
                found = principal
        if not found:
            raise Unauthenticated
        return found


def _is_bearer(header: str) -> bool:
    return header[: len(_BEARER)].lower() == _BEARER


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _by_certificate(context: Context) -> str:
    """Take the SPIFFE id of the client's certificate, else its common name."""
    proved = context.auth_context()
    names = [
        name.decode("utf-8", "replace")
        for key in ("x509_subject_alternative_name", "x509_common_name")
        for name in proved.get(key, ())
        if key == "x509_common_name" or name.startswith(_SPIFFE.encode())
    ]
    if not names or not names[0] or len(names[0]) > _LONGEST:
        raise Unauthenticated
    return names[0]
