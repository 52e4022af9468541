from typing import Any

import pytest
from google.protobuf.message import DecodeError
from google.protobuf.message_factory import GetMessageClass
from hypothesis import given
from hypothesis import strategies as st
from trafficctl.v2 import (
    access_pb2,
    common_pb2,
    dns_provider_intent_pb2,
    intercluster_intent_pb2,
    watch_pb2,
)
from trafficctl_sdk.errors import Violation

from tests.contract.protos.interface import requests
from tests.contract.protos.strategies import examples
from trafficctl_server.api.validation import violations


def good() -> intercluster_intent_pb2.CreateInterclusterIntentRequest:
    group = "projects/p/resourceBundles/b/versions/v1/trafficIntentGroups/g"
    request = intercluster_intent_pb2.CreateInterclusterIntentRequest(
        parent=group, intercluster_intent_id="orders"
    )
    intent = request.intercluster_intent
    intent.destination.workload = "orders"
    intent.ports.add(port=80, protocol=common_pb2.Protocol.HTTP)
    rule = intent.callers.add(workload=access_pb2.WorkloadRef(workload="cart")).access.add()
    rule.action = access_pb2.AccessRule.ALLOW
    rule.all_requests.SetInParent()
    return request


def places(message: Any) -> list[tuple[str, str]]:
    return [(violation.field, violation.rule) for violation in violations(message)]


def test_a_good_request_has_no_violations() -> None:
    assert violations(good()) == ()


def test_all_violations_come_at_once_with_their_places() -> None:
    request = good()
    request.intercluster_intent_id = "Not An Id"
    request.request_id = "7"
    intent = request.intercluster_intent
    intent.ports[0].port = 70_000
    intent.ports.add(port=70_000)
    intent.callers.add()
    intent.labels["ok"] = "not ok"
    intent.labels["trafficctl.dev/x"] = "y"
    assert places(request) == [
        ("intercluster_intent_id", "string.pattern"),
        ("intercluster_intent", "ports.unique"),
        ('intercluster_intent.labels["ok"]', "string.pattern"),
        ('intercluster_intent.labels["trafficctl.dev/x"]', "labels.reserved"),
        ("intercluster_intent.ports[0].port", "uint32.lte"),
        ("intercluster_intent.ports[1].port", "uint32.lte"),
        ("intercluster_intent.callers[1].from", "required"),
        ("intercluster_intent.callers[1].access", "repeated.min_items"),
        ("request_id", "string.uuid"),
    ]


def test_a_violation_says_what_is_wrong() -> None:
    request = good()
    request.intercluster_intent.ports[0].port = 0
    assert violations(request) == (
        Violation(
            field="intercluster_intent.ports[0].port",
            rule="required",
            description="value is required",
        ),
    )


def test_a_bad_key_is_told_from_a_bad_value() -> None:
    request = good()
    request.intercluster_intent.labels["-"] = "a"
    (violation,) = violations(request)
    assert violation.field == 'intercluster_intent.labels["-"]'
    assert violation.description.startswith("the key ")


def test_a_rule_over_the_message_itself_has_no_place() -> None:
    selector = common_pb2.ClusterSelector.Labels()
    assert places(selector) == [("", "labels.at_least_one")]


@pytest.mark.parametrize(
    "request_class",
    [GetMessageClass(it) for it in requests()],
    ids=lambda cls: str(cls.__name__),
)
@given(data=st.binary(max_size=64))
@examples(20)
def test_no_bytes_make_validation_fail(request_class: Any, data: bytes) -> None:
    request = request_class()
    try:
        request.MergeFromString(data)
    except DecodeError:
        return  # what cannot be parsed is refused before
    for violation in violations(request):
        assert violation.rule


@pytest.mark.parametrize("seconds", [2**62, -(2**62)])
def test_times_far_out_of_range_are_violations(seconds: int) -> None:
    request = watch_pb2.WatchRequest(parents=["clusters/-"], types=["Cluster"])
    request.progress_interval.seconds = seconds
    assert "progress_interval" in [violation.field for violation in violations(request)]


@pytest.mark.parametrize("seconds", [2**62, -(2**62), 315_576_000_001])
def test_a_time_that_no_rule_can_work_with_is_named(seconds: int) -> None:
    request = dns_provider_intent_pb2.CreateDnsProviderIntentRequest()
    request.dns_provider_intent.ttl.seconds = seconds
    assert places(request) == [("dns_provider_intent.ttl", "time.range")]
