"""What a driver renders: one scope as one cluster must see it.

A slice carries everything that its rendering may depend on, facts included, so equal slices
give equal bytes and the digest of a slice is the key of its rendering.
"""

from trafficctl_sdk.slices.calling import CallingWorkload, EgressGateway, SlicePort
from trafficctl_sdk.slices.cluster_facts import GatewayFacts, GatewayPort, MeshFacts
from trafficctl_sdk.slices.destination import (
    Calling,
    DestinationSlice,
    Endpoint,
    Local,
    PodHost,
    PodSubset,
    PortTreatment,
    Serving,
)
from trafficctl_sdk.slices.exposed_host import ExposedHostSlice, ExposedRoute, Listener
from trafficctl_sdk.slices.external import (
    ExternalGrant,
    ExternalPortTreatment,
    ExternalSlice,
    Resolution,
)
from trafficctl_sdk.slices.gateway import (
    GatewayDestination,
    GatewayExternal,
    GatewaySlice,
    PassedSubset,
)
from trafficctl_sdk.slices.namespace import CallableHost, DeclaredCall, NamespaceSlice
from trafficctl_sdk.slices.scopes import Origin, Role, Scope, ScopeKind
from trafficctl_sdk.slices.traffic_slice import TrafficSlice
from trafficctl_sdk.slices.workload import Grant, PortMutualTls, SparedCaller, WorkloadSlice

__all__ = [
    "CallableHost",
    "Calling",
    "CallingWorkload",
    "DeclaredCall",
    "DestinationSlice",
    "EgressGateway",
    "Endpoint",
    "ExposedHostSlice",
    "ExposedRoute",
    "ExternalGrant",
    "ExternalPortTreatment",
    "ExternalSlice",
    "GatewayDestination",
    "GatewayExternal",
    "GatewayFacts",
    "GatewayPort",
    "GatewaySlice",
    "Grant",
    "Listener",
    "Local",
    "MeshFacts",
    "NamespaceSlice",
    "Origin",
    "PassedSubset",
    "PodHost",
    "PodSubset",
    "PortMutualTls",
    "PortTreatment",
    "Resolution",
    "Role",
    "Scope",
    "ScopeKind",
    "Serving",
    "SlicePort",
    "SparedCaller",
    "TrafficSlice",
    "WorkloadSlice",
]
