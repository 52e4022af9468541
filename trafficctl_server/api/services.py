"""Every service of the interface, ready to be registered."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, Final

import trafficctl.v2
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message_factory import GetMessageClass

from trafficctl_server.api.cluster_service import Check, ClusterService
from trafficctl_server.api.graph_service import GraphService
from trafficctl_server.api.listener import Service
from trafficctl_server.api.not_served import refusal
from trafficctl_server.api.plan_messages import plan_message
from trafficctl_server.api.plan_service import PLAN_TYPE, PlanService
from trafficctl_server.api.reachability_service import ReachabilityService
from trafficctl_server.api.reading import Reading
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.sources import (
    DERIVED,
    DriverSource,
    Source,
    StoredSource,
    presenter,
)
from trafficctl_server.api.watching.mailbox import Mailbox
from trafficctl_server.api.watching.watch_service import WatchService, add_watch_service
from trafficctl_server.api.workload_batches import WorkloadBatches
from trafficctl_server.api.writing import Writing
from trafficctl_server.intents.cluster_care import ClusterCare
from trafficctl_server.intents.desk import Desk
from trafficctl_server.intents.intake import Intake
from trafficctl_server.intents.kinds import CLUSTER, KINDS
from trafficctl_server.intents.removal import Removal
from trafficctl_server.plans.room import Plans
from trafficctl_server.reachability.drawing import Drawing
from trafficctl_server.reachability.explainer import Explainer

Handlers = dict[str, Callable[..., Any]]
_WATCH: Final = "WatchService"


def servicers(
    *,
    desk: Desk,
    intake: Intake,
    removal: Removal,
    care: ClusterCare,
    check: Check,
    explainer: Explainer,
    plans: Plans,
    drawing: Drawing,
    mailbox: Callable[[], Mailbox] = Mailbox,
) -> list[Service]:
    """Give every service of ``trafficctl.v2``, by name; what is not served refuses, saying why.

    :param check: tries a cluster out.
    :param explainer: says whether calls get through.
    :param plans: everything about change sets.
    :param drawing: draws who may call whom.
    :param mailbox: makes the buffer of one Watch.
    """
    present = presenter(desk.bodies)
    served: dict[str, Handlers] = {}
    for kind in KINDS.values():
        writing = Writing(kind, intake, removal)
        served[f"{kind.name}Service"] = {
            f"Create{kind.name}": writing.create,
            f"Update{kind.name}": writing.update,
            f"Delete{kind.name}": writing.delete,
            **_reading(kind.name, StoredSource(desk.store, kind.name, present)),
        }
        if kind == CLUSTER:
            clusters = ClusterService(desk=desk, care=care, check=check, writing=writing)
            served["ClusterService"] |= {
                "CheckCluster": clusters.check,
                "DrainCluster": clusters.drain,
                "ResumeCluster": clusters.resume,
                "ReleaseCluster": clusters.release,
            }
    for derived in DERIVED:
        source = StoredSource(desk.store, derived, present)
        served[f"{derived}Service"] = _reading(derived, source)
    served["DriverService"] = _reading("Driver", DriverSource(desk.store, desk.drivers))
    served["WorkloadService"]["BatchUpdateWorkloads"] = WorkloadBatches(intake).batch_update
    reachability = ReachabilityService(explainer)
    served["ReachabilityService"] = {
        "ExplainReachability": reachability.explain,
        "FetchReachabilityGraph": GraphService(drawing).fetch,
    }
    served["PlanService"] = _planning(plans)
    served[_WATCH] = {"Watch": WatchService(desk.store, present, mailbox).watch}
    return [
        _bound(service, served.get(service.name, {})) for _, service in sorted(_services().items())
    ]


def _planning(plans: Plans) -> Handlers:
    service = PlanService(plans)
    reading = Reading(PLAN_TYPE, plans, *_read_messages("Plan"), plan_message)
    return {
        "CreatePlan": service.create,
        "GetPlan": reading.get,
        "ListPlans": reading.list,
        "DeletePlan": service.delete,
        "AddPlanChanges": service.add,
        "ComputePlan": service.compute,
        "ListPlanChanges": service.list_changes,
        "ListObjectChanges": service.list_objects,
        "ListReachChanges": service.list_reach,
        "ApprovePlan": service.approve,
        "RejectPlan": service.reject,
        "ApplyPlan": service.apply,
    }


def _reading(kind: str, source: Source) -> Handlers:
    reading = Reading(RESOURCE_TYPES[kind], source, *_read_messages(kind))
    return {f"Get{kind}": reading.get, f"List{kind}s": reading.list}


def _read_messages(kind: str) -> tuple[type[Any], type[Any]]:
    """Give the classes of the request to Get, and of the answer to List."""
    methods = _services()[f"{kind}Service"].methods_by_name
    get, listing = methods[f"Get{kind}"], methods[f"List{kind}s"]
    return GetMessageClass(get.input_type), GetMessageClass(listing.output_type)


def _services() -> Mapping[str, ServiceDescriptor]:
    modules = (
        importlib.import_module(f"{trafficctl.v2.__name__}.{module.name}")
        for module in pkgutil.iter_modules(trafficctl.v2.__path__)
        if module.name.endswith("_pb2")
    )
    return {
        name: service
        for module in modules
        for name, service in module.DESCRIPTOR.services_by_name.items()
    }


def _bound(service: ServiceDescriptor, handlers: Handlers) -> Service:
    """Bind handlers to a service; methods without one refuse.

    :raises ValueError: a handler is for no method of the service.
    """
    methods = [method.name for method in service.methods]
    strangers = handlers.keys() - set(methods)
    if strangers:
        raise ValueError(f"{service.name} has no {', '.join(sorted(strangers))}")
    servicer = SimpleNamespace(
        **{name: handlers.get(name) or refusal(service.name, name) for name in methods}
    )
    return Service(name=service.full_name, servicer=servicer, add=_registration(service))


def _registration(service: ServiceDescriptor) -> Callable[[Any, Any], None]:
    if service.name == _WATCH:
        return add_watch_service
    stubs = importlib.import_module(
        f"{service.file.name.removesuffix('.proto').replace('/', '.')}_pb2_grpc"
    )
    add: Callable[[Any, Any], None] = getattr(stubs, f"add_{service.name}Servicer_to_server")
    return add
