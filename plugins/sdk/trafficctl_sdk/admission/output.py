"""Whether a rendering may go on into the ledger and onto a disk or an API server."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeAlias

from trafficctl_sdk.manifests import Manifest, Notice, Record, Rendering

LARGEST_MANIFEST: Final = 1024 * 1024
"""Bytes as JSON; etcd, where Kubernetes keeps objects, refuses requests above 1.5 MiB."""
_MOST_MANIFESTS: Final = 2000
_HIGHEST_WAVE: Final = 1000
_HIGHEST_TTL: Final = 2**31 - 1  # RFC 2181 §8
_LONGEST_NAME: Final = 253
_LONGEST_LABEL: Final = 63
_RESERVED_PREFIX: Final = "trafficctl.dev/"

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_API_VERSION = re.compile(r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?v[0-9]+((alpha|beta)[0-9]+)?")
_KIND = re.compile(r"[A-Z][A-Za-z0-9]{0,62}")
_DNS_NAME = re.compile(r"(\*\.)?[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?\.?")
_RECORD_TYPE = re.compile(r"[A-Z][A-Z0-9]{0,15}")
_REASON = re.compile(r"[A-Z][A-Z0-9_]{0,62}")


_JSON: Final = json.JSONEncoder(allow_nan=False, ensure_ascii=False)

SizeOf: TypeAlias = Callable[[Mapping[str, object]], int]
"""Bytes of a body as JSON; TypeError, ValueError or RecursionError where it is none."""


class InvalidOutputError(Exception):
    """The driver's answer cannot be used; the text names what is wrong."""


def json_size(body: Mapping[str, object]) -> int:
    """Give the bytes of a body as JSON; see :data:`SizeOf`."""
    return len(_JSON.encode(body).encode())


def check_rendering(
    rendering: Rendering, origins: Collection[str], size_of: SizeOf = json_size
) -> None:
    """Check everything that a driver wrote for one slice.

    :param origins: names of the slice's intents; manifests and notices may name no others.
    :param size_of: how bodies are measured, where that is done faster than here.
    :raises InvalidOutputError: at the first thing that is wrong.
    """
    if len(rendering.manifests) > _MOST_MANIFESTS:
        raise InvalidOutputError(
            f"{len(rendering.manifests)} manifests for one slice, at most {_MOST_MANIFESTS}"
        )
    seen: set[tuple[str, str, str, str]] = set()
    for index, manifest in enumerate(rendering.manifests):
        where = f"manifests[{index}]"
        key = _checked_key(manifest, where)
        _check_size(manifest.body, where, size_of)
        if key in seen:
            raise InvalidOutputError(f"{where}: {'/'.join(filter(None, key))} is there twice")
        seen.add(key)
        _check_origins(manifest.origins or (), origins, where)
    for index, record in enumerate(rendering.records):
        _check_record(record, f"records[{index}]")
    for index, notice in enumerate(rendering.notices):
        _check_notice(notice, origins, f"notices[{index}]")


def _checked_key(manifest: Manifest, where: str) -> tuple[str, str, str, str]:
    body = manifest.body
    api_version = _text(body, "apiVersion", _API_VERSION, where)
    kind = _text(body, "kind", _KIND, where)
    metadata = body.get("metadata")
    if not isinstance(metadata, Mapping):
        raise InvalidOutputError(f"{where}: metadata is missing")
    name = _text(metadata, "name", _SUBDOMAIN, f"{where}.metadata", longest=_LONGEST_NAME)
    namespace = ""
    if "namespace" in metadata:
        namespace = _text(
            metadata, "namespace", _LABEL, f"{where}.metadata", longest=_LONGEST_LABEL
        )
    _check_metadata_maps(metadata, where)
    if not 0 <= manifest.wave <= _HIGHEST_WAVE:
        raise InvalidOutputError(f"{where}: wave {manifest.wave} is not from 0 to {_HIGHEST_WAVE}")
    return api_version.rpartition("/")[0], kind, namespace, name


def _check_metadata_maps(metadata: Mapping[str, object], where: str) -> None:
    for field in ("labels", "annotations"):
        pairs = metadata.get(field, {})
        if not isinstance(pairs, Mapping) or not all(
            isinstance(value, str) for value in pairs.values()
        ):
            raise InvalidOutputError(f"{where}.metadata.{field} must map text to text")
        for key in pairs:
            if key.startswith(_RESERVED_PREFIX):
                raise InvalidOutputError(
                    f"{where}.metadata.{field}: {key!r} is the host's, which writes it itself"
                )


def _check_size(body: Mapping[str, object], where: str, size_of: SizeOf) -> None:
    try:
        size = size_of(body)
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidOutputError(f"{where}: body is not JSON: {error}") from error
    if size > LARGEST_MANIFEST:
        raise InvalidOutputError(f"{where}: {size} bytes, at most {LARGEST_MANIFEST}")


def _text(
    holder: Mapping[str, object],
    field: str,
    form: re.Pattern[str],
    where: str,
    longest: int = _LONGEST_NAME,
) -> str:
    value = holder.get(field)
    if not isinstance(value, str) or not form.fullmatch(value) or len(value) > longest:
        shown = "is missing" if value is None else f"{str(value)[:_LONGEST_LABEL]!r} is not valid"
        raise InvalidOutputError(f"{where}.{field} {shown}")
    return value


def _check_origins(named: Collection[str], origins: Collection[str], where: str) -> None:
    for name in named:
        if name not in origins:
            raise InvalidOutputError(f"{where}: {name[:_LONGEST_NAME]!r} is no intent of the slice")


def _check_record(record: Record, where: str) -> None:
    for field, value in (("zone", record.zone), ("name", record.name)):
        if not _DNS_NAME.fullmatch(value) or ".." in value or len(value) > _LONGEST_NAME + 1:
            raise InvalidOutputError(f"{where}.{field} {value[:_LONGEST_LABEL]!r} is not valid")
    if not _RECORD_TYPE.fullmatch(record.type):
        raise InvalidOutputError(f"{where}.type {record.type[:_LONGEST_LABEL]!r} is not valid")
    if not record.targets or not all(_plain(target) for target in record.targets):
        raise InvalidOutputError(f"{where}.targets must name at least one, in printable text")
    if not 0 <= record.ttl <= _HIGHEST_TTL:
        raise InvalidOutputError(f"{where}.ttl {record.ttl} is not from 0 to {_HIGHEST_TTL}")


def _plain(text: str) -> bool:
    return bool(text) and text.isprintable()


def _check_notice(notice: Notice, origins: Collection[str], where: str) -> None:
    _check_origins((notice.intent,), origins, where)
    if not _REASON.fullmatch(notice.reason):
        raise InvalidOutputError(f"{where}.reason {notice.reason[:_LONGEST_LABEL]!r} is not valid")
