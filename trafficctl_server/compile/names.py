"""Resource names: the one place that takes them apart and puts them together."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class BundleVersion:
    """One version of a resource bundle: whose workloads and intents belong together."""

    project: str
    bundle: str
    version: str

    def __str__(self) -> str:
        return f"projects/{self.project}/resourceBundles/{self.bundle}/versions/{self.version}"

    def workload(self, workload: str) -> str:
        """Give the full name of a workload of this bundle version."""
        return f"{self}/workloads/{workload}"


@dataclass(frozen=True, slots=True, order=True)
class WorkloadId:
    """A workload over all versions of its bundle: what a reference names at most."""

    project: str
    bundle: str
    workload: str


@lru_cache(maxsize=4096)  # asked again and again about the few intents of one scope
def bundle_version_of(name: str) -> BundleVersion:
    """Give the bundle version of a group's, intent's or workload's full name."""
    segments = name.split("/")
    return BundleVersion(segments[1], segments[3], segments[5])


def project_of(name: str) -> str:
    """Give the project of any name below ``projects/``."""
    return name.split("/", 2)[1]


def last_id(name: str) -> str:
    """Give the last segment of a resource name, its id."""
    return name.rsplit("/", 1)[1]


def group_of(intent: str) -> str:
    """Give the full name of an intent's group."""
    return intent.rsplit("/", 2)[0]


def cluster_name(cluster: str) -> str:
    """Give the full name of a cluster by its id."""
    return f"clusters/{cluster}"


def realization_name(intent: str, cluster: str) -> str:
    """Give the name of one intent in one cluster; ``none`` stands for no cluster at all."""
    return f"{intent}/realizations/{cluster or NO_CLUSTER}"


NO_CLUSTER: Final = "none"
"""Reserved id: the realization that says why an intent, or a part of it, is in no cluster."""
