"""All that a driver needs: hooks, the types they exchange, and the model of intents.

Here lives what drivers and the server share, and nothing that needs either of them. Names below
are the stable surface; the model's own classes are imported from ``trafficctl_sdk.model``.
"""

from trafficctl_sdk.driver_info import Capability, DriverInfo, DriverKind, Support
from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.explain import ExplainRequest, Inventory, PlacedObject, Verdict, VerdictKind
from trafficctl_sdk.facts import Fact, FactSource
from trafficctl_sdk.host import Host
from trafficctl_sdk.intent_kinds import INTENT_KINDS, ConnectivityIntent, Intent
from trafficctl_sdk.manifests import Effect, Manifest, Notice, Record, Rendering
from trafficctl_sdk.markers import HOOK_API, hookimpl
from trafficctl_sdk.names import object_id, object_name
from trafficctl_sdk.records import RecordAction, RecordChange, RecordOutcome, ZoneFacts
from trafficctl_sdk.slices import Role, Scope, ScopeKind, TrafficSlice

__all__ = [
    "HOOK_API",
    "INTENT_KINDS",
    "Capability",
    "ConnectivityIntent",
    "DriverInfo",
    "DriverKind",
    "Effect",
    "ExplainRequest",
    "Fact",
    "FactSource",
    "Host",
    "Intent",
    "Inventory",
    "Manifest",
    "Notice",
    "PlacedObject",
    "Record",
    "RecordAction",
    "RecordChange",
    "RecordOutcome",
    "Refused",
    "Rendering",
    "Role",
    "Scope",
    "ScopeKind",
    "Support",
    "TrafficSlice",
    "Verdict",
    "VerdictKind",
    "Violation",
    "ZoneFacts",
    "hookimpl",
    "object_id",
    "object_name",
]
