import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk.codec import leaves, patterns, to_json
from trafficctl_sdk.model.access import (
    AccessRule,
    Caller,
    EgressPath,
    HttpOperation,
    PathMatch,
    WorkloadRef,
)
from trafficctl_sdk.model.common import ClusterSelector, IntentPort, Protocol
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from tests.contract.protos.strategies import examples, instances, model_classes


def rows(message: object) -> list[tuple[str, str]]:
    return [(leaf.path, leaf.pattern) for leaf in leaves(message)]


def test_leaves_are_named_as_clients_and_drivers_name_them() -> None:
    intent = InterclusterIntent(
        ports=(IntentPort(port=80), IntentPort(port=81, protocol=Protocol.Value.HTTP)),
        callers=(
            Caller(
                workload=WorkloadRef(workload="cart"),
                access=(
                    AccessRule(all_requests=AccessRule.AllRequests()),
                    AccessRule(
                        action=AccessRule.Action.DENY,
                        http=HttpOperation(methods=("GET", "*"), paths=(PathMatch(prefix="/a"),)),
                    ),
                ),
                egress=EgressPath(dedicated_gateway=EgressPath.DedicatedGateway(min_replicas=2)),
            ),
        ),
        clusters=ClusterSelector(
            labels=ClusterSelector.Labels(match_labels={'a.b/"c"': "d"}),
        ),
    )
    rule = "callers[0].access[1]"
    assert rows(intent) == [
        ("ports[0].port", "ports.port"),
        ("ports[1].port", "ports.port"),
        ("ports[1].protocol", "ports.protocol.HTTP"),
        ("callers[0].workload.workload", "callers.workload.workload"),
        ("callers[0].access[0].all_requests", "callers.access.all_requests"),
        (f"{rule}.action", "callers.access.action.DENY"),
        (f"{rule}.http.methods[0]", "callers.access.http.methods"),
        (f"{rule}.http.methods[1]", "callers.access.http.methods"),
        (f"{rule}.http.paths[0].prefix", "callers.access.http.paths.prefix"),
        (
            "callers[0].egress.dedicated_gateway.min_replicas",
            "callers.egress.dedicated_gateway.min_replicas",
        ),
        ('clusters.labels.match_labels["a.b/\\"c\\""]', "clusters.labels.match_labels"),
    ]


def test_values_stand_beside_their_paths() -> None:
    values = [leaf.value for leaf in leaves(IntentPort(port=80, protocol=Protocol.Value.TCP))]
    assert values == [80, Protocol.Value.TCP]


def test_a_message_with_nothing_in_it_is_a_leaf_wherever_it_stands() -> None:
    sidecar = EgressPath(sidecar=EgressPath.Sidecar())
    assert [leaf.value for leaf in leaves(sidecar)] == [EgressPath.Sidecar()]
    assert rows(InterclusterIntent(ports=(IntentPort(),))) == [("ports[0]", "ports")]
    assert rows(InterclusterIntent()) == []


def written(value: Any, path: str) -> list[str]:
    """Give the paths of everything that the JSON form says, found without looking at classes."""
    if isinstance(value, dict) and value:
        return [p for key, item in value.items() for p in written(item, f"{path}/{key}")]
    if isinstance(value, list):
        return [p for index, item in enumerate(value) for p in written(item, f"{path}/{index}")]
    return [path]


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: str(cls.__qualname__))
@given(data=st.data())
@examples(5)
def test_every_thing_that_is_set_is_a_leaf_once(cls: type, data: st.DataObject) -> None:
    message = data.draw(instances(cls, depth=1))
    found = [leaf.path for leaf in leaves(message)]
    assert len(found) == len(set(found))
    told = to_json(message)
    assert len(found) == len([path for path in written(told, "") if path])


@given(instances(InterclusterIntent))
@examples(20)
def test_a_pattern_is_its_path_without_indexes_and_keys(intent: InterclusterIntent) -> None:
    for leaf in leaves(intent):
        plain = re.sub(r'\["(?:[^"\\]|\\.)*"\]|\[\d+\]', "", leaf.path)
        enum = isinstance(leaf.value, str) and leaf.pattern == f"{plain}.{leaf.value}"
        assert leaf.pattern == plain or enum
        assert json.dumps(leaf.pattern)


@examples(60)
@given(message=st.sampled_from(model_classes()).flatmap(instances))
def test_patterns_are_those_of_all_leaves(message: object) -> None:
    assert patterns(message) == {leaf.pattern for leaf in leaves(message)}
