"""Checks the files that settings name, and reads the token file."""

import base64
import binascii
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from trafficctl_server.settings.groups import TlsSettings
from trafficctl_server.settings.settings import Settings

_SHORTEST_TOKEN: Final = 16  # characters; 96 random bits in base64
_KEY_BYTES: Final = 32
_TOKEN: Final = re.compile(r"[!-9;-~]+")  # visible ASCII without the colon
_PRINCIPAL: Final = re.compile(r"[!-~]{1,256}")  # as long as the API's creator field


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One bearer token and the principal that it proves."""

    principal: str
    token: SecretStr


def read_tokens(file: Path) -> tuple[Token, ...]:
    """Read the lines ``principal:token``; the last colon of a line separates.

    :raises OSError: the file cannot be read.
    :raises ValueError: with the number of each wrong line, never its content.
    """
    tokens: list[Token] = []
    wrong: list[str] = []
    seen: set[str] = set()
    for number, written in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        principal, _, token = line.rpartition(":")
        if not _PRINCIPAL.fullmatch(principal) or not _TOKEN.fullmatch(token):
            wrong.append(f"line {number} is not principal:token")
        elif len(token) < _SHORTEST_TOKEN:
            wrong.append(f"line {number} has a token of less than {_SHORTEST_TOKEN} characters")
        elif token in seen:
            wrong.append(f"line {number} repeats a token of an earlier line")
        else:
            seen.add(token)
            tokens.append(Token(principal=principal, token=SecretStr(token)))
    if not tokens and not wrong:
        wrong.append("it holds no token, so nobody could enter")
    if wrong:
        raise ValueError("; ".join(wrong))
    return tuple(tokens)


def store_key(settings: Settings) -> bytes | None:
    """Decode the store's key from the environment; None: it is in the key file.

    :raises ValueError: it is not 32 bytes in base64.
    """
    if settings.store.key is None:
        return None
    try:
        key = base64.b64decode(settings.store.key.get_secret_value(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != _KEY_BYTES:
        raise ValueError(f"must be {_KEY_BYTES} bytes in base64, such as openssl rand -base64 32")
    return key


def file_mistakes(settings: Settings) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the path of each setting whose file or key cannot be used, and why."""
    if settings.server.tls:
        yield from _tls_mistakes(settings.server.tls)
    if settings.server.token_file:
        try:
            read_tokens(settings.server.token_file)
        except OSError as error:
            yield ("server", "token_file"), _unreadable(error)
        except ValueError as error:
            text = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
            yield ("server", "token_file"), text
    try:
        store_key(settings)
    except ValueError as error:
        yield ("store", "key"), str(error)


def _tls_mistakes(tls: TlsSettings) -> Iterator[tuple[tuple[str, ...], str]]:
    unread = set()
    for name, file in (("cert", tls.cert), ("key", tls.key), ("client_ca", tls.client_ca)):
        try:
            _ = file and file.read_bytes()
        except OSError as error:
            unread.add(name)
            yield ("server", "tls", name), _unreadable(error)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if not unread & {"cert", "key"}:
        try:
            context.load_cert_chain(tls.cert, tls.key, password="")
        except (ssl.SSLError, ValueError):
            yield (
                ("server", "tls", "cert"),
                "cert and key are not a PEM certificate chain and its key without a password",
            )
    if tls.client_ca and "client_ca" not in unread:
        try:
            context.load_verify_locations(cafile=tls.client_ca)
        except ssl.SSLError:
            yield ("server", "tls", "client_ca"), "holds no PEM certificate"


def _unreadable(error: OSError) -> str:
    return f"cannot read {error.filename}: {(error.strerror or 'unknown error').lower()}"
