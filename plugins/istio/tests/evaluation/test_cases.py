"""Each table of ``cases/`` is what real proxies answered, or what Istio's documentation says."""

from dataclasses import replace
from typing import Any

from trafficctl_istio import evaluation
from trafficctl_istio.evaluation import Mesh
from trafficctl_sdk.explain import ExplainRequest, Verdict


def test_a_call_ends_as_it_did_on_real_proxies(asked: str, answer: Any, verdict: Verdict) -> None:
    wanted = answer if isinstance(answer, dict) else {"is": answer}
    assert told(verdict, str(wanted["is"])) == wanted["is"], (asked, verdict.text)
    if "via" in wanted:
        assert [it.kind.value for it in verdict.hops] == wanted["via"]
    if "as" in wanted:
        assert verdict.hops[-1].identity == wanted["as"]
    if "tls" in wanted:
        assert [it.tls.value for it in verdict.hops] == wanted["tls"]
    if "decided_by" in wanted:
        assert set(wanted["decided_by"]) <= {it for hop in verdict.hops for it in hop.objects}
    if "missing" in wanted:
        assert [it.kind for it in verdict.missing] == wanted["missing"]
    assert wanted.get("says", "") in verdict.text


def test_the_order_of_objects_changes_nothing(
    asked: str, answer: Any, verdict: Verdict, turned: Verdict
) -> None:
    assert turned == verdict, (asked, answer)
    assert sum(it.weight for it in verdict.landings) in {0, 100}


def test_many_calls_fare_together_as_one_by_one(mesh: Mesh, crossed: list[ExplainRequest]) -> None:
    """What was followed before changes nothing, and neither do requests that are alike."""
    alone = [evaluation.explain(replace(mesh, steps={}), it) for it in crossed]
    assert list(evaluation.explain_all(mesh, crossed)) == alone
    assert [evaluation.explain(mesh, it) for it in reversed(crossed)] == alone[::-1]


def told(verdict: Verdict, wanted: str) -> str:
    """Write a verdict as the tables do, in as much detail as is wanted."""
    if " at " not in wanted:
        return verdict.kind.value
    shares = "%" in wanted
    landings = [
        f"{it.cluster or it.host}:{it.port}"
        + (f"/{it.subset}" if it.subset else "")
        + (f" {it.weight}%" if shares else "")
        for it in verdict.landings
    ]
    return f"{verdict.kind.value} at {', '.join(landings)}"
