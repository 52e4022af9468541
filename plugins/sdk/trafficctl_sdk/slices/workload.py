"""The policies of one workload."""

from collections.abc import Mapping
from dataclasses import dataclass

from trafficctl_sdk.model.access import AccessRule, JwtProvider
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.tls import MutualTls
from trafficctl_sdk.slices.calling import CallingWorkload


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Who may do what on one port of a workload; what is said of the caller holds all together.

    :ivar port: number of the workload's port, not of the Service; 0: only ``port_name`` is known.
    :ivar port_name: name of the workload's port, where its number is not known; only in a cluster
        without a mesh.
    :ivar principals: SPIFFE ids without the scheme, of which the last segment may be ``*`` (every
        account of a namespace); ``*`` alone: whoever has an identity; empty: anyone, also
        without one.
    :ivar source_ranges: CIDRs, of one of which the client outside the mesh must be, as the
        gateway among the principals saw it; empty: of any.
    :ivar jwt_provider: id of the provider that must have issued the request's token; empty: no
        token is asked for.
    :ivar callers: pods of this cluster that are meant by the principals, in a stable order; only in
        a cluster without a mesh, where nothing proves a principal. Empty: anyone.
    """

    port: int
    protocol: Protocol.Value
    access: tuple[AccessRule, ...]
    principals: tuple[str, ...] = ()
    source_ranges: tuple[str, ...] = ()
    jwt_provider: str = ""
    port_name: str = ""
    callers: tuple[CallingWorkload, ...] = ()


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
    :ivar namespace: of the principal; empty: anybody's.
    """

    principal: str
    ports: tuple[int, ...]
    paths: tuple[str, ...] = ()
    namespace: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadSlice:
    """The policies of one workload that serves in this cluster.

    :ivar governed: our word is the law in the namespace; elsewhere the ports that no intent speaks
        of stay as they are.
    :ivar entrances: SPIFFE ids, without the scheme, of the gateways by which the outside comes in;
        who comes by them proves no identity. Empty where no grant asks for just any identity.
    :ivar mutual_tls: by port; empty in a cluster without a mesh.
    :ivar jwt_providers: those that rules and grants name by id, and those that intents state
        without demanding a token; ids are unique, and one issuer is described in one way.
    """

    namespace: str
    service: str
    pod_labels: Mapping[str, str]
    grants: tuple[Grant, ...]
    mutual_tls: tuple[PortMutualTls, ...]
    spared: tuple[SparedCaller, ...] = ()
    governed: bool = True
    jwt_providers: tuple[JwtProvider, ...] = ()
    entrances: tuple[str, ...] = ()
