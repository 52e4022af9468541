"""What is said of a request before anybody looks at what it asks for."""

import pytest
from trafficctl.v2.intercluster_intent_pb2 import (
    CreateInterclusterIntentRequest,
    InterclusterIntent,
)
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.checks import model_of, refuse, request_violations
from trafficctl_server.intents.failures import Violations


def violation(field: str, rule: str) -> Violation:
    return Violation(field=field, rule=rule, description="")


def test_nothing_wrong_is_not_refused() -> None:
    refuse((), [])


def test_everything_is_refused_at_once_and_each_field_once() -> None:
    with pytest.raises(Violations) as error:
        refuse([violation("a", "1"), violation("a", "2")], (), [violation("a", "3")])
    assert [it.rule for it in error.value.violations] == ["1", "2"]
    with pytest.raises(Violations) as error:
        refuse([violation("a", "1")], [violation("b", "2")])
    assert [it.field for it in error.value.violations] == ["a", "b"]


def test_paths_below_the_resource_begin_there_and_others_at_the_request() -> None:
    request = CreateInterclusterIntentRequest(parent="", intercluster_intent_id="UPPER")
    request.intercluster_intent.ports.add(port=99999)
    fields = {it.field for it in request_violations(request, "intercluster_intent")}
    assert {"parent", "intercluster_intent_id", "ports[0].port"} <= fields
    assert not any(it.startswith("intercluster_intent.") for it in fields)


def test_an_enum_number_that_means_nothing_is_a_violation_with_its_path() -> None:
    message = InterclusterIntent()
    message.ports.add(protocol=99)  # as a newer client may
    with pytest.raises(Violations) as error:
        model_of(message, "requests[3].")
    assert [it.field for it in error.value.violations] == ["requests[3].ports[0].protocol"]
