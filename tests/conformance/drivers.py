"""A driver that conforms, and drivers that are broken in one thing each.

Each is an object in this module, so that the kit can load it by name in another process too.
"""

# ruff: noqa: A002, ARG002 - the hooks' own arguments

import json
import os
import random
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from trafficctl_sdk import (
    HOOK_API,
    Capability,
    DriverInfo,
    Effect,
    ExplainRequest,
    Fact,
    Intent,
    Inventory,
    Manifest,
    PlacedObject,
    Refused,
    Rendering,
    ScopeKind,
    TrafficSlice,
    Verdict,
    VerdictKind,
    Violation,
    hookimpl,
    object_name,
)
from trafficctl_sdk.explain import Decision, Hop, HopKind, HopTls
from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.slices import Grant, WorkloadSlice

Json = dict[str, Any]
FIELDS = (
    "ports.port",
    "ports.protocol.HTTP",
    "ports.protocol.TCP",
    "callers.access.action.ALLOW",
    "callers.access.action.DENY",
    "callers.access.all_requests",
    "callers.access.http.methods",
    "callers.access.http.paths.exact",
    "mutual_tls.mode.STRICT",
    "mutual_tls.mode.PERMISSIVE",
)
INFO = DriverInfo(
    name="good",
    hook_api=HOOK_API,
    scope_kinds=(ScopeKind.WORKLOAD,),
    capabilities=tuple(Capability(path=f"intracluster.{it}") for it in FIELDS),
)


class Good:
    """Renders one Guard for each workload; each method is a thing that others get wrong."""

    @hookimpl
    def trafficctl_driver_info(self) -> DriverInfo:
        return self.info()

    @hookimpl
    def trafficctl_render_slice(self, slice: TrafficSlice) -> Rendering:
        workload = slice.workload
        if workload is None:
            raise Refused(Violation(field="", rule="good.scope", description="workloads only"))
        return Rendering(manifests=self.manifests(slice, workload))

    def info(self) -> DriverInfo:
        return INFO

    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        metadata = {"name": self.name(workload), "namespace": workload.namespace}
        body: Json = {
            "apiVersion": "mesh.example/v1",
            "kind": "Guard",
            "metadata": metadata,
            "spec": self.spec(workload),
        }
        return (Manifest(body=body, wave=0, effect=Effect.OPENS),)

    def name(self, workload: WorkloadSlice) -> str:
        return object_name(workload.service, workload.namespace, workload.service)

    def spec(self, workload: WorkloadSlice) -> Json:
        return {
            "pods": dict(workload.pod_labels),
            "rules": self.rules(workload.grants),
            "modes": {str(it.port): it.mode.value for it in workload.mutual_tls},
        }

    def rules(self, grants: Sequence[Grant]) -> list[str]:
        return sorted({it for grant in grants for it in self.lines(grant)})

    def lines(self, grant: Grant) -> list[str]:
        return [
            f"{self.action(rule)} {who} {grant.port} {self.operation(rule)}"
            for who in grant.principals or ("anyone",)
            for rule in grant.access
        ]

    def action(self, rule: AccessRule) -> str:
        return rule.action.value if rule.action else ""

    def operation(self, rule: AccessRule) -> str:
        if rule.http is None:
            return "*"
        paths = sorted(it.exact or "" for it in rule.http.paths)
        return f"{sorted(rule.http.methods)} {paths}"


class Clock(Good):
    def spec(self, workload: WorkloadSlice) -> Json:
        return {**super().spec(workload), "at": time.time_ns()}


class Chance(Good):
    def name(self, workload: WorkloadSlice) -> str:
        return f"guard-{random.randint(0, 999_999)}"  # noqa: S311 - the fault itself


class Files(Good):
    def spec(self, workload: WorkloadSlice) -> Json:
        return {**super().spec(workload), "host": Path("/etc/hostname").exists()}


class Network(Good):
    def spec(self, workload: WorkloadSlice) -> Json:
        with socket.socket():
            return super().spec(workload)


class Threads(Good):
    def spec(self, workload: WorkloadSlice) -> Json:
        thread = threading.Thread(target=str)
        thread.start()
        thread.join()
        return super().spec(workload)


class Inputs(Good):
    def spec(self, workload: WorkloadSlice) -> Json:
        labels = cast("Json", workload.pod_labels)
        labels["managed"] = "yes"
        return super().spec(workload)


class Counter(Good):
    count = 0

    def spec(self, workload: WorkloadSlice) -> Json:
        Counter.count += 1
        return {**super().spec(workload), "count": Counter.count}


class Shared(Good):
    extra: Json = {"strict": "yes"}  # noqa: RUF012 - the fault itself

    def spec(self, workload: WorkloadSlice) -> Json:
        return {**super().spec(workload), "extra": Shared.extra}


class Remembering(Good):
    seen: set[str] = set()  # noqa: RUF012 - the fault itself

    def spec(self, workload: WorkloadSlice) -> Json:
        Remembering.seen.update(self.rules(workload.grants))
        return {**super().spec(workload), "seen": len(Remembering.seen)}


class Ordered(Good):
    def rules(self, grants: Sequence[Grant]) -> list[str]:
        return [it for grant in grants for it in self.lines(grant)]


class Hashed(Good):
    def rules(self, grants: Sequence[Grant]) -> list[str]:
        return sorted({it for grant in grants for it in self.lines(grant)}, key=hash)


class Zoned(Good):
    def spec(self, workload: WorkloadSlice) -> Json:
        return {**super().spec(workload), "zone": time.tzname[0]}


class Ignoring(Good):
    def action(self, rule: AccessRule) -> str:
        return "ALLOW"


class Idle(Good):
    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        strict = any(it.mode == "STRICT" for it in workload.mutual_tls)
        return super().manifests(traffic_slice, workload) if strict else ()


class Mixing(Good):
    def spec(self, workload: WorkloadSlice) -> Json:
        spec = super().spec(workload)
        if "PERMISSIVE" in spec["modes"].values() and "GET" in str(spec["rules"]):
            raise LookupError("no plaintext with methods")
        return spec


class Refusing(Good):
    def operation(self, rule: AccessRule) -> str:
        if rule.http is not None:
            field = "callers[0].access[0].http"
            raise Refused(Violation(field=field, rule="x.http", description="bytes only"))
        return "*"


class Vague(Good):
    def operation(self, rule: AccessRule) -> str:
        if rule.http is not None:
            raise Refused(Violation(field="spec.rules", rule="x.http", description="bytes only"))
        return "*"


class Nobody(Good):
    def lines(self, grant: Grant) -> list[str]:
        return super().lines(replace(grant, principals=()))


class Renaming(Good):
    def name(self, workload: WorkloadSlice) -> str:
        modes = [it.mode.value for it in workload.mutual_tls]
        return object_name(workload.service, workload.namespace, workload.service, *modes)


class Colliding(Good):
    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        (guard,) = super().manifests(traffic_slice, workload)
        metadata = {"name": f"{workload.namespace}-{workload.service}"}
        return (replace(guard, body={**guard.body, "metadata": metadata}),)


class Long(Good):
    def name(self, workload: WorkloadSlice) -> str:
        return "guard-of-all-callers-of-" * 8 + f"{workload.namespace}-{workload.service}"


class Trespassing(Good):
    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        (guard,) = super().manifests(traffic_slice, workload)
        metadata = {"name": self.name(workload), "namespace": "kube-system"}
        return (replace(guard, body={**guard.body, "metadata": metadata}),)


class Owning(Good):
    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        metadata = {"name": workload.namespace, "labels": {"mesh": "on"}}
        body: Json = {"apiVersion": "v1", "kind": "Namespace", "metadata": metadata}
        (guard,) = super().manifests(traffic_slice, workload)
        return (Manifest(body=body, wave=0), replace(guard, wave=1))


class Closing(Good):
    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        (guard,) = super().manifests(traffic_slice, workload)
        return (replace(guard, effect=Effect.CLOSES),)


class Quadratic(Good):
    def rules(self, grants: Sequence[Grant]) -> list[str]:
        kept: list[str] = []
        for line in sorted(it for grant in grants for it in self.lines(grant)):
            if not any(line == other for other in kept):
                kept.append(line)
        return kept


class Labelling(Good):
    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        (guard,) = super().manifests(traffic_slice, workload)
        body = json.loads(json.dumps(guard.body))
        body["metadata"]["labels"] = {"trafficctl.dev/owner": "me"}
        return (replace(guard, body=body),)


class Failing(Good):
    def action(self, rule: AccessRule) -> str:
        return {"ALLOW": "let"}[super().action(rule)]


class Misspelt(Good):
    def info(self) -> DriverInfo:
        capability = Capability(path="intracluster.ports.prot")
        return replace(INFO, capabilities=(*INFO.capabilities, capability))


class Unmarked(Good):
    def trafficctl_check_health(self) -> str:
        return ""


class Circular(Good):
    def info(self) -> DriverInfo:
        return replace(INFO, facts_produced=("mesh.version",), facts_consumed=("mesh.version",))


class Boasting(Good):
    def info(self) -> DriverInfo:
        return replace(INFO, scope_kinds=(ScopeKind.WORKLOAD, ScopeKind.NAMESPACE))

    @hookimpl
    def trafficctl_render_slice(self, slice: TrafficSlice) -> Rendering:
        if slice.namespace is not None:
            return Rendering()
        return super().trafficctl_render_slice(slice)


class Opening(Good):
    def info(self) -> DriverInfo:
        return replace(INFO, scope_kinds=(ScopeKind.WORKLOAD, ScopeKind.NAMESPACE))

    @hookimpl
    def trafficctl_render_slice(self, slice: TrafficSlice) -> Rendering:
        if slice.namespace is None:
            return super().trafficctl_render_slice(slice)
        metadata = {"name": "deny-all", "namespace": slice.namespace.namespace}
        body: Json = {"apiVersion": "mesh.example/v1", "kind": "Wall", "metadata": metadata}
        return Rendering(manifests=(Manifest(body=body, wave=1, effect=Effect.OPENS),))


class Misleading(Good):
    @hookimpl
    def trafficctl_validate_intent(
        self, intent: Intent, facts: Sequence[Fact]
    ) -> Sequence[Violation]:
        assert isinstance(intent, IntraclusterIntent)
        rule = intent.callers[0].access[0]
        if rule.http is None:
            return ()
        return (Violation(field="spec.http", rule="x.http", description="bytes only"),)


class Moody(Good):
    @hookimpl
    def trafficctl_validate_intent(
        self, intent: Intent, facts: Sequence[Fact]
    ) -> Sequence[Violation]:
        random.shuffle([1, 2])
        return ()


class Forgetful(Good):
    asked: set[str] = set()  # noqa: RUF012 - the fault itself

    @hookimpl
    def trafficctl_validate_intent(
        self, intent: Intent, facts: Sequence[Fact]
    ) -> Sequence[Violation]:
        assert isinstance(intent, IntraclusterIntent)
        if intent.mutual_tls is None or str(intent) in Forgetful.asked:
            return ()
        Forgetful.asked.add(str(intent))
        return (Violation(field="mutual_tls", rule="x.once", description="say it once more"),)


class Explaining(Good):
    """Conforms, and explains calls by the rules of its Guards."""

    @hookimpl
    def trafficctl_explain(
        self, request: ExplainRequest, objects: Sequence[PlacedObject], inventory: Inventory
    ) -> Verdict:
        said = {self.said(rule, request) for it in objects for rule in self.rules_in(it)}
        allowed = "ALLOW" in said and "DENY" not in said
        hops = tuple(self.hop(it, allowed=allowed) for it in self.deciding(objects))
        kind = VerdictKind.ALLOWED if allowed else VerdictKind.DENIED
        return Verdict(kind=kind, hops=hops, text="the guard decides")

    def deciding(self, objects: Sequence[PlacedObject]) -> list[PlacedObject]:
        return sorted(objects, key=lambda it: str(it.body))

    def rules_in(self, placed: PlacedObject) -> list[str]:
        spec = cast("Json", placed.body["spec"])
        return cast("list[str]", spec["rules"])

    def said(self, rule: str, request: ExplainRequest) -> str:
        action, who, _, operation = rule.split(" ", 3)
        here = who == f"cluster.local/ns/{request.namespace}/sa/{request.service_account}"
        wanted = operation in ("*", f"['{request.method}'] ['{request.path}']")
        return action if here and wanted else ""

    def hop(self, placed: PlacedObject, *, allowed: bool) -> Hop:
        metadata = cast("Json", placed.body["metadata"])
        return Hop(
            kind=HopKind.WORKLOAD,
            cluster=placed.cluster,
            party=str(metadata["name"]),
            address="",
            tls=HopTls.PLAINTEXT,
            decision=Decision.PASSES if allowed else Decision.REFUSES,
            objects=(f"{placed.cluster}/Guard/{metadata['namespace']}/{metadata['name']}",),
            intents=placed.origins,
        )


class Trusting(Explaining):
    def said(self, rule: str, request: ExplainRequest) -> str:
        return "ALLOW"


class Silent(Explaining):
    @hookimpl
    def trafficctl_explain(
        self, request: ExplainRequest, objects: Sequence[PlacedObject], inventory: Inventory
    ) -> Verdict:
        return replace(super().trafficctl_explain(request, objects, inventory), text="")


class Inventing(Explaining):
    def hop(self, placed: PlacedObject, *, allowed: bool) -> Hop:
        return replace(super().hop(placed, allowed=allowed), objects=("west/Guard/shop/dream",))


class Dated(Explaining):
    def said(self, rule: str, request: ExplainRequest) -> str:
        return super().said(rule, request) if datetime.now(tz=UTC).year else ""


class Hasty(Explaining):
    @hookimpl
    def trafficctl_explain_calls(
        self,
        requests: Sequence[ExplainRequest],
        objects: Sequence[PlacedObject],
        inventory: Inventory,
    ) -> Sequence[Verdict]:
        first = self.trafficctl_explain(requests[0], objects, inventory)
        return [first for _ in requests]


class Versioned(Good):
    """Fails on a version of the mesh that the kit does not ask about by itself."""

    def manifests(
        self, traffic_slice: TrafficSlice, workload: WorkloadSlice
    ) -> tuple[Manifest, ...]:
        if traffic_slice.mesh.version == "9.9":
            raise LookupError(traffic_slice.mesh.version)
        return super().manifests(traffic_slice, workload)


class Slow(Good):
    def lines(self, grant: Grant) -> list[str]:
        if len(grant.principals) > 200:  # few checks ask for so many callers
            end = os.times().user + 5.5  # what the kit does not count as asking for the time
            while os.times().user < end:
                sum(range(1_000_000))
        return super().lines(grant)


def __getattr__(name: str) -> Good:
    """Give a driver by the name of its class in small letters, as an entry point names it."""
    found = globals().get(name.capitalize())
    if isinstance(found, type) and issubclass(found, Good):
        return found()
    raise AttributeError(name)
