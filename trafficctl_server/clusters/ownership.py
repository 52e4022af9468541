"""The marks that say which objects are ours, and reading them back."""

import hashlib
from collections.abc import Iterable, Mapping

MANAGED_BY_LABEL = "app.kubernetes.io/managed-by"
MANAGED_BY = "trafficctl"
OWNER_ANNOTATION = "trafficctl.dev/owner"
SCOPE_ANNOTATION = "trafficctl.dev/scope"
ORIGINS_ANNOTATION = "trafficctl.dev/origins"

_OUR_PREFIX = "trafficctl.dev/"
_ORIGINS_LIMIT = 16 * 1024  # bytes; Kubernetes allows 256 KiB for all annotations of an object
_HELM_RELEASE = "meta.helm.sh/release-name"


def stamp(
    body: Mapping[str, object], *, instance: str, scope: str, origins: Iterable[str]
) -> Mapping[str, object]:
    """Give the object with our marks; the order of ``origins`` does not count.

    ValueError if the body already carries marks of ours or of another manager, or has no
    metadata of the right shape.

    :param instance: uid of this server's installation.
    :param origins: names of the intents that want the object.
    """
    metadata = _mapping(body, "metadata")
    labels = _mapping(metadata, "labels")
    annotations = _mapping(metadata, "annotations")
    taken = [key for key in (*labels, *annotations) if key.startswith(_OUR_PREFIX)]
    if MANAGED_BY_LABEL in labels:
        taken.append(MANAGED_BY_LABEL)
    if taken:
        raise ValueError(f"only the server sets {taken[0]}, leave it out of the manifest")
    marks = {
        OWNER_ANNOTATION: instance,
        SCOPE_ANNOTATION: scope,
        ORIGINS_ANNOTATION: origins_text(origins),
    }
    return {
        **body,
        "metadata": {
            **metadata,
            "labels": {**labels, MANAGED_BY_LABEL: MANAGED_BY},
            "annotations": {**annotations, **marks},
        },
    }


def origins_text(origins: Iterable[str]) -> str:
    """Give the names sorted and comma-separated, in at most 16 KiB of UTF-8.

    What does not fit is replaced by ``+<count> sha256:<digest of all names>``, so that two
    different sets never read the same.
    """
    names = sorted(set(origins))
    whole = ",".join(names)
    if len(whole.encode()) <= _ORIGINS_LIMIT:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()
    room = _ORIGINS_LIMIT - len(f"+{len(names)} sha256:{digest}")
    kept: list[str] = []
    for name in names:
        room -= len(name.encode()) + 1
        if room < 0:
            break
        kept.append(name)
    return ",".join([*kept, f"+{len(names) - len(kept)} sha256:{digest}"])


def is_ours(body: Mapping[str, object], instance: str) -> bool:
    """Tell whether the object carries both our label and this installation's annotation.

    Taking either mark away is how a person takes an object out of our hands.
    """
    return (
        _mark(body, "labels", MANAGED_BY_LABEL) == MANAGED_BY
        and _mark(body, "annotations", OWNER_ANNOTATION) == instance
    )


def owner_of(body: Mapping[str, object]) -> str:
    """Give what the object says of its owner, ``""`` if it says nothing."""
    manager = _mark(body, "labels", MANAGED_BY_LABEL)
    detail = _mark(
        body, "annotations", OWNER_ANNOTATION if manager == MANAGED_BY else _HELM_RELEASE
    )
    return " ".join(part for part in (manager, detail) if part)


def _mapping(fields: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = fields.get(name, {})
    if not isinstance(value, Mapping):
        raise ValueError(f"{name} is not a mapping")  # noqa: TRY004 - wrong content, not a wrong call
    return value


def _mark(body: Mapping[str, object], where: str, key: str) -> str:
    metadata = body.get("metadata")
    marks = metadata.get(where) if isinstance(metadata, Mapping) else None
    value = marks.get(key) if isinstance(marks, Mapping) else None
    return value if isinstance(value, str) else ""
