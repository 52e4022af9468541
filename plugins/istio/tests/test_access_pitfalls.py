"""Istio's traps around access policies: tokens, addresses of clients, ports of bytes."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from trafficctl_istio.plugin import trafficctl_render_slice
from trafficctl_sdk.slices import TrafficSlice

CASES: Final = ("workload", "workload-open", "workload-outside", "workload-tokens")
INGRESS: Final = "cluster.local/ns/ingress/sa/ing"

Rendered = dict[str, list[tuple[int, Any]]]


@pytest.fixture(scope="module")
def rendered(case: Callable[[str], TrafficSlice]) -> Rendered:
    """Give wave and object of everything at a workload, by case."""
    return {
        name: [(one.wave, one.body) for one in trafficctl_render_slice(case(name)).manifests]
        for name in CASES
    }


def of_kind(rendered: Rendered, kind: str, *names: str) -> list[Any]:
    found = [body for name in names or CASES for _, body in rendered[name] if body["kind"] == kind]
    assert found
    return found


def sources(rule: Any) -> list[Any]:
    return [one["source"] for one in rule.get("from", [])]


def test_what_clients_say_of_themselves_counts_behind_a_gateway_only(rendered: Rendered) -> None:
    """Anybody in the mesh can write X-Forwarded-For; the gateway adds what it saw."""
    told = [
        source
        for policy in of_kind(rendered, "AuthorizationPolicy")
        for rule in policy["spec"]["rules"]
        for source in sources(rule)
        if "remoteIpBlocks" in source
    ]
    assert told
    assert all(source["principals"] == [INGRESS] for source in told)


def test_conditions_share_no_rule_with_ports_of_bytes(rendered: Rendered) -> None:
    """There an ALLOW with conditions matches nothing, and a DENY everything."""
    seen = 0
    for policy in of_kind(rendered, "AuthorizationPolicy", "workload-outside"):
        for rule in policy["spec"]["rules"]:
            if "when" in rule or any(set(source) != {"principals"} for source in sources(rule)):
                assert all(to["operation"]["ports"] == ["8080"] for to in rule["to"])
                seen += 1
    assert seen


def test_a_deny_is_not_dodged_by_a_token_without_a_subject(rendered: Rendered) -> None:
    for policy in of_kind(rendered, "AuthorizationPolicy", "workload-outside", "workload-tokens"):
        if policy["spec"]["action"] == "DENY":
            for rule in policy["spec"]["rules"]:
                assert not any("requestPrincipals" in source for source in sources(rule))


def test_tokens_are_checked_before_a_policy_asks_for_them(rendered: Rendered) -> None:
    for name in ("workload-tokens", "workload-outside"):
        checked = [wave for wave, body in rendered[name] if body["kind"] == "RequestAuthentication"]
        asked = [wave for wave, body in rendered[name] if body["kind"] == "AuthorizationPolicy"]
        assert max(checked) < min(asked)


def test_tokens_are_checked_at_the_selected_pods_only(rendered: Rendered) -> None:
    for checks in of_kind(rendered, "RequestAuthentication", "workload-tokens", "workload-outside"):
        assert checks["spec"]["selector"]["matchLabels"]


def test_tokens_are_looked_for_where_the_intent_says_and_nowhere_else(rendered: Rendered) -> None:
    """Left out, Istio would take a token from a query parameter, which logs keep."""
    for checks in of_kind(rendered, "RequestAuthentication", "workload-tokens", "workload-outside"):
        for rule in checks["spec"]["jwtRules"]:
            assert {"fromHeaders", "fromParams", "fromCookies"} & set(rule)


def test_a_workload_has_one_policy_for_each_action(rendered: Rendered) -> None:
    for name in CASES:
        actions = [
            body["spec"]["action"]
            for _, body in rendered[name]
            if body["kind"] == "AuthorizationPolicy"
        ]
        assert len(actions) == len(set(actions))
