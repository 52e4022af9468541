"""The two ends of a call, as a packet filter knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from trafficctl_networkpolicy.evaluation.selectors import Labels

_NAME_LABEL: Final = "kubernetes.io/metadata.name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pods:
    """Pods that are alike.

    :ivar labels: none: not known.
    """

    cluster: str
    namespace: str
    labels: Mapping[str, str] | None
    name: str

    @property
    def own_labels(self) -> Labels:
        """The pods' labels; those that an inventory does not list are taken as absent."""
        return Labels(
            known=self.labels or {},
            complete=self.labels is not None,
            owner=self.name,
            kind="pod_labels",
            cluster=self.cluster,
        )

    @property
    def namespace_labels(self) -> Labels:
        """The namespace's labels, of which Kubernetes sees to one."""
        return Labels(
            known={_NAME_LABEL: self.namespace},
            complete=False,
            owner=f"namespace {self.namespace}",
            kind="namespace_labels",
            cluster=self.cluster,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Somebody that is no pod of the cluster.

    :ivar address: empty: not known.
    """

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A port of the pods that are called, or of a host outside.

    :ivar number: 0: not known; ``name``: empty: not known.
    """

    transport: str
    number: int
    name: str = ""
