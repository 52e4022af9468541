import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.store.errors import KeyRefused, SealBroken
from trafficctl_server.store.sealing import Sealer, read_key

KEY = bytes(range(32))
SEALER = Sealer(KEY)


@given(plaintext=st.binary(), context=st.text(st.characters(codec="utf-8")))
def test_what_is_sealed_opens_in_its_context(plaintext: bytes, context: str) -> None:
    sealed = SEALER.seal(plaintext, context)
    assert SEALER.unseal(sealed, context) == plaintext
    assert sealed != SEALER.seal(plaintext, context)
    with pytest.raises(SealBroken, match="altered or moved"):
        SEALER.unseal(sealed, f"{context}.")


@given(data=st.data())
def test_any_altered_character_is_noticed(data: st.DataObject) -> None:
    sealed = SEALER.seal(b"secret", "c")
    at = data.draw(st.integers(0, len(sealed) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda c: c != sealed[at]))
    with pytest.raises(SealBroken):
        SEALER.unseal(sealed[:at] + other + sealed[at + 1 :], "c")


def test_a_sealed_secret_has_one_spelling() -> None:
    sealed = SEALER.seal(b"1234", "c")
    assert sealed.endswith("=")
    at = sealed.index("=") - 1  # the bits of this character that base64 leaves unused
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/"
    for other in set(alphabet) - {sealed[at]}:
        with pytest.raises(SealBroken):
            SEALER.unseal(sealed[:at] + other + sealed[at + 1 :], "c")


@given(text=st.text())
def test_what_was_never_sealed_is_refused(text: str) -> None:
    with pytest.raises(SealBroken):
        SEALER.unseal(text, "c")
    with pytest.raises(SealBroken):
        SEALER.unseal(f"v1.{SEALER.key_id}.{text}", "c")


def test_another_key_is_named_and_nothing_of_either_is_shown() -> None:
    other = Sealer(bytes(32))
    with pytest.raises(SealBroken) as refused:
        other.unseal(SEALER.seal(b"secret", "c"), "c")
    text = str(refused.value)
    assert SEALER.key_id in text
    assert other.key_id in text
    assert KEY.hex() not in repr(SEALER) + text
    assert "key file" in text


def test_a_key_file_is_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key"
    before = os.umask(0)
    try:
        key = read_key(path, create=True)
    finally:
        os.umask(before)
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key(path, create=True) == read_key(path, create=False) == key
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]


def test_servers_that_start_at_once_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: read_key(tmp_path / "key", create=True), range(32)))
    assert len(keys) == 1


def test_a_missing_key_file_is_not_made_unasked(tmp_path: Path) -> None:
    with pytest.raises(KeyRefused, match="cannot be read"):
        read_key(tmp_path / "key", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"short", b"AAAA", b"\xff" * 32, b"A" * 4096])
def test_a_file_without_a_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KeyRefused, match="holds no key"):
        read_key(path, create=False)


def test_a_key_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    read_key(path, create=True)
    path.chmod(0o604)
    with pytest.raises(KeyRefused, match="chmod 600"):
        read_key(path, create=False)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(KeyRefused, match=f"{length} bytes, not 32"):
        Sealer(bytes(length))
