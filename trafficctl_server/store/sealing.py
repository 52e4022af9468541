"""Secrets at rest: AES-256-GCM with a key from a file or from bytes.

A sealed secret reads ``v1.<key id>.<nonce and ciphertext, base64url>``. It opens only with
the same key and in the same context, so it cannot be moved to another record.
"""

import base64
import binascii
import hashlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from trafficctl_server.store.errors import KeyRefused, SealBroken

KEY_BYTES = 32
_NONCE_BYTES = 12  # NIST SP 800-38D 8.2.2: random, good for 2^32 secrets under one key
_VERSION = "v1"


class Sealer:
    """Seals and opens; its ``repr`` shows no key.

    :param key: 32 bytes.
    :raises KeyRefused: the key has another length.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise KeyRefused(
                f"the key for secrets has {len(key)} bytes, not {KEY_BYTES}: give 32 random bytes"
            )
        self._cipher = AESGCM(key)
        self.key_id = hashlib.sha256(b"trafficctl key id\0" + key).hexdigest()[:8]

    def seal(self, plaintext: bytes, context: str) -> str:
        """Answer the sealed secret.

        :param context: where it stands, such as uid and field path; needed to open it.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, plaintext, context.encode())
        return f"{_VERSION}.{self.key_id}.{base64.urlsafe_b64encode(sealed).decode()}"

    def unseal(self, sealed: str, context: str) -> bytes:
        """Answer the secret; :raises SealBroken: another key or context, or altered bytes."""
        version, _, rest = sealed.partition(".")
        key_id, _, text = rest.partition(".")
        if version != _VERSION:
            raise SealBroken("a secret is sealed in an unknown way: run the newer release again")
        if key_id != self.key_id:
            raise SealBroken(
                f"a secret was sealed with key {key_id}, this server has {self.key_id}:"
                " start it with the key file that belongs to this database"
            )
        try:
            data = _decoded(text)
            return self._cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], context.encode())
        except (InvalidTag, binascii.Error, ValueError):
            raise SealBroken(
                "a sealed secret was altered or moved: restore a backup or enter the secret again"
            ) from None


def _decoded(text: str) -> bytes:
    data = base64.urlsafe_b64decode(text)
    if base64.urlsafe_b64encode(data) != text.encode():
        raise binascii.Error  # one secret has one spelling
    return data


def read_key(path: Path, *, create: bool) -> bytes:
    """Answer the key in a file: 32 bytes as base64.

    :param create: make a fresh key, readable by the owner alone, when there is no file.
    :raises KeyRefused: no file, no key in it, or others may read it.
    """
    if create:
        _create(path)
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(1024)
    except OSError as error:
        raise KeyRefused(
            f"the key file cannot be read ({error.strerror}): make one, or name another"
        ) from None
    if mode & stat.S_IRWXO:
        raise KeyRefused(
            "everybody may read the key file: chmod 600 it (Kubernetes: defaultMode 0400)"
        )
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyRefused("the key file holds no key: it should be 32 random bytes as base64")
    return key


def _create(path: Path) -> None:
    """Make a key file unless there is one; a reader never sees half a key."""
    if path.exists():
        return
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            os.fsync(file)
        finally:
            os.close(file)
        try:
            os.link(fresh, path)  # unlike a rename, never over a key made meanwhile
        except FileExistsError:
            return
        finally:
            fresh.unlink()
        _sync(path.parent)
    except OSError as error:
        raise KeyRefused(
            f"the key file cannot be made ({error.strerror}): make its directory writable"
        ) from None


def _sync(directory: Path) -> None:
    folder = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
