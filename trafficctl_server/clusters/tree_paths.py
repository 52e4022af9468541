"""Where an object lies in a directory target, by a rule that looks at nothing else.

``<namespace>/<kind>.<name>.yaml``, cluster-scoped objects under ``_cluster``. Groups outside the
list below add theirs, ``<kind>.<name>_<group>.yaml``: no two listed groups share a kind, and no
name or group holds an underscore, so two objects never meet in one file. That this depends on no
other object keeps a file's name the same whatever comes and goes.
"""

import re
from dataclasses import dataclass

from trafficctl_server.clusters.target import ObjectKey

CLUSTER_SCOPED = "_cluster"

_UNMARKED_GROUPS = frozenset(
    {
        "",
        "apps",
        "autoscaling",
        "batch",
        "extensions.istio.io",
        "networking.istio.io",
        "policy",
        "rbac.authorization.k8s.io",
        "security.istio.io",
        "telemetry.istio.io",
    }
)
_LABEL = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
_NAMESPACE = re.compile(_LABEL)
_SUBDOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_KIND = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ANYTHING = re.compile(r".*")
_LONGEST_LABEL = 63
_LONGEST_NAME = 253
_LONGEST_FILE = 255  # bytes, on every common file system


class PathRefused(ValueError):  # noqa: N818 - an answer about the key
    """The object can't have a file.

    :ivar reason: ``NAME_TOO_LONG`` or ``REJECTED_BY_SERVER``.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class TreePath:
    """A file below the cluster's folder; both parts are proven single path components."""

    folder: str
    file: str

    def __str__(self) -> str:
        return f"{self.folder}/{self.file}"


def path_of(key: ObjectKey) -> TreePath:
    """Give the object's file; PathRefused where a part is no DNS-1123 name or too long."""
    _check("namespace", key.namespace or "default", _NAMESPACE, _LONGEST_LABEL)
    _check("name", key.name, _SUBDOMAIN, _LONGEST_NAME)
    _check("kind", key.kind, _KIND, _LONGEST_LABEL)
    _check("API group", key.group or "core", _SUBDOMAIN, _LONGEST_NAME)
    group = "" if key.group in _UNMARKED_GROUPS else f"_{key.group}"
    file = f"{key.kind.lower()}.{key.name}{group}.yaml"
    _check("file name", file, _ANYTHING, _LONGEST_FILE)
    return TreePath(key.namespace or CLUSTER_SCOPED, file)


def _check(part: str, text: str, form: re.Pattern[str], longest: int) -> None:
    if len(text) > longest:
        raise PathRefused("NAME_TOO_LONG", f"the {part} is longer than {longest}, shorten it")
    if not form.fullmatch(text):
        raise PathRefused("REJECTED_BY_SERVER", f"the {part} is no DNS-1123 name, rename it")


def is_object_folder(name: str) -> bool:
    """Tell whether objects could lie in a folder of this name."""
    return name == CLUSTER_SCOPED or _NAMESPACE.fullmatch(name) is not None


def check_cluster_id(cluster_id: str) -> str:
    """Give the id back if it is fit for a folder's name; ValueError otherwise."""
    if len(cluster_id) > _LONGEST_NAME or not _SUBDOMAIN.fullmatch(cluster_id):
        raise ValueError("a cluster id must be a DNS-1123 name, rename the cluster")
    return cluster_id
