"""Update masks on messages: what is replaced, what stays, what is refused."""

from typing import Any

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st
from trafficctl.v2.intercluster_intent_pb2 import InterclusterIntent

from trafficctl_server.api.field_masks import mask_violations, merge

STORED = {
    "name": "n",
    "displayName": "old",
    "labels": {"a": "1", "b": "2"},
    "ports": [{"port": 80}, {"port": 81}],
    "mutualTls": {"mode": "STRICT", "plaintextQuietPeriod": "60s"},
    "trafficPolicy": {"loadBalancing": {"random": {}}, "timeout": "1s"},
}


def message(**fields: Any) -> InterclusterIntent:
    return json_format.ParseDict(fields, InterclusterIntent())


def merged(wish: dict[str, Any], *paths: str) -> dict[str, Any]:
    return json_format.MessageToDict(merge(message(**STORED), message(**wish), paths))


def wrong(*paths: str) -> list[str]:
    descriptor: Any = InterclusterIntent.DESCRIPTOR
    return [it.rule for it in mask_violations(descriptor, paths, "update_mask")]


def test_without_a_mask_every_set_field_replaces_and_the_rest_stays() -> None:
    found = merged({"displayName": "new", "ports": [{"port": 90}], "labels": {"c": "3"}})
    assert found == STORED | {
        "displayName": "new",
        "ports": [{"port": 90}],
        "labels": {"c": "3"},
    }


def test_a_star_replaces_all_and_clears_what_is_not_sent() -> None:
    assert merged({"displayName": "new"}, "*") == {"name": "n", "displayName": "new"}


def test_a_named_field_that_is_not_sent_is_cleared() -> None:
    found = merged({}, "labels", "traffic_policy")
    assert found == {key: STORED[key] for key in ("name", "displayName", "ports", "mutualTls")}


def test_a_path_goes_through_messages_and_leaves_their_other_fields() -> None:
    found = merged({"mutualTls": {"mode": "PERMISSIVE"}}, "mutual_tls.mode")
    assert found["mutualTls"] == {"mode": "PERMISSIVE", "plaintextQuietPeriod": "60s"}
    found = merged({}, "mutual_tls.mode")
    assert found["mutualTls"] == {"plaintextQuietPeriod": "60s"}


def test_an_empty_branch_of_a_oneof_takes_the_place_of_another() -> None:
    wish: dict[str, Any] = {"trafficPolicy": {"loadBalancing": {"roundRobin": {}}}}
    found = merged(wish, "traffic_policy.load_balancing.round_robin")
    assert found["trafficPolicy"] == {"loadBalancing": {"roundRobin": {}}, "timeout": "1s"}


def test_name_and_etag_in_a_mask_change_nothing() -> None:
    assert wrong("name", "etag") == []
    assert merged({"name": "other", "etag": "e"}, "name", "etag") == STORED


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "nothing",
        "displayName",
        "mutual_tls.",
        "mutual_tls.nothing",
        "ports.port",
        "labels.a",
        "display_name.x",
        "mutual_tls.plaintext_quiet_period.seconds.x",
        "uid",
        "state",
        "counts.total",
        "ports[0]",
        "*.name",
        "labels.`a`",
    ],
)
def test_paths_to_nowhere_and_to_outputs_are_refused(path: str) -> None:
    assert wrong(path) == ["update_mask.path"]


def test_a_star_stands_alone() -> None:
    assert wrong("*") == []
    assert wrong("*", "display_name") == ["update_mask.all"]


FIELDS = sorted(it.name for it in InterclusterIntent.DESCRIPTOR.fields)


@given(st.lists(st.sampled_from(FIELDS), unique=True))
def test_a_mask_changes_what_it_names_and_nothing_else(paths: list[str]) -> None:
    able = [it for it in paths if not wrong(it)]
    stored, wish = message(**STORED), message(displayName="new", ports=[{"port": 1}], name="n")
    found = merge(stored, wish, able or ["name"])
    for name in FIELDS:
        taken = wish if name in able and name != "name" else stored
        assert getattr(found, name) == getattr(taken, name)


@given(st.text())
def test_any_text_as_path_is_judged(path: str) -> None:
    if not wrong(path) and path != "*":
        merge(message(**STORED), message(), [path])
