"""A whole server over a store in memory, on a real socket; only drivers and delivery are fakes."""

import asyncio
import importlib
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import orjson
from google.protobuf import json_format
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status
from trafficctl.v2 import (
    cluster_pb2,
    error_reason_pb2,
    intercluster_intent_pb2,
    traffic_intent_group_pb2,
    workload_pb2,
)
from trafficctl_sdk.codec import to_json
from trafficctl_sdk.driver_info import Capability, DriverKind
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.explain import Verdict, VerdictKind
from trafficctl_sdk.intent_kinds import INTENT_KINDS
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.shapes import (
    EnumShape,
    FixedShape,
    ListShape,
    MappingShape,
    MessageShape,
    OptionalShape,
    Shape,
    fields_of,
)
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

from trafficctl_server.api.listener import Listener
from trafficctl_server.api.plan_changes import merged
from trafficctl_server.api.services import servicers
from trafficctl_server.api.watching.mailbox import Mailbox
from trafficctl_server.clusters.registry import Targets
from trafficctl_server.compile.world import World
from trafficctl_server.drivers.results import RenderResult
from trafficctl_server.drivers.roster import DriverState, DriverStatus, Isolation
from trafficctl_server.drivers.slice_bytes import slice_digest
from trafficctl_server.intents.admission import DriverAdmission
from trafficctl_server.intents.bodies import SCHEMA, Bodies
from trafficctl_server.intents.cluster_care import ClusterCare
from trafficctl_server.intents.desk import Desk
from trafficctl_server.intents.intake import Intake
from trafficctl_server.intents.precedence import Precedence
from trafficctl_server.intents.removal import Removal
from trafficctl_server.intents.world_feed import WorldFeed
from trafficctl_server.plans.room import build_plans
from trafficctl_server.reachability.bases import Bases
from trafficctl_server.reachability.difference import Comparer
from trafficctl_server.reachability.drawing import Drawing
from trafficctl_server.reachability.explainer import Explainer
from trafficctl_server.reachability.judging import Judge
from trafficctl_server.reconcile.backoff import Backoff
from trafficctl_server.reconcile.reconciler import Reconciler
from trafficctl_server.settings.groups import LimitsSettings, ServerSettings
from trafficctl_server.store.memory import MemoryStore
from trafficctl_server.store.records import ABSENT, ProgressPut, Put, Write
from trafficctl_server.store.sealing import Sealer
from trafficctl_server.store.store import Store
from trafficctl_server.telemetry.tracing import Tracing

DOMAIN = "trafficctl.dev"
BUNDLE = "projects/acme/resourceBundles/shop/versions/v1"
SEALER = Sealer(bytes(32))
GROUP = f"{BUNDLE}/trafficIntentGroups/main"


class Drivers:
    """Stands where the driver host stands: one driver that enforces everything, one refused."""

    def __init__(self) -> None:
        isolation = Isolation(pids=(), time_limit=0, memory_limit=0)
        self.roster = (
            DriverStatus(
                name="Broken_Wheel",
                distribution="broken",
                version="0.1",
                state=DriverState.REFUSED,
                isolation=isolation,
                refusal="it speaks hook API 9.0, this server 1.0: install a fitting one",
            ),
            DriverStatus(
                name="mesh",
                distribution="trafficctl-mesh",
                version="1.2.3",
                state=DriverState.LOADED,
                isolation=isolation,
                rendering_version="1",
                hook_api=(1, 0),
                kind=DriverKind.SERVICE_MESH,
                scope_kinds=tuple(ScopeKind),
                capabilities=tuple(
                    Capability(path=f"{word}.{path}")
                    for word, model in INTENT_KINDS.items()
                    for path in every_leaf(model)
                ),
            ),
        )
        self.objections: Sequence[Violation] = ()
        self.verdict = Verdict(kind=VerdictKind.ALLOWED)
        self.asked: list[Any] = []

    def driver(self, name: str) -> DriverStatus | None:
        return next((it for it in self.roster if it.name == name), None)

    async def validate_intent(self, *_: object) -> Sequence[Violation]:
        return self.objections

    async def render(self, _: str, slices: Sequence[TrafficSlice]) -> Sequence[RenderResult]:
        return [
            RenderResult(
                slice_digest=slice_digest(it),
                rendering_version="1",
                outcome=Rendering(manifests=()),
            )
            for it in slices
        ]

    async def explain(self, *asked: Any) -> Verdict:
        self.asked.append(asked)
        return self.verdict


def every_leaf(model: type, path: str = "") -> Iterator[str]:
    """Give every path that a driver can declare about a class of the model."""
    for each in fields_of(model):
        yield from _leaves(each.shape, f"{path}.{each.name}" if path else each.name)


def _leaves(shape: Shape, path: str) -> Iterator[str]:
    match shape:
        case OptionalShape(value=inner) | ListShape(item=inner) | MappingShape(value=inner):
            yield from _leaves(inner, path)
        case EnumShape(type=enum):
            yield from (f"{path}.{member.name}" for member in enum)
        case MessageShape(type=cls):
            yield path
            yield from every_leaf(cls, path)
        case FixedShape(items=items):
            for item in items:
                yield from _leaves(item, path)
        case _:
            yield path


class Refused(Exception):  # noqa: N818 - an answer, not a failure
    """An answer that is an error, taken apart."""

    def __init__(self, status: Status) -> None:
        super().__init__(f"{status.code}: {status.message}")
        self.code = status.code
        self.message = status.message
        self.details = status.details
        info = self.detail(error_details_pb2.ErrorInfo)
        assert info.domain == DOMAIN
        self.reason: str = info.reason
        self.metadata = dict(info.metadata)

    def detail(self, kind: type[Any]) -> Any:
        found = kind()
        for each in self.details:
            if each.Is(kind.DESCRIPTOR):
                each.Unpack(found)
                return found
        raise AssertionError(f"no {kind.__name__} in {self.details}")

    @property
    def fields(self) -> list[str]:
        violations = self.detail(error_details_pb2.BadRequest).field_violations
        return [it.field for it in violations]

    @property
    def rules(self) -> list[str]:
        violations = self.detail(error_details_pb2.BadRequest).field_violations
        return [it.reason for it in violations]


def refused(error: grpc.aio.AioRpcError) -> Refused:
    """Take the status out of an error; every error must have one, in the one shape."""
    trailing: Any = error.trailing_metadata() or ()
    found = [value for key, value in trailing if key == "grpc-status-details-bin"]
    assert found, f"{error.code()} {error.details()} has no status"
    status = Status.FromString(found[0])
    assert status.code == error.code().value[0]
    made = Refused(status)
    assert made.reason in error_reason_pb2.ErrorReason.keys()  # noqa: SIM118 - an enum, no mapping
    return made


@dataclass(kw_only=True)
class Answer:
    """A message and the revision that came after it."""

    message: Any
    revision: int


@dataclass(kw_only=True)
class Site:
    """A running server and a client of it."""

    store: Store
    desk: Desk
    drivers: Drivers
    channel: grpc.aio.Channel
    check: Callable[[str], Sequence[tuple[str, str, str]]] | None = None
    address: str = ""
    owned: dict[str, int] = field(default_factory=dict)
    metadata: tuple[tuple[str, str], ...] = ()

    def stub(self, service: str) -> Any:
        module = importlib.import_module(f"trafficctl.v2.{_file_of(service)}_pb2_grpc")
        return getattr(module, f"{service}Stub")(self.channel)

    async def call(self, service: str, method: str, request: Any) -> Answer:
        """Make a unary RPC.

        :raises Refused: it answered with an error.
        """
        call = getattr(self.stub(service), method)(request, metadata=self.metadata, timeout=60)
        try:
            message = await call
        except grpc.aio.AioRpcError as error:
            raise refused(error) from None
        trailing: Any = await call.trailing_metadata()
        return Answer(message=message, revision=int(trailing["trafficctl-revision"]))

    def watch(self, **request: Any) -> Any:
        messages = importlib.import_module("trafficctl.v2.watch_pb2")
        request.setdefault("parents", ["projects/-"])
        request.setdefault("types", [f"{DOMAIN}/InterclusterIntent"])
        return self.stub("WatchService").Watch(messages.WatchRequest(**request))

    # What most tests begin with.

    async def group(self, name: str = "main", **fields: Any) -> Any:
        request = traffic_intent_group_pb2.CreateTrafficIntentGroupRequest(
            parent=BUNDLE, traffic_intent_group_id=name, traffic_intent_group=fields
        )
        return (
            await self.call("TrafficIntentGroupService", "CreateTrafficIntentGroup", request)
        ).message

    async def intent(self, name: str = "cart", group: str = GROUP, **fields: Any) -> Any:
        request = intercluster_intent_pb2.CreateInterclusterIntentRequest(
            parent=group, intercluster_intent_id=name, intercluster_intent=intercluster(**fields)
        )
        return (
            await self.call("InterclusterIntentService", "CreateInterclusterIntent", request)
        ).message

    async def cluster(self, name: str = "east", **fields: Any) -> Any:
        request = cluster_pb2.CreateClusterRequest(cluster_id=name, cluster=cluster(**fields))
        return (await self.call("ClusterService", "CreateCluster", request)).message

    async def workload(self, name: str = "cart", **fields: Any) -> Any:
        request = workload_pb2.CreateWorkloadRequest(
            parent=BUNDLE, workload_id=name, workload=workload(**fields)
        )
        return (await self.call("WorkloadService", "CreateWorkload", request)).message

    # What a reconciler would do.

    async def progress(self, name: str, **state: Any) -> int:
        record = await self.store.get(name)
        assert record is not None
        put = ProgressPut(name=name, uid=record.uid, progress=orjson.dumps(state))
        return (await self.store.commit(Write(progress=(put,)), background=True)).revision

    async def derived(self, kind: str, resources: dict[str, Any]) -> int:
        """Write what only the server writes, by name; answers the revision."""
        puts = tuple(
            Put(
                name=name,
                kind=kind,
                uid=str(uuid.uuid4()),
                etag="",
                generation=1,
                create_time=1,
                update_time=1,
                body=b"{}",
                progress=orjson.dumps(to_json(resource)),
                expect=ABSENT,
                schema=SCHEMA,
            )
            for name, resource in resources.items()
        )
        return (await self.store.commit(Write(puts=puts))).revision


def intercluster(**fields: Any) -> Any:
    """Give a valid intent; fields as JSON replace its own."""
    body = {
        "destination": {"workload": "cart"},
        "ports": [{"port": 80, "protocol": "HTTP"}],
        "callers": [{"workload": {"workload": "web"}, "access": [allow_all()]}],
    }
    return json_format.ParseDict(body | fields, intercluster_intent_pb2.InterclusterIntent())


def allow_all() -> dict[str, Any]:
    return {"action": "ALLOW", "all_requests": {}}


def cluster(**fields: Any) -> Any:
    given = {"namespace": "shop", "projects": ["acme"], "default_access": "DENY_ALL"}
    body = {"service_mesh": "mesh", "directory": {}, "governed_namespaces": [given]}
    return json_format.ParseDict(body | fields, cluster_pb2.Cluster())


def workload(**fields: Any) -> Any:
    body = {
        "namespace": "shop",
        "ports": [{"port": 80, "protocol": "HTTP"}],
        "pod_labels": {"app": "cart"},
    }
    return json_format.ParseDict(body | fields, workload_pb2.Workload())


class NothingStands:
    """A ledger of nothing at all."""

    def at(self, *_: object) -> Sequence[Any]:
        return ()

    async def desired(self, *_: object) -> Sequence[Any]:
        return ()

    async def delivered(self, *_: object) -> Sequence[Any]:
        return ()

    async def observed(self, *_: object) -> Sequence[Any]:
        return ()


def _file_of(service: str) -> str:
    stem = service.removesuffix("Service")
    return "".join(f"_{it.lower()}" if it.isupper() else it for it in stem).lstrip("_")


@asynccontextmanager
async def opened(
    store: Store | None = None,
    mailbox: Callable[[], Mailbox] = Mailbox,
    **server: Any,
) -> AsyncIterator[Site]:
    """Run a server.

    :param store: what an earlier one left.
    :param server: settings of the group ``server``.
    """
    store = store or MemoryStore(pool_size=10_000)
    await store.start()
    drivers: Any = Drivers()
    bodies = Bodies(SEALER)
    admission = DriverAdmission(drivers)
    feed = WorldFeed(
        store, bodies, World(admission), lambda index: f"240.96.0.{index}", Precedence()
    )
    await feed.start()
    owned: dict[str, int] = {}
    desk = Desk(
        tracing=Tracing(),
        store=store,
        bodies=bodies,
        feed=feed,
        admission=admission,
        drivers=drivers,
        owned=lambda name: owned.get(name, 0),
    )
    judge = Judge(drivers, admission)
    bases = Bases(store=store, bodies=bodies, feed=feed, ledger=NothingStands())
    listener = Listener(
        server=ServerSettings.model_validate({"listen": "127.0.0.1:0"} | server),
        limits=LimitsSettings(),
        tracing=Tracing(),
        precedence=Precedence(),
    )
    channel: Any = None
    site = Site(store=store, desk=desk, drivers=drivers, channel=channel, owned=owned)

    async def check(name: str) -> Sequence[tuple[str, str, str]]:
        return site.check(name) if site.check else ()

    # It compiles nothing and delivers nothing, as in a controller without intents.
    reconciler = Reconciler(
        store=store,
        feed=feed,
        drivers=drivers,
        admission=admission,
        targets=Targets(root=Path("never"), instance="site"),
        instance="site",
        pool="240.96.0.0/24",
        backoff=Backoff(initial=1, limit=1),
        scan_interval=3600,
        precedence=Precedence(),
        tracing=Tracing(),
    )
    plans = build_plans(
        desk=desk,
        sealer=SEALER,
        reconciler=reconciler,
        comparer=Comparer(judge),
        merge=merged,
        instance="site",
    )
    bases.plan = plans.view
    address = await listener.start(
        servicers(
            desk=desk,
            intake=Intake(desk),
            removal=Removal(desk),
            care=ClusterCare(desk),
            check=check,
            explainer=Explainer(bases, judge),
            drawing=Drawing(bases, judge, store),
            plans=plans,
            mailbox=mailbox,
        )
    )
    site.address = str(address)
    reconciler.compiling.touch([])
    working = [asyncio.create_task(it) for it in (feed.run(), reconciler.compiling.run())]
    options = (("grpc.use_local_subchannel_pool", 1),)
    try:
        async with grpc.aio.insecure_channel(site.address, options) as site.channel:
            yield site
    finally:
        await listener.drain(timedelta(seconds=5))
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
        await store.close()
