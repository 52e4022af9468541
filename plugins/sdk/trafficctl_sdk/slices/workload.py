"""The policies of one workload."""

from collections.abc import Mapping
from dataclasses import dataclass

from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.tls import MutualTls


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who may do what on one port of a workload.

    :ivar port: number of the workload's port, not of the Service.
    :ivar principals: SPIFFE ids without the scheme, of which the last segment may be ``*`` (every
        account of a namespace); ``*`` alone: whoever has an identity; empty: anyone, also
        without one.
    """

    port: int
    protocol: Protocol.Value
    access: tuple[AccessRule, ...]
    principals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PortMutualTls:
    """The mutual TLS mode of one port of a workload."""

    port: int
    mode: MutualTls.Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class SparedCaller:
    """A caller that stays open under deny-all, such as a scraper of metrics.

    :ivar principal: empty: anybody, in plaintext too.
    :ivar ports: workload ports.
    :ivar paths: exact paths; empty: all.
    """

    principal: str
    ports: tuple[int, ...]
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadSlice:
    """The policies of one workload that serves in this cluster.

    :ivar governed: our word is the law in the namespace; elsewhere the ports that no intent speaks
        of stay as they are.
    """

    namespace: str
    service: str
    pod_labels: Mapping[str, str]
    grants: tuple[Grant, ...]
    mutual_tls: tuple[PortMutualTls, ...]
    spared: tuple[SparedCaller, ...] = ()
    governed: bool = True
