"""A folder for trees, targets in it, and objects to put there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from trafficctl_server.clusters.directory import DirectoryTarget
from trafficctl_server.clusters.files import DiskFiles
from trafficctl_server.clusters.ownership import stamp
from trafficctl_server.clusters.target import (
    Action,
    Drift,
    ObjectKey,
    ObjectWrite,
    object_digest,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "targets"
    folder.mkdir()
    return folder


@pytest.fixture
def make_target(root: Path) -> Callable[..., DirectoryTarget]:
    def make(
        *, cluster: str = "east", instance: str = "server-1", files: DiskFiles | None = None
    ) -> DirectoryTarget:
        return DirectoryTarget(root=root, cluster_id=cluster, instance=instance, files=files)

    return make


@dataclass
class Sample:
    """Writes as delivery would ask for them."""

    instance: str = "server-1"
    origins: list[str] = field(default_factory=lambda: ["projects/p/intents/a"])

    def body(self, name: str, namespace: str = "shop", value: int = 1) -> dict[str, object]:
        metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
        kind = "AuthorizationPolicy" if namespace else "Namespace"
        version = "security.istio.io/v1" if namespace else "v1"
        plain = {
            "apiVersion": version,
            "kind": kind,
            "metadata": metadata,
            "spec": {"value": value},
        }
        return dict(stamp(plain, instance=self.instance, scope="s", origins=self.origins))

    def write(
        self,
        name: str,
        namespace: str = "shop",
        value: int = 1,
        *,
        written: int | None = None,
        drift: Drift = Drift.REPAIR,
    ) -> ObjectWrite:
        """Want ``value``; ``written`` is the value that the ledger knows as written."""
        body = self.body(name, namespace, value)
        known = "" if written is None else object_digest(self.body(name, namespace, written))
        return ObjectWrite(
            key=ObjectKey.of(body),
            action=Action.WRITE,
            body=body,
            digest=object_digest(body),
            expected_digest=known,
            drift=drift,
        )

    def delete(self, name: str, namespace: str = "shop", value: int = 1) -> ObjectWrite:
        body = self.body(name, namespace, value)
        return ObjectWrite(
            key=ObjectKey.of(body), action=Action.DELETE, expected_digest=object_digest(body)
        )


@pytest.fixture
def sample() -> Sample:
    return Sample()


Picture = Callable[[], dict[str, bytes | None]]


@pytest.fixture
def picture(root: Path) -> Picture:
    """Give every entry below the root: files with their bytes, folders and links with None."""

    def take() -> dict[str, bytes | None]:
        return {
            str(entry.relative_to(root)): (
                entry.read_bytes() if entry.is_file() and not entry.is_symlink() else None
            )
            for entry in sorted(root.rglob("*"))
        }

    return take
