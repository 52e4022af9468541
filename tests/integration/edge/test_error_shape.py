"""Every failure, raised in a servicer, reaches a client in the one shape."""

import inspect
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest
from google.protobuf.wrappers_pb2 import StringValue
from google.rpc import error_details_pb2 as details_pb2
from google.rpc.status_pb2 import Status
from grpc_status import rpc_status
from trafficctl.v2 import cluster_pb2, cluster_pb2_grpc, error_reason_pb2
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.listener import Service
from trafficctl_server.api.status import TABLE
from trafficctl_server.intents import failures
from trafficctl_server.intents.failures import ConflictInfo, Failure

OpenEdge = Any
VIOLATIONS = [
    Violation(field="ports[0].port", rule="uint32.lte", description="must be at most 65535"),
    Violation(field="ports[1].port", rule="ports.unique", description="name each port once"),
]
CONFLICT = ConflictInfo(
    kind="PROTOCOL",
    field="ports[0].protocol",
    other_intent="projects/p/resourceBundles/b/versions/v1/trafficIntentGroups/g/outboundIntents/o",
    other_field="ports[0].protocol",
    ours="HTTP",
    theirs="TCP",
    way_out="use one protocol for port 80",
)
RAISED: list[Failure] = [
    failures.Violations(VIOLATIONS),
    failures.FieldNotSupported(VIOLATIONS[:1], "istio", "clusters/east"),
    failures.ProtocolMismatch(VIOLATIONS[:1]),
    failures.AddressingMismatch(VIOLATIONS[:1]),
    failures.IdentityNeedsMutualTls(VIOLATIONS[:1]),
    failures.ServerFirstNeedsStrict(VIOLATIONS[:1]),
    failures.RequestIdReused("6b1f"),
    failures.FutureRevision(7),
    failures.NotFound("clusters/east", "Cluster"),
    failures.AlreadyExists("clusters/east", "Cluster"),
    failures.EtagMismatch("clusters/east", "abc"),
    failures.PlanDigestMismatch("projects/p/plans/x", "abc"),
    failures.HeldChangeDiffers("clusters/east", "abc"),
    failures.Conflict([CONFLICT]),
    failures.HostClaimed([CONFLICT]),
    failures.GroupNotEmpty("projects/p"),
    failures.WorkloadInUse("projects/p/w", ["a", "b"]),
    failures.ClusterNotDrained("clusters/east"),
    failures.ClusterState("clusters/east", "DRAINING", "resume it first"),
    failures.PlanState("projects/p/plans/x", "DRAFT", "compute it first"),
    failures.PlanStale("projects/p/plans/x"),
    failures.NotForeign("clusters/east/objects/o"),
    failures.PlanRequired("projects/p"),
    failures.ApprovalRequired("projects/p/plans/x"),
    failures.PlanOwnApproval("projects/p/plans/x"),
    failures.HistoryCompacted(5),
    failures.Unauthenticated(),
    failures.Forbidden("editor"),
    failures.NamespaceNotYours("shop", "clusters/east", "projects/p"),
    failures.Overloaded("RPCs", 3),
    failures.SlowConsumer(9),
    failures.PoolExhausted("the pool of virtual addresses"),
    failures.StoreUnavailable("disk /var/lib/x is full"),
    failures.Draining(),
    failures.DeadlineExpired(1.5),
    failures.NotServed("plans come later"),
]
# api.md's table of errors: code and further details by reason
EXPECTED: dict[str, tuple[grpc.StatusCode, set[str]]] = {
    **{
        reason: (grpc.StatusCode.INVALID_ARGUMENT, {"BadRequest"})
        for reason in (
            "VIOLATIONS",
            "FIELD_NOT_SUPPORTED",
            "PROTOCOL_MISMATCH",
            "ADDRESSING_MISMATCH",
            "IDENTITY_NEEDS_MUTUAL_TLS",
            "SERVER_FIRST_NEEDS_STRICT",
        )
    },
    "REQUEST_ID_REUSED": (grpc.StatusCode.INVALID_ARGUMENT, set()),
    "FUTURE_REVISION": (grpc.StatusCode.INVALID_ARGUMENT, set()),
    "NOT_FOUND": (grpc.StatusCode.NOT_FOUND, {"ResourceInfo"}),
    "ALREADY_EXISTS": (grpc.StatusCode.ALREADY_EXISTS, {"ResourceInfo"}),
    **{
        reason: (grpc.StatusCode.ABORTED, set())
        for reason in ("ETAG_MISMATCH", "PLAN_DIGEST", "HELD_CHANGE_DIFFERS")
    },
    **{
        reason: (grpc.StatusCode.FAILED_PRECONDITION, {"ConflictInfo", "PreconditionFailure"})
        for reason in ("INTENT_CONFLICT", "HOST_CLAIMED")
    },
    **{
        reason: (grpc.StatusCode.FAILED_PRECONDITION, {"PreconditionFailure"})
        for reason in (
            "GROUP_NOT_EMPTY",
            "WORKLOAD_IN_USE",
            "CLUSTER_NOT_DRAINED",
            "CLUSTER_STATE",
            "PLAN_STATE",
            "PLAN_STALE",
            "NOT_FOREIGN",
        )
    },
    **{
        reason: (grpc.StatusCode.FAILED_PRECONDITION, {"PreconditionFailure", "Help"})
        for reason in ("PLAN_REQUIRED", "APPROVAL_REQUIRED", "PLAN_OWN_APPROVAL")
    },
    "HISTORY_COMPACTED": (grpc.StatusCode.OUT_OF_RANGE, set()),
    "UNAUTHENTICATED": (grpc.StatusCode.UNAUTHENTICATED, set()),
    "FORBIDDEN": (grpc.StatusCode.PERMISSION_DENIED, set()),
    "NAMESPACE_NOT_YOURS": (grpc.StatusCode.PERMISSION_DENIED, set()),
    **{
        reason: (grpc.StatusCode.RESOURCE_EXHAUSTED, {"RetryInfo", "QuotaFailure"})
        for reason in ("OVERLOADED", "SLOW_CONSUMER", "POOL_EXHAUSTED")
    },
    "STORE_UNAVAILABLE": (grpc.StatusCode.UNAVAILABLE, {"RetryInfo"}),
    "SERVER_DRAINING": (grpc.StatusCode.UNAVAILABLE, {"RetryInfo"}),
    "DEADLINE": (grpc.StatusCode.DEADLINE_EXCEEDED, {"RetryInfo"}),
    "UNIMPLEMENTED": (grpc.StatusCode.UNIMPLEMENTED, {"RequestInfo"}),
    "INTERNAL": (grpc.StatusCode.INTERNAL, {"RequestInfo"}),
}


async def failed(call: Any) -> tuple[grpc.aio.AioRpcError, Status]:
    """Await a call that fails; its status must agree with its details."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    status = rpc_status.from_call(raised.value)  # type: ignore[arg-type] # it has the same methods
    assert status is not None
    return raised.value, status


def shape(status: Status) -> tuple[details_pb2.ErrorInfo, set[str]]:
    """Check what all errors have in common; answer the ErrorInfo and the names of the rest."""
    info = details_pb2.ErrorInfo()
    assert status.details[0].Unpack(info)
    assert info.domain == "trafficctl.dev"
    assert info.reason in set(error_reason_pb2.ErrorReason.keys())
    assert status.message
    assert not status.message.endswith(".")
    return info, {detail.type_url.rpartition(".")[2] for detail in status.details[1:]}


def test_every_failure_has_a_row_and_every_reason_is_answered() -> None:
    classes = {
        kind
        for _, kind in inspect.getmembers(failures, inspect.isclass)
        if issubclass(kind, Failure) and not kind.__subclasses__() and kind is not Failure
    }
    assert classes <= set(TABLE)
    assert {type(failure) for failure in RAISED} == set(TABLE)
    answered = {row.reason for row in TABLE.values()} | {"INTERNAL"}
    assert answered == set(error_reason_pb2.ErrorReason.keys()) - {"ERROR_REASON_UNSPECIFIED"}
    assert answered == set(EXPECTED)


@pytest.mark.parametrize("failure", RAISED, ids=lambda failure: type(failure).__name__)
async def test_a_failure_has_the_one_shape_on_unary_and_stream(
    open_edge: OpenEdge, failure: Failure
) -> None:
    async def unary(_: str, __: Any) -> str:
        raise failure

    async def stream(_: str, __: Any) -> AsyncIterator[str]:
        yield "first"
        raise failure

    async with open_edge(unary=unary, stream=stream) as edge:
        error, status = await failed(edge.client.unary())
        call = edge.client.stream()
        assert await call.read() == StringValue(value="first")
        stream_error, stream_status = await failed(call.read())
    info, others = shape(status)
    code, expected = EXPECTED[info.reason]
    assert TABLE[type(failure)].reason == info.reason
    assert error.code() == stream_error.code() == code
    assert others == expected
    assert shape(stream_status)[0].reason == info.reason
    assert dict(info.metadata) == failure.metadata
    assert status.message == str(failure)


async def test_violations_carry_field_rule_and_description(open_edge: OpenEdge) -> None:
    async def unary(_: str, __: Any) -> str:
        raise failures.Violations(VIOLATIONS)

    async with open_edge(unary=unary) as edge:
        _, status = await failed(edge.client.unary())
    bad = details_pb2.BadRequest()
    assert status.details[1].Unpack(bad)
    assert [(v.field, v.reason, v.description) for v in bad.field_violations] == [
        (v.field, v.rule, v.description) for v in VIOLATIONS
    ]


async def test_a_conflict_names_both_sides(open_edge: OpenEdge) -> None:
    async def unary(_: str, __: Any) -> str:
        raise failures.Conflict([CONFLICT])

    async with open_edge(unary=unary) as edge:
        _, status = await failed(edge.client.unary())
    info = error_reason_pb2.ConflictInfo()
    assert status.details[2].Unpack(info)
    assert info == error_reason_pb2.ConflictInfo(
        kind=error_reason_pb2.ConflictInfo.PROTOCOL,
        field=CONFLICT.field,
        other_intent=CONFLICT.other_intent,
        other_field=CONFLICT.other_field,
        ours="HTTP",
        theirs="TCP",
        way_out=CONFLICT.way_out,
    )


async def test_the_store_s_reason_stays_inside(
    open_edge: OpenEdge, caplog: pytest.LogCaptureFixture
) -> None:
    async def unary(_: str, __: Any) -> str:
        raise failures.StoreUnavailable("disk /var/lib/x is full")

    async with open_edge(unary=unary) as edge:
        _, status = await failed(edge.client.unary())
    assert b"/var/lib/x" not in status.SerializeToString()
    assert any("/var/lib/x" in str(vars(record).get("reason")) for record in caplog.records)


class LeakyError(ValueError):
    """An error nobody foresaw, with a text that must stay inside."""


@pytest.mark.parametrize(
    "error", [LeakyError("password=hunter2"), KeyError("hunter2"), TimeoutError("hunter2")]
)
async def test_an_unforeseen_error_tells_the_trace_id_and_nothing_else(
    open_edge: OpenEdge, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    async def unary(_: str, __: Any) -> str:
        raise error

    async def stream(_: str, __: Any) -> AsyncIterator[str]:
        yield "first"
        raise error

    async with open_edge(unary=unary, stream=stream) as edge:
        for call in (edge.client.unary(), _drained(edge.client.stream())):
            raised, status = await failed(call)
            info, others = shape(status)
            assert raised.code() == grpc.StatusCode.INTERNAL
            assert (info.reason, others) == ("INTERNAL", {"RequestInfo"})
            request = details_pb2.RequestInfo()
            assert status.details[1].Unpack(request)
            told = f"{raised.details()} {raised.trailing_metadata()} {status}"
            for inside in ("hunter2", "LeakyError", "KeyError", "Timeout", "Traceback", ".py"):
                assert inside not in told
            logged = [r for r in caplog.records if vars(r).get("trace_id") == request.request_id]
            assert any(r.exc_info and r.exc_info[1] is error for r in logged)


async def _drained(call: Any) -> None:
    async for _ in call:
        pass


async def test_an_abort_by_the_servicer_is_passed_on_as_it_is(open_edge: OpenEdge) -> None:
    async def unary(_: str, context: Any) -> str:
        await context.abort(grpc.StatusCode.DATA_LOSS, "said by the servicer")
        return "went on after abort"

    async with open_edge(unary=unary) as edge:
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await edge.client.unary()
    assert raised.value.code() == grpc.StatusCode.DATA_LOSS
    assert raised.value.details() == "said by the servicer"


async def test_a_method_nobody_wrote_and_one_nobody_knows_are_unimplemented(
    open_edge: OpenEdge,
) -> None:
    clusters = Service(
        name="trafficctl.v2.ClusterService",
        servicer=cluster_pb2_grpc.ClusterServiceServicer(),
        add=cluster_pb2_grpc.add_ClusterServiceServicer_to_server,
    )
    async with open_edge(services=(clusters,)) as edge:
        stub = cluster_pb2_grpc.ClusterServiceStub(edge.client.channel)
        unwritten = stub.GetCluster(cluster_pb2.GetClusterRequest(name="clusters/east"))
        unknown = edge.client.channel.unary_unary("/test.Probe/Nothing")(b"")
        for call in (unwritten, unknown):
            error, status = await failed(call)
            assert error.code() == grpc.StatusCode.UNIMPLEMENTED
            assert shape(status) == (shape(status)[0], {"RequestInfo"})


async def test_bytes_that_are_no_protobuf_are_the_client_s_mistake(open_edge: OpenEdge) -> None:
    async with open_edge() as edge:
        for call in (
            edge.client.channel.unary_unary("/test.Probe/Unary")(b"\xff\xff\xff"),
            _drained(edge.client.channel.unary_stream("/test.Probe/Stream")(b"\xff\xff\xff")),
        ):
            error, status = await failed(call)
            assert error.code() == grpc.StatusCode.INVALID_ARGUMENT
            assert shape(status)[0].reason == "VIOLATIONS"


@pytest.mark.parametrize("text", ["x" * 3000, "漢" * 3000, "\udcff\n\x00" * 900])
async def test_a_huge_answer_is_cut_to_what_clients_accept(open_edge: OpenEdge, text: str) -> None:
    many = [Violation(field=f"f[{n}].{text}", rule="r", description=text) for n in range(900)]
    conflicts = [
        ConflictInfo(
            kind="HOST",
            field=text,
            other_intent=f"{n}{text}",
            other_field=text,
            ours=text,
            theirs=text,
            way_out=text,
        )
        for n in range(900)
    ]

    async def unary(request: str, _: Any) -> str:
        if request == "conflicts":
            raise failures.Conflict(conflicts)
        raise failures.Violations(many)

    async with open_edge(unary=unary) as edge:
        for request, code in (
            ("violations", grpc.StatusCode.INVALID_ARGUMENT),
            ("conflicts", grpc.StatusCode.FAILED_PRECONDITION),
        ):
            error, status = await failed(edge.client.unary(request))
            assert error.code() == code
            kept = len(status.details) - 2
            if request == "violations":
                bad = details_pb2.BadRequest()
                assert status.details[1].Unpack(bad)
                kept = len(bad.field_violations)
            assert kept >= 1
            assert int(shape(status)[0].metadata["omitted"]) == 900 - kept
