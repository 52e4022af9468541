from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message_factory import GetMessageClass
from google.rpc.error_details_pb2 import ErrorInfo
from google.rpc.status_pb2 import Status
from hypothesis import given
from hypothesis import strategies as st
from trafficctl.v2 import (
    access_pb2,
    common_pb2,
    convergence_pb2,
    dns_provider_intent_pb2,
    intercluster_intent_pb2,
    tls_pb2,
    traffic_policy_pb2,
)
from trafficctl_sdk.model.access import AccessRule, EgressPath
from trafficctl_sdk.model.common import Protocol, SafetyBrake
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.dns_provider_intent import DnsProviderIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.tls import CertificateSource, MutualTls
from trafficctl_sdk.rpc_status import RpcStatus

from tests.contract.protos.interface import messages
from tests.contract.protos.strategies import examples, instances, model_classes
from trafficctl_server.api.messages import UnknownValueError, to_message, to_model
from trafficctl_server.api.unknown_fields import unknown_fields

BY_NAME = {message.full_name: message for message in messages()}
SECOND = 1_000_000_000


def message_class(cls: type) -> Any:
    return GetMessageClass(BY_NAME[f"trafficctl.v2.{cls.__qualname__}"])


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: str(cls.__qualname__))
@given(data=st.data())
@examples(8)
def test_messages_carry_everything_both_ways(cls: type, data: st.DataObject) -> None:
    obj = data.draw(instances(cls, depth=1))
    message = to_message(obj, message_class(cls), secrets=True)
    sent = type(message).FromString(message.SerializeToString())
    assert to_model(sent) == obj
    assert unknown_fields(sent) == []


@given(instances(InterclusterIntent))
@examples(30)
def test_deep_messages_carry_everything_too(intent: InterclusterIntent) -> None:
    message = to_message(intent, intercluster_intent_pb2.InterclusterIntent, secrets=True)
    assert to_model(message) == intent


def test_enums_meet_by_name_and_unspecified_is_none() -> None:
    port = common_pb2.IntentPort(port=80, protocol=common_pb2.Protocol.GRPC_WEB)
    assert to_model(port).protocol is Protocol.Value.GRPC_WEB
    assert to_model(common_pb2.IntentPort(port=80)).protocol is None


def test_zero_and_absent_stay_apart_where_they_differ() -> None:
    assert to_model(common_pb2.SafetyBrake(max_delete_percent=0)).max_delete_percent == 0
    assert to_model(common_pb2.SafetyBrake()).max_delete_percent is None
    brake = to_message(SafetyBrake(max_delete_percent=0), common_pb2.SafetyBrake)
    assert brake.HasField("max_delete_percent")
    assert not brake.HasField("minimum_owned")


def test_an_empty_branch_is_chosen_all_the_same() -> None:
    rule = to_message(AccessRule(all_requests=AccessRule.AllRequests()), access_pb2.AccessRule)
    assert rule.WhichOneof("operation") == "all_requests"
    path = access_pb2.EgressPath()
    path.sidecar.SetInParent()
    assert to_model(path) == EgressPath(sidecar=EgressPath.Sidecar())


@pytest.mark.parametrize(
    ("nanoseconds", "seconds", "nanos"),
    [(0, 0, 0), (1, 0, 1), (90 * SECOND + 5, 90, 5), (-SECOND - 1, -1, -1), (-1, 0, -1)],
)
def test_durations_are_nanoseconds(nanoseconds: int, seconds: int, nanos: int) -> None:
    message = to_message(MutualTls(plaintext_quiet_period=nanoseconds), tls_pb2.MutualTls)
    assert message.plaintext_quiet_period == Duration(seconds=seconds, nanos=nanos)
    assert message.HasField("plaintext_quiet_period")
    assert to_model(message).plaintext_quiet_period == nanoseconds


@pytest.mark.parametrize(
    ("nanoseconds", "seconds", "nanos"),
    [(0, 0, 0), (1_700_000_000 * SECOND + 7, 1_700_000_000, 7), (-1, -1, 999_999_999)],
)
def test_times_are_nanoseconds_since_the_epoch(nanoseconds: int, seconds: int, nanos: int) -> None:
    obj = Convergence(accepted_time=nanoseconds)
    message = to_message(obj, convergence_pb2.Convergence)
    assert (message.accepted_time.seconds, message.accepted_time.nanos) == (seconds, nanos)
    assert to_model(message) == obj


def test_a_status_keeps_its_reason() -> None:
    obj = Convergence(error=RpcStatus(code=9, message="held", reason="BRAKE_TRIPPED"))
    message = to_message(obj, convergence_pb2.Convergence)
    info = ErrorInfo()
    assert message.error.details[0].Unpack(info)
    assert (info.reason, info.domain) == ("BRAKE_TRIPPED", "trafficctl.dev")
    assert to_model(message) == obj


def test_other_details_of_a_status_are_dropped() -> None:
    status = Status(code=5, message="gone")
    status.details.add().Pack(Duration(seconds=1))
    message = convergence_pb2.Convergence(error=status)
    assert to_model(message).error == RpcStatus(code=5, message="gone")


def test_answers_have_no_secrets_unless_asked() -> None:
    source = CertificateSource(
        inline=CertificateSource.Inline(certificate_chain="public", private_key="hidden")
    )
    assert to_message(source, tls_pb2.CertificateSource).inline.certificate_chain == "public"
    assert b"hidden" not in to_message(source, tls_pb2.CertificateSource).SerializeToString()
    assert to_message(source, tls_pb2.CertificateSource, secrets=True).inline.private_key


def test_a_secret_alternative_is_not_even_named_in_answers() -> None:
    intent = DnsProviderIntent(server_secret=DnsProviderIntent.ServerSecret(name="route53"))
    answer = to_message(intent, dns_provider_intent_pb2.DnsProviderIntent)
    assert answer.WhichOneof("credentials") is None


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("ports[1].protocol", 99),
        ("callers[0].access[0].action", -1),
        ("traffic_policy.retries.conditions[1]", 0),
        ("termination", 77),
    ],
)
def test_numbers_of_no_enum_value_are_named(path: str, number: int) -> None:
    intent = intercluster_intent_pb2.InterclusterIntent()
    intent.ports.add()
    intent.ports.add(protocol=99 if path.startswith("ports") else 0)
    intent.callers.add().access.add(action=-1 if path.startswith("callers") else 0)
    if path.startswith("traffic_policy"):
        reset = traffic_policy_pb2.TrafficPolicy.Retries.RESET
        intent.traffic_policy.retries.conditions.extend([reset, 0])  # type: ignore[list-item] # on purpose
    if path == "termination":
        intent.termination = 77  # type: ignore[assignment] # on purpose
    with pytest.raises(UnknownValueError) as caught:
        to_model(intent)
    assert caught.value.path == path
    assert f"no value {number}" in str(caught.value)


@pytest.mark.parametrize(
    "message",
    [intercluster_intent_pb2.GetInterclusterIntentRequest(), Duration(), Status()],
    ids=lambda message: type(message).__name__,
)
def test_messages_without_a_class_are_refused(message: Any) -> None:
    with pytest.raises(TypeError, match="has no class in the model"):
        to_model(message)


def test_an_object_goes_into_its_own_message_only() -> None:
    with pytest.raises(TypeError, match="SafetyBrake is not the class of"):
        to_message(SafetyBrake(), common_pb2.IntentPort)


def test_a_number_too_large_for_its_field_is_refused() -> None:
    with pytest.raises(ValueError, match="out of range"):
        to_message(SafetyBrake(minimum_owned=2**32), common_pb2.SafetyBrake)


def field(number: int) -> bytes:
    """Give a varint field as an unknown client would send it."""
    key = number << 3
    return bytes([key & 0x7F | 0x80, key >> 7, 1])


def test_unknown_fields_are_found_at_any_depth() -> None:
    intent = intercluster_intent_pb2.InterclusterIntent()
    intent.MergeFromString(field(900))
    intent.destination.MergeFromString(field(901))
    intent.ports.add()
    intent.ports.add().MergeFromString(field(902))
    request = intercluster_intent_pb2.CreateInterclusterIntentRequest(intercluster_intent=intent)
    assert unknown_fields(request) == [
        "intercluster_intent.900",
        "intercluster_intent.destination.901",
        "intercluster_intent.ports[1].902",
    ]


def test_looking_for_unknown_fields_leaves_them() -> None:
    port = common_pb2.IntentPort(port=1)
    port.MergeFromString(field(900))
    before = port.SerializeToString()
    assert unknown_fields(port) == ["900"]
    assert port.SerializeToString() == before


def test_labels_are_not_taken_for_unknown_fields() -> None:
    intent = intercluster_intent_pb2.InterclusterIntent(labels={"a": "b"})
    intent.MergeFromString(field(900))
    assert unknown_fields(intent) == ["900"]


def test_small_messages_that_are_alike_are_one_object_unless_they_can_be_changed() -> None:
    labels = common_pb2.ClusterSelector.Labels(match_labels={"tier": "edge"})
    rule = access_pb2.AccessRule(action=access_pb2.AccessRule.ALLOW)
    one, other = (
        to_model(
            intercluster_intent_pb2.InterclusterIntent(
                name=name,
                clusters=common_pb2.ClusterSelector(labels=labels),
                callers=[access_pb2.Caller(access=[rule])],
            )
        )
        for name in ("a", "b")
    )
    assert one.callers[0].access[0] is other.callers[0].access[0]
    assert one.clusters == other.clusters
    assert one.clusters.labels is not other.clusters.labels
    assert one.clusters.labels.match_labels is not other.clusters.labels.match_labels
