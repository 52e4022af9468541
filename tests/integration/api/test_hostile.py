"""Whatever a client sends, it is served or told why not: never INTERNAL, never UNKNOWN."""

import asyncio
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.message_factory import GetMessageClass
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from trafficctl.v2 import (
    cluster_pb2,
    inbound_intent_pb2,
    intercluster_intent_pb2,
    workload_pb2,
)

from tests.integration.api.hostile import TEXTS, all_methods, encoded, spoiled
from tests.integration.api.site import BUNDLE, GROUP, Site, cluster, intercluster, refused, workload

NEVER = {grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN}
METHODS = all_methods()
SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


async def answer(site: Site, method: MethodDescriptor, request: bytes) -> grpc.StatusCode:
    """Send bytes; whatever comes back must be documented."""
    path = f"/{method.containing_service.full_name}/{method.name}"
    reply = GetMessageClass(method.output_type).FromString
    try:
        if method.server_streaming:
            stream: Any = site.channel.unary_stream(path, None, reply)(request, timeout=60)
            # It has begun, or it ends with an error that is as near as its headers.
            await stream.initial_metadata()
            first = asyncio.ensure_future(stream.read())
            await asyncio.wait([first], timeout=1)
            if first.done():
                first.result()
            stream.cancel()
            await asyncio.wait([first])
        else:
            await site.channel.unary_unary(path, None, reply)(request, timeout=60)
    except asyncio.CancelledError:
        return grpc.StatusCode.OK
    except grpc.aio.AioRpcError as error:
        failed = error
    else:
        return grpc.StatusCode.OK
    assert failed.code() not in NEVER, f"{failed.code()} {failed.details()}"
    refused(failed)
    return failed.code()


@pytest.mark.parametrize("method", METHODS, ids=lambda it: it.full_name.removeprefix("trafficctl."))
@settings(max_examples=5, deadline=None, suppress_health_check=SHARED)
@given(data=st.data())
async def test_anything_at_every_rpc_is_served_or_refused_with_a_reason(
    site: Site, method: MethodDescriptor, data: st.DataObject
) -> None:
    await answer(site, method, data.draw(encoded(method.input_type)))


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("method", METHODS, ids=lambda it: it.full_name.removeprefix("trafficctl."))
@settings(max_examples=60, deadline=None, suppress_health_check=SHARED)
@given(data=st.data())
async def test_much_of_anything_at_every_rpc_is_served_or_refused_with_a_reason(
    site: Site, method: MethodDescriptor, data: st.DataObject
) -> None:
    await answer(site, method, data.draw(encoded(method.input_type)))


def valid_requests() -> dict[str, Any]:
    """Give requests that are taken as they are."""
    tls = {"simple": {"certificate": {"secret": {"name": "cert"}}}}
    inbound = {
        "destination": {"workload": "cart"},
        "callers": [
            {"any_client": {"identity": "ANYONE"}, "access": [{"action": 1, "all_requests": {}}]}
        ],
        "listeners": [{"port": 443, "protocol": "HTTPS", "service_port": 80, **tls}],
        "exposed_hosts": [{"fqdn": "shop.example.com"}],
        "mutual_tls": {"mode": "PERMISSIVE"},
    }
    rich = intercluster(
        labels={"team": "a"},
        annotations={"note": "b"},
        traffic_policy={
            "load_balancing": {"round_robin": {}},
            "timeout": "3s",
            "retries": {"attempts": 2, "idempotence": "IDEMPOTENT"},
            "outlier_detection": {"server_errors": 5},
        },
        overrides=[{"clusters": ["clusters/east"], "mutual_tls": {"mode": "STRICT"}}],
        clusters={"labels": {"match_labels": {"a": "b"}}},
    )
    return {
        "CreateInterclusterIntent": intercluster_intent_pb2.CreateInterclusterIntentRequest(
            parent=GROUP, intercluster_intent_id="cart", intercluster_intent=rich
        ),
        "UpdateInterclusterIntent": intercluster_intent_pb2.UpdateInterclusterIntentRequest(
            intercluster_intent=_named(intercluster(), f"{GROUP}/interclusterIntents/web"),
            allow_missing=True,
        ),
        "CreateInboundIntent": inbound_intent_pb2.CreateInboundIntentRequest(
            parent=GROUP, inbound_intent_id="cart", inbound_intent=inbound
        ),
        "CreateCluster": cluster_pb2.CreateClusterRequest(
            cluster_id="east",
            cluster=cluster(
                mesh={"trust_domain": "east.local", "suffix": "global"},
                gateways=[
                    {
                        "id": "ew",
                        "role": "EAST_WEST",
                        "namespace": "istio-system",
                        "service": "istio-eastwestgateway",
                        "selector": {"istio": "eastwest"},
                        "addresses": ["192.0.2.1"],
                    }
                ],
                governed_namespaces=[
                    {"namespace": "shop", "projects": ["acme"], "default_access": "DENY_ALL"}
                ],
            ),
        ),
        "BatchUpdateWorkloads": workload_pb2.BatchUpdateWorkloadsRequest(
            parent=BUNDLE,
            requests=[
                workload_pb2.UpdateWorkloadRequest(
                    workload=_named(workload(), f"{BUNDLE}/workloads/cart"), allow_missing=True
                )
            ],
        ),
    }


def _named(message: Any, name: str) -> Any:
    message.name = name
    return message


@pytest.mark.parametrize("name", sorted(valid_requests()))
async def test_the_good_requests_are_good(site: Site, name: str) -> None:
    await site.group()
    method = next(it for it in METHODS if it.name == name)
    request = valid_requests()[name].SerializeToString()
    assert await answer(site, method, request) is grpc.StatusCode.OK


@pytest.mark.parametrize("name", sorted(valid_requests()))
@settings(max_examples=60, deadline=None, suppress_health_check=SHARED)
@given(data=st.data())
async def test_one_wrong_thing_in_a_good_request_is_served_or_refused_with_a_reason(
    site: Site, name: str, data: st.DataObject
) -> None:
    method = next(it for it in METHODS if it.name == name)
    valid = valid_requests()[name].SerializeToString(deterministic=True)
    if await site.store.get(GROUP) is None:
        await site.group()
    await answer(site, method, data.draw(spoiled(method.input_type, valid)))


@settings(max_examples=60, deadline=None, suppress_health_check=SHARED)
@given(name=TEXTS)
async def test_no_name_reaches_further_than_its_kind(site: Site, name: str) -> None:
    """Names that fit no pattern are refused as such; the others are missing."""
    for service, method in (
        ("ClusterService", "GetCluster"),
        ("InterclusterIntentService", "GetInterclusterIntent"),
        ("RealizationService", "GetRealization"),
        ("ManagedObjectService", "GetManagedObject"),
    ):
        found = next(it for it in METHODS if it.name == method)
        request = GetMessageClass(found.input_type)(name=name)
        code = await answer(site, found, request.SerializeToString())
        assert code in {grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND}, service


async def test_a_text_of_a_mebibyte_is_refused_everywhere(site: Site) -> None:
    """A string field of every request holds 1 MiB."""
    large = "x" * (1 << 20)
    for method in METHODS:
        for field in method.input_type.fields:
            if field.cpp_type == field.CPPTYPE_STRING and field.type == field.TYPE_STRING:
                value: Any = [large] if field.is_repeated else large
                request = GetMessageClass(method.input_type)(**{field.name: value})
                code = await answer(site, method, request.SerializeToString())
                assert code in {
                    grpc.StatusCode.INVALID_ARGUMENT,
                    grpc.StatusCode.UNIMPLEMENTED,
                }, f"{method.full_name} {field.name}"
