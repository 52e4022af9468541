"""The kit fails each broken driver for what is wrong with it, and for nothing else."""

import pytest
from hypothesis import given, settings
from trafficctl_sdk import TrafficSlice
from trafficctl_sdk.conformance.findings import State
from trafficctl_sdk.conformance.kit import Kit
from trafficctl_sdk.conformance.strategies import slices
from trafficctl_sdk.conformance.trial import Trial

from tests.conformance.drivers import INFO, Good

METHODS = {f"fields.intracluster.callers.access.http.{it}" for it in ("methods", "paths.exact")}
ACTIONS = {f"fields.intracluster.callers.access.action.{it}" for it in ("ALLOW", "DENY")}
BROKEN = {
    "clock": ({"render.pure"}, "calls time.time_ns"),
    "chance": ({"render.pure"}, "calls random."),
    "files": ({"render.pure"}, "calls os.stat"),
    "network": ({"render.pure"}, "calls socket."),
    "threads": ({"render.pure"}, "calls threading.Thread.start"),
    "inputs": ({"render.inputs"}, "changes the slice"),
    "counter": ({"render.repeats"}, "manifests[0].body.spec.count: "),
    "shared": ({"render.owned"}, "manifests[0].body.spec.extra.strict: "),
    "remembering": ({"render.independent"}, "manifests[0].body.spec.seen: "),
    "ordered": ({"render.order"}, "manifests[0].body.spec.rules[0]: "),
    "hashed": ({"render.process"}, "another process gives other bytes"),
    "zoned": ({"render.process"}, "another process gives other bytes"),
    "ignoring": (ACTIONS, "declared and ignored"),
    "idle": ({"fields.intracluster.mutual_tls.mode.PERMISSIVE"}, "nothing is rendered for it"),
    "mixing": ({"render.mixes"}, "LookupError: no plaintext with methods"),
    "refusing": (METHODS, "declared and always refused"),
    "vague": (
        {*ACTIONS, *METHODS},
        "the violation names 'spec.rules'",
    ),
    "nobody": ({"fields.intracluster.callers.workload.workload"}, "audit instead of page"),
    "renaming": ({"names.stable"}, "Guard shop/reviews-"),
    "colliding": ({"names.distinct"}, "Guard shop-reviews-reviews is rendered for workload:shop"),
    "long": ({"names.distinct"}, "a long name makes it illegal"),
    "trespassing": ({"names.own"}, "Guard kube-system/reviews-"),
    "owning": ({"names.own"}, "Namespace shop is a user's"),
    "closing": ({"waves"}, "its effect is CLOSES"),
    "opening": ({"waves"}, "Wall is deny-all, and no effect is CLOSES"),
    "quadratic": ({"time.growth"}, "grows faster than the callers"),
    "labelling": ({"render.answers"}, "'trafficctl.dev/owner' is the host's"),
    "failing": ({"render.answers"}, "KeyError: 'DENY'"),
    "misspelt": ({"info.declaration"}, "intracluster.ports has no 'prot'"),
    "unmarked": ({"info.hooks"}, "trafficctl_check_health lacks @hookimpl"),
    "circular": ({"info.facts"}, "mesh.version is produced and consumed"),
    "boasting": ({"render.scopes"}, "scope_kinds names namespace"),
    "trusting": ({"explain.agrees"}, "GET /books by audit is ALLOWED"),
    "silent": ({"explain.agrees"}, "a verdict has a text for people"),
    "inventing": ({"explain.agrees"}, "west/Guard/shop/dream decides, and no such object"),
    "dated": ({"explain.pure"}, "trafficctl_explain calls datetime.now"),
    "hasty": ({"explain.pure"}, "many calls together get other verdicts"),
    "moody": ({"validate.pure"}, "trafficctl_validate_intent calls random."),
    "forgetful": ({"validate.pure"}, "says something else when it is asked again"),
    "misleading": ({"validate.answers"}, "'spec.http', which the intent does not say"),
}


def failures(driver: str, known: dict[str, str] | None = None) -> dict[str, str]:
    """Give the texts of the checks that fail, by id."""
    trial = Trial(driver=f"tests.conformance.drivers:{driver}", examples=5)
    kit = Kit(trial, known or {})
    findings = [kit.find(it) for it in kit.ids()]
    return {it.check: it.text for it in findings if it.state is State.FAILED}


@pytest.mark.parametrize("driver", ["good", "explaining"])
def test_a_good_driver_passes(driver: str) -> None:
    assert failures(driver) == {}


@pytest.mark.parametrize("driver", BROKEN)
def test_a_broken_driver_fails_for_what_is_wrong_with_it(driver: str) -> None:
    checks, text = BROKEN[driver]
    found = failures(driver)
    assert found.keys() == checks
    for said in found.values():
        assert text in said
        what, where = said.split("\n")
        assert what
        assert where


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(traffic_slice=slices(INFO))
def test_a_driver_can_draw_slices_for_properties_of_its_own(traffic_slice: TrafficSlice) -> None:
    (guard,) = Good().trafficctl_render_slice(traffic_slice).manifests
    assert traffic_slice.workload is not None
    assert len(guard.body["spec"]["modes"]) == len(traffic_slice.workload.mutual_tls)  # type: ignore[index] # a Guard's spec


@pytest.mark.crash
def test_a_slow_driver_fails_by_its_processor_time() -> None:
    assert failures("slow").keys() == {"time.bounded"}


def test_what_is_known_to_fail_must_fail() -> None:
    reason = "needs the next version of the mesh"
    assert failures("closing", {"waves": reason}) == {}
    (text,) = failures("good", {"waves": reason}).values()
    assert text.startswith(f"it is listed as known to fail ({reason}), and does not")
    (text,) = failures("good", {"wave": reason}).values()
    assert text.startswith("it is listed as known to fail")


def test_a_driver_that_is_not_there_is_said_so_and_nothing_else() -> None:
    kit = Kit(Trial(driver="absent"), {})
    first, *others = [kit.find(it) for it in kit.ids()]
    assert first.text.startswith("no driver 'absent' is installed here")
    assert {it.state for it in others} == {State.SKIPPED}
