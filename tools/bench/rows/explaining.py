"""Plan and Explain among all intents."""

from collections.abc import Sequence

from google.protobuf.message import Message
from trafficctl.v2 import access_pb2, plan_pb2, reachability_pb2

from tools.bench.requests import stored
from tools.bench.results import Result, at_most, not_measured
from tools.bench.run import Run
from tools.bench.serving import BenchError

PLAN = "/trafficctl.v2.PlanService/CreatePlan"
EXPLAIN = "/trafficctl.v2.ReachabilityService/ExplainReachability"


async def plan(run: Run) -> Result:
    """Measure plans of one change each, computed and not kept."""
    requests = []
    for wish in stored(run.size, run.scale.calls):
        for caller in wish.callers:
            caller.access[0].http.paths[0].CopyFrom(access_pb2.PathMatch(prefix="/planned"))
        change = plan_pb2.Change()
        change.apply.intercluster_intent.CopyFrom(wish)
        requests.append(
            plan_pb2.CreatePlanRequest(
                parent="/".join(wish.name.split("/")[:2]),
                plan=plan_pb2.Plan(changes=[change]),
                validate_only=True,
            )
        )
    return await _percentile(
        run,
        f"Plan of one change among {run.size.intents:,} intents",
        PLAN,
        requests,
        most=100,
        how=(
            f"CreatePlan with `validate_only`, {run.scale.calls} times one after another, each"
            " about another intent of the world: validated, compiled, rendered, compared with the"
            " ledger and judged for who gains or loses access."
        ),
    )


async def explain(run: Run) -> Result:
    """Measure verdicts about calls that the world allows."""
    requests = []
    for wish in stored(run.size, run.scale.calls):
        bundle = wish.name.split("/trafficIntentGroups/")[0]
        request = reachability_pb2.ExplainReachabilityRequest(
            port=80, method="GET", path="/api/orders"
        )
        request.caller.workload.name = f"{bundle}/workloads/{wish.callers[0].workload.workload}"
        request.destination.workload = f"{bundle}/workloads/{wish.destination.workload}"
        requests.append(request)
    return await _percentile(
        run,
        f"Explain among {run.size.intents:,} intents",
        EXPLAIN,
        requests,
        most=10,
        how=(
            f"ExplainReachability, {run.scale.calls} times one after another, each about another"
            " service of the world and a caller in another cluster."
        ),
    )


async def _percentile(
    run: Run, figure: str, method: str, requests: Sequence[Message], *, most: float, how: str
) -> Result:
    server = await run.server()
    await run.quiet(server)
    try:
        burst = await run.loader.burst(
            server.address, method, requests, in_flight=1, seconds=run.scale.seconds * 10
        )
    except BenchError as error:
        return not_measured(figure, "", f"p99 ≤ {most:g} ms", str(error))
    return at_most(
        figure,
        burst.percentile(0.99),
        most,
        "ms",
        how=how,
        details=(f"p50 {burst.percentile(0.5):.1f} ms, {burst.done} answers",),
    )
