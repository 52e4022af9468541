"""What the host promises to those who call it."""

import asyncio
import time
from dataclasses import replace

import pytest
from trafficctl_sdk import (
    ExplainRequest,
    Fact,
    FactSource,
    Inventory,
    PlacedObject,
    Rendering,
    Verdict,
    VerdictKind,
    Violation,
)
from trafficctl_sdk.codec import digest
from trafficctl_sdk.explain import InventoryPods
from trafficctl_sdk.model.access import ServiceDestination
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.slices import NamespaceSlice, Scope, ScopeKind, TrafficSlice

from tests.fakes.driver_site import DriverSite, HostStarter, destination, until, worker_processes
from trafficctl_server.drivers.comparison import Side
from trafficctl_server.drivers.host import (
    DriverError,
    DriverHost,
    DriverState,
    Failure,
    FailureKind,
    RefusedSlice,
)
from trafficctl_server.drivers.limits import SECOND

RESPONDING = """
@hookimpl
def trafficctl_validate_intent(intent: Intent, facts: Sequence[Fact]) -> tuple[Violation, ...]:
    workload = intent.destination.workload
    if workload == "stuck":
        while True: pass
    if workload == "mute":
        return ("all wrong",)
    return tuple(Violation(field=workload, rule="seen", description=f.value) for f in facts)


@hookimpl
def trafficctl_explain(
    request: ExplainRequest, objects: Sequence[PlacedObject], inventory: Inventory
) -> Verdict:
    text = " ".join((request.host, inventory.pods[0].workload, objects[0].body["kind"]))
    return Verdict(kind=VerdictKind.DENIED, text=text)
"""

EXPLAINING_CALLS = """
@hookimpl
def trafficctl_explain_calls(
    requests: Sequence[ExplainRequest], objects: Sequence[PlacedObject], inventory: Inventory
) -> Sequence[Verdict]:
    told = f"one of {len(requests)} over {len(objects)}"
    verdicts = [Verdict(kind=VerdictKind.ALLOWED, text=f"{it.host}: {told}") for it in requests]
    return verdicts[:-1] if requests[0].host == "lost" else verdicts
"""

FROZEN = """
import gc


@hookimpl
def trafficctl_explain(
    request: ExplainRequest, objects: Sequence[PlacedObject], inventory: Inventory
) -> Verdict:
    return Verdict(kind=VerdictKind.ALLOWED, text=str(gc.get_freeze_count() > 1000))
"""

COUNTING = """
@hookimpl
def trafficctl_explain_calls(
    requests: Sequence[ExplainRequest], objects: Sequence[PlacedObject], inventory: Inventory
) -> Sequence[Verdict]:
    kinds = [it.body["kind"] for it in objects]
    told = f"{', '.join(kinds)} in {''.join(it.workload for it in inventory.pods) or 'nothing'}"
    names = {"same": VerdictKind.ALLOWED, "unknown": VerdictKind.UNKNOWN}
    verdicts = []
    for it in requests:
        kind = VerdictKind.ALLOWED if it.host in kinds else VerdictKind.DENIED
        verdicts.append(Verdict(kind=names.get(it.host, kind), text=told))
    return verdicts[:-1] if requests[0].host == "lost" and not inventory.pods else verdicts
"""

FACT = Fact(kind="mesh.version", subject="clusters/east", value="1.27", source=FactSource.STATED)
RUNNING = Inventory(
    pods=(
        InventoryPods(cluster="east", namespace="a", labels={}, service_account="b", workload="w"),
    )
)
QUESTION = ExplainRequest(
    cluster="east", namespace="a", service_account="b", in_mesh=True, host="c", port=80
)


def serving(workload: str) -> InterclusterIntent:
    return InterclusterIntent(name="intents/i", destination=ServiceDestination(workload=workload))


async def test_a_batch_keeps_its_order_and_names_its_slices(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good", "raise Refused(Violation(field='f', rule='r', description='d'))")
    host = await start_host()
    slices = [destination(name) for name in ("z", "bad", "a")] + [destination("m")] * 40

    results = await host.render("good", slices)

    assert [result.slice_digest for result in results] == [digest(item) for item in slices]
    assert {result.rendering_version for result in results} == {host.roster[0].rendering_version}
    assert results[1].outcome == RefusedSlice(
        violations=(Violation(field="f", rule="r", description="d"),)
    )
    assert await host.render("good", []) == ()


async def test_a_scope_that_the_driver_does_not_declare_is_not_shown_to_it(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good")
    host = await start_host()
    namespace = TrafficSlice(
        scope=Scope(kind=ScopeKind.NAMESPACE, key="shop"),
        cluster="east",
        mesh=destination("a").mesh,
        namespace=NamespaceSlice(namespace="shop"),
    )

    first, second = await host.render("good", [namespace, destination("a")])

    assert first.outcome == Rendering()
    assert isinstance(second.outcome, Rendering)
    assert len(second.outcome.manifests) == 1


async def test_intents_and_questions_reach_the_driver_whole(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good", more=RESPONDING)
    host = await start_host()
    (manifest,) = (await _rendered(host, "a")).manifests

    assert await host.validate_intent("good", serving("w"), [FACT]) == (
        Violation(field="w", rule="seen", description="1.27"),
    )
    placed = PlacedObject(cluster="east", body=manifest.body)
    verdict = await host.explain("good", QUESTION, [placed], RUNNING)
    assert verdict == Verdict(kind=VerdictKind.DENIED, text="c w ConfigMap")


async def test_many_calls_are_judged_over_the_same_objects(
    site: DriverSite, start_host: HostStarter
) -> None:
    """A driver that judges calls one by one is asked so, and answers the same questions."""
    site.install_renderer("single", more=RESPONDING)
    site.install_renderer("many", more=EXPLAINING_CALLS)
    host = await start_host()
    placed = PlacedObject(cluster="east", body={"kind": "Pod"})
    calls = [replace(QUESTION, host=f"h{number}") for number in range(260)]

    single = await host.explain_calls("single", calls[:2], [placed], RUNNING)
    assert [it.text for it in single] == ["h0 w Pod", "h1 w Pod"]

    many = await host.explain_calls("many", calls, [placed, placed], RUNNING)
    assert [it.text for it in many[:2]] == ["h0: one of 250 over 2", "h1: one of 250 over 2"]
    assert [it.text for it in many[-1:]] == ["h259: one of 10 over 2"]
    assert await host.explain_calls("many", [], [placed], RUNNING) == ()

    with pytest.raises(DriverError, match="1 verdicts on 2 calls"):
        await host.explain_calls("many", [replace(QUESTION, host="lost"), QUESTION], [], RUNNING)


async def test_calls_are_compared_and_what_differs_is_told_in_full(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("single", more=RESPONDING)
    site.install_renderer("many", more=COUNTING)
    host = await start_host()
    shared, gone, new = (
        PlacedObject(cluster="east", body={"kind": it}) for it in ("Pod", "Service", "Secret")
    )
    before = Side(objects=[shared, gone], inventory=RUNNING)
    after = Side(objects=[new, shared], inventory=Inventory())
    calls = [replace(QUESTION, host=it) for it in ("same", "unknown", "Secret")] * 100

    compared = await host.compare_calls("many", calls, before, after)
    assert len(compared) == len(calls)
    allowed = Verdict(kind=VerdictKind.ALLOWED)
    assert compared[0] == (allowed, allowed)
    assert [it.text for it in compared[1]] == ["Pod, Service in w", "Pod, Secret in nothing"]
    assert [it.kind for it in compared[2]] == [VerdictKind.DENIED, VerdictKind.ALLOWED]
    assert compared[297:] == compared[:3]

    lost = replace(QUESTION, host="lost")
    with pytest.raises(DriverError, match="trafficctl_explain_calls gave 2 verdicts, and 1 on"):
        await host.compare_calls("many", [lost, QUESTION], before, after)

    (one,) = await host.compare_calls("single", calls[:1], before, before)
    assert [it.text for it in one] == ["same w Pod", "same w Pod"]


async def test_no_answer_waits_for_a_look_through_what_was_imported(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good", more=FROZEN)
    host = await start_host()
    assert (await host.explain("good", QUESTION, [], RUNNING)).text == "True"


async def test_a_single_question_waits_for_one_about_many_calls_at_most(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("many", more=RESPONDING + EXPLAINING_CALLS)
    host = await start_host()
    side = Side(objects=[], inventory=RUNNING)
    crowd = [
        asyncio.create_task(host.compare_calls("many", [QUESTION] * 2, side, side))
        for _ in range(6)
    ]
    await crowd[0]
    await host.explain(
        "many", QUESTION, [PlacedObject(cluster="east", body={"kind": "Pod"})], RUNNING
    )
    assert not crowd[-1].done()
    await asyncio.gather(*crowd)


async def _rendered(host: DriverHost, service: str) -> Rendering:
    (result,) = await host.render("good", [destination(service)])
    assert isinstance(result.outcome, Rendering)
    return result.outcome


async def test_hooks_that_a_driver_lacks_object_to_nothing_and_explain_nothing(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good")
    host = await start_host()

    assert await host.validate_intent("good", serving("w"), []) == ()
    assert (await host.explain("good", QUESTION, [], RUNNING)).kind is VerdictKind.UNKNOWN
    assert len(host.roster[0].isolation.pids) == 1


@pytest.mark.parametrize(
    ("workload", "kind"),
    [("stuck", FailureKind.TIMED_OUT), ("mute", FailureKind.INVALID_OUTPUT)],
)
async def test_an_rpc_without_an_answer_says_so_and_the_next_is_answered(
    site: DriverSite, start_host: HostStarter, workload: str, kind: FailureKind
) -> None:
    site.install_renderer("good", more=RESPONDING)
    host = await start_host()

    with pytest.raises(DriverError) as caught:
        await host.validate_intent("good", serving(workload), [])

    assert caught.value.failure.kind is kind
    assert len(await host.validate_intent("good", serving("w"), [FACT])) == 1


async def test_an_rpc_does_not_wait_behind_a_stuck_slice(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good", "while True: pass", more=RESPONDING)
    host = await start_host(time_limit=60 * SECOND)
    batch = asyncio.create_task(host.render("good", [destination("bad")]))

    for _ in range(20):
        await host.validate_intent("good", serving("w"), [])

    assert not batch.done()
    await host.stop()
    (result,) = await batch
    assert isinstance(result.outcome, Failure)
    assert result.outcome.kind is FailureKind.UNAVAILABLE, "a stop must not be held against a slice"


async def test_a_caller_that_goes_away_leaves_the_worker_in_step(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good")
    host = await start_host()
    batch = asyncio.create_task(host.render("good", [destination("gone")] * 200))
    await asyncio.sleep(0)

    batch.cancel()

    (manifest,) = (await _rendered(host, "mine")).manifests
    assert manifest.body["metadata"] == {"name": "mine", "namespace": "shop"}
    assert host.roster[0].restarts == 0


async def test_a_loop_that_stands_still_is_not_held_against_the_driver(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer("good")
    host = await start_host(time_limit=SECOND // 2)
    batch = asyncio.create_task(host.render("good", [destination("a"), destination("b")]))
    await asyncio.sleep(0)

    # Blocking on purpose: longer than the time limit, while the answers are long there.
    time.sleep(1.2)  # noqa: ASYNC251 - the event loop is what has to stand still

    assert all(isinstance(result.outcome, Rendering) for result in await batch)
    assert host.roster[0].restarts == 0


async def test_start_and_stop_may_overlap_and_leave_nothing(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install("slow", "while True: pass")
    starting = asyncio.create_task(start_host(load_limit=60 * SECOND))
    await until(lambda: bool(worker_processes()))
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting


async def test_settings_reach_the_driver_and_wrong_ones_refuse_it(
    site: DriverSite, start_host: HostStarter
) -> None:
    configured = """
@hookimpl
def trafficctl_configure(settings: Mapping[str, str], host: Host) -> Sequence[Violation]:
    host.log("configured", server=host.version)
    return [Violation(field=k, rule="unknown", description="no such setting") for k in settings]
"""
    site.install_renderer("one", more=configured)
    site.install_renderer("two", more=configured)

    host = await start_host(options={"two": {"colour": "red"}}, server_version="9.9")

    one, two = host.roster
    assert one.state is DriverState.LOADED
    assert two.refusal == "its settings are wrong: colour: no such setting"


async def test_ill_health_is_shown_and_may_use_the_network(
    site: DriverSite, start_host: HostStarter
) -> None:
    site.install_renderer(
        "ill",
        more="""
@hookimpl
async def trafficctl_check_health() -> str:
    import socket
    return f"the zone of {socket.getaddrinfo('127.0.0.1', 53)[0][4][0]} is gone"
""",
    )
    host = await start_host()

    await until(lambda: host.roster[0].state is DriverState.DEGRADED)

    assert host.roster[0].health == "the zone of 127.0.0.1 is gone"


async def test_secrets_of_the_server_are_not_in_a_workers_environment(
    site: DriverSite, start_host: HostStarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAFFICCTL_STORE__KEY", "hunter2")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter3")
    site.install_renderer("curious", "import os; raise ValueError(sorted(os.environ), os.getcwd())")
    host = await start_host()

    (result,) = await host.render("curious", [destination("bad")])

    assert isinstance(result.outcome, Failure)
    assert "TRAFFICCTL" not in result.outcome.text
    assert "AWS" not in result.outcome.text
    assert "'/'" in result.outcome.text


async def test_the_rendering_version_follows_the_sources_and_the_options(
    site: DriverSite, start_host: HostStarter
) -> None:
    module = site.install_renderer("good")

    async def version(**settings: object) -> str:
        return (await start_host(**settings)).roster[0].rendering_version

    first = await version()
    assert await version() == first
    assert await version(options={"good": {"a": "b"}}) != first
    module.write_text(module.read_text() + "\n# edited\n")
    edited = await version()
    assert edited != first
    assert edited.startswith("1.0+")
