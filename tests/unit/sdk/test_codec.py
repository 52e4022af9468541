import base64
import dataclasses
import hashlib
import json
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk import driver_info, errors, explain, facts, manifests, records, slices
from trafficctl_sdk.codec import DecodeError, canonical, digest, from_json, to_json
from trafficctl_sdk.driver_info import Capability, DriverInfo, Support
from trafficctl_sdk.facts import Fact, FactSource
from trafficctl_sdk.manifests import Manifest, Record
from trafficctl_sdk.model.access import AccessRule, Caller, EgressPath, HttpOperation, PathMatch
from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.common import Protocol, SafetyBrake, Toggle
from trafficctl_sdk.model.dns_provider_intent import DnsProviderIntent
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent
from trafficctl_sdk.model.tls import CertificateSource
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

from tests.contract.protos.strategies import examples, instances, model_classes

WRITTEN_BY_HAND = [
    value
    for module in (driver_info, errors, explain, facts, manifests, records, slices)
    for value in vars(module).values()
    if isinstance(value, type)
    and dataclasses.is_dataclass(value)
    and value.__module__ == module.__name__
]
ALL = [*model_classes(), *WRITTEN_BY_HAND]


def named(cls: type) -> str:
    return cls.__qualname__


def through_text(value: object) -> object:
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("cls", ALL, ids=named)
@given(data=st.data())
@examples(8)
def test_json_gives_back_what_was_written(cls: type, data: st.DataObject) -> None:
    message = data.draw(instances(cls, depth=1))
    assert from_json(cls, through_text(to_json(message))) == message


@given(st.one_of([instances(InterclusterIntent), instances(Cluster), instances(TrafficSlice)]))
@examples(40)
def test_deep_messages_come_back_too(message: object) -> None:
    assert from_json(type(message), through_text(to_json(message))) == message


@given(instances(InterclusterIntent))
@examples(20)
def test_canonical_bytes_depend_on_content_alone(intent: InterclusterIntent) -> None:
    again = from_json(InterclusterIntent, json.loads(canonical(intent)))
    reversed_labels = dict(reversed(list(intent.labels.items())))
    assert canonical(again) == canonical(intent)
    assert canonical(dataclasses.replace(intent, labels=reversed_labels)) == canonical(intent)


@given(instances(TrafficSlice, depth=1), instances(TrafficSlice, depth=1))
@examples(20)
def test_digests_tell_values_apart(one: TrafficSlice, other: TrafficSlice) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_what_is_not_said_is_not_written() -> None:
    rule = AccessRule(action=AccessRule.Action.ALLOW, http=HttpOperation(methods=("GET",)))
    assert to_json(rule) == {"action": "ALLOW", "http": {"methods": ["GET"]}}
    assert to_json(AccessRule()) == {}


def test_zero_is_said_where_it_differs_from_nothing() -> None:
    assert to_json(SafetyBrake(max_delete_percent=0)) == {"max_delete_percent": 0}
    assert to_json(EgressPath(sidecar=EgressPath.Sidecar())) == {"sidecar": {}}
    assert to_json(PathMatch(exact="")) == {"exact": ""}


def test_a_default_that_means_something_is_written_so_that_it_can_change() -> None:
    record = Record(zone="example.com", name="www", type="A", targets=("192.0.2.1",))
    assert to_json(record)["ttl"] == 300


def test_enums_are_written_by_name() -> None:
    scope = slices.Scope(kind=ScopeKind.EXPOSED_HOST, key="shop.example.com")
    assert to_json(scope) == {"kind": "EXPOSED_HOST", "key": "shop.example.com"}


def test_canonical_bytes_are_sorted_compact_utf8() -> None:
    fact = Fact(kind="b", subject="ä", value="1", source=FactSource.STATED)
    text = '{"kind":"b","source":"STATED","subject":"ä","value":"1"}'
    assert canonical(fact) == text.encode()
    assert digest(fact) == hashlib.sha256(text.encode()).hexdigest()
    assert canonical({"b": (1, 2), "a": None}) == b'{"a":null,"b":[1,2]}'


def test_raw_json_may_be_made_of_any_mapping() -> None:
    body = MappingProxyType({"spec": MappingProxyType({"hosts": ("a", "b")})})
    manifest = Manifest(body=body, wave=1)
    assert to_json(manifest)["body"] == {"spec": {"hosts": ["a", "b"]}}


@pytest.mark.parametrize("value", [{1: "a"}, {"a": object()}, {"a": {1, 2}}, {"a": b"b"}])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the interpreter's own texts
        canonical({"a": value})


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "expected an object"),
        ({"ports": {}}, "ports: expected a list"),
        ({"ports": [{}, {"port": "80"}]}, "ports[1].port: expected an integer"),
        ({"ports": [{"port": True}]}, "ports[0].port: expected an integer"),
        ({"ports": [{"protocol": "HTPP"}]}, "ports[0].protocol: expected one of HTTP,"),
        ({"ports": [{"protocol": 1}]}, "ports[0].protocol: expected one of HTTP,"),
        ({"ports": [{"prot": 1}]}, "ports[0].prot: IntentPort has no such field"),
        ({"labels": {"a.b": 1}}, 'labels["a.b"]: expected text'),
        ({"reconciling": 0}, "reconciling: expected true or false"),
        ({"name": None}, "name: expected text"),
        ({"destination": "x"}, "destination: expected an object"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(data: object, told: str) -> None:
    with pytest.raises(DecodeError) as caught:
        from_json(InterclusterIntent, data)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("cls", "data", "told"),
    [
        (Fact, {"kind": "a"}, "Fact needs source, subject, value"),
        (DriverInfo, {"name": "a", "hook_api": [1], "scope_kinds": []}, "hook_api: expected 2 it"),
        (CertificateSource.Inline, {"private_key": 1}, "private_key: expected text"),
        (DnsProviderIntent, {"tsig": {"secret": "%"}}, "tsig.secret: expected base64 text"),
        (DnsProviderIntent, {"tsig": {"secret": 1}}, "tsig.secret: expected base64 text"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_missing_and_malformed_values_are_named(cls: type, data: object, told: str) -> None:
    with pytest.raises(DecodeError) as caught:
        from_json(cls, data)
    assert str(caught.value).startswith(told)


def test_unknown_keys_are_passed_over_only_when_asked() -> None:
    data = {"name": "a", "later": {"x": 1}, "destination": {"workload": "w", "newer": 2}}
    read = from_json(InterclusterIntent, data, strict=False)
    assert read.name == "a"
    assert read.destination is not None
    assert read.destination.workload == "w"
    with pytest.raises(DecodeError):
        from_json(InterclusterIntent, data)


def seal(plain: bytes) -> str:
    return f"v1:{base64.b64encode(plain[::-1]).decode()}"


def unseal(text: str) -> bytes:
    return base64.b64decode(text.removeprefix("v1:"))[::-1]


INTENT_WITH_KEYS = DnsProviderIntent(
    name="projects/p/dnsProviderIntents/d",
    aws_keys=DnsProviderIntent.AwsKeys(access_key_id="EXAMPLE", secret_access_key="hidden"),
)


def test_secret_fields_are_sealed_whole() -> None:
    sealed = to_json(INTENT_WITH_KEYS, seal=seal)
    assert "hidden" not in json.dumps(sealed)
    assert "EXAMPLE" not in json.dumps(sealed)
    assert sealed["name"] == INTENT_WITH_KEYS.name
    assert from_json(DnsProviderIntent, through_text(sealed), unseal=unseal) == INTENT_WITH_KEYS


def test_a_sealed_value_is_not_read_without_the_key() -> None:
    sealed = to_json(INTENT_WITH_KEYS, seal=seal)
    with pytest.raises(DecodeError, match="aws_keys: the value is sealed"):
        from_json(DnsProviderIntent, sealed)


@pytest.mark.parametrize("cls", [CertificateSource, DnsProviderIntent], ids=named)
@given(data=st.data())
@examples(20)
def test_sealing_gives_back_what_was_written(cls: type, data: st.DataObject) -> None:
    message = data.draw(instances(cls))
    written = through_text(to_json(message, seal=seal))
    assert from_json(cls, written, unseal=unseal) == message


class Colour(StrEnum):
    RED = "red"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """Forms that the model does not use, and one that holds itself."""

    pair: tuple[int, str]
    maybe: int | None
    by_number: Mapping[int, Colour] = dataclasses.field(default_factory=dict)
    sometimes: tuple[Colour | None, ...] = ()
    inner: "Everything | None" = None
    raw: object = None
    share: float = 0.5
    data: bytes = b""


def test_every_form_gives_back_what_was_written() -> None:
    value = Everything(
        pair=(1, "a"),
        maybe=None,
        by_number={-3: Colour.RED},
        sometimes=(None, Colour.RED),
        inner=Everything(pair=(2, "b"), maybe=0),
        raw=[{"a": None}],
        share=2,
        data=b"\x00\xff",
    )
    assert from_json(Everything, through_text(to_json(value))) == value
    assert to_json(value)["share"] == 2.0


def test_keys_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(DecodeError, match=r"by_number.*expected an integer as key"):
        from_json(Everything, {"pair": [1, "a"], "maybe": None, "by_number": {"x": "RED"}})


def with_hint(hint: Any) -> type:
    return dataclasses.make_dataclass("Odd", [("field", hint)])


@pytest.mark.parametrize("hint", [int | str, set[int], list[int], Callable[[], None], complex])
def test_a_type_without_a_json_form_is_named(hint: Any) -> None:
    with pytest.raises(TypeError, match=r"Odd\.field"):
        from_json(with_hint(hint), {"field": 1})


def test_only_dataclasses_are_read_and_written() -> None:
    with pytest.raises(TypeError, match="str is no dataclass"):
        to_json("text")


def test_a_driver_says_of_itself_what_it_said() -> None:
    info = DriverInfo(
        name="istio",
        hook_api=(1, 0),
        scope_kinds=(ScopeKind.DESTINATION,),
        capabilities=(Capability(path="outbound.hosts.host", support=Support.PARTIAL),),
    )
    assert from_json(DriverInfo, through_text(to_json(info))) == info


def test_callers_and_toggles_read_as_clients_write_them() -> None:
    data = {"workload": {"workload": "cart"}, "egress": {"dedicated_gateway": {}}}
    caller = from_json(Caller, data)
    assert caller.egress == EgressPath(dedicated_gateway=EgressPath.DedicatedGateway())
    assert Toggle.Value("ENABLED") is Toggle.Value.ENABLED
    assert Protocol.Value["GRPC_WEB"] == "GRPC_WEB"


def test_what_is_written_alike_is_one_object_unless_it_has_secrets_or_can_be_changed() -> None:
    rule = {"action": "ALLOW", "http": {"methods": ["GET"], "paths": [{"prefix": "/"}]}}
    caller = {"workload": {"workload": "a"}, "access": [rule, dict(rule)]}
    one, other = (from_json(Caller, caller) for _ in range(2))
    assert one.access[0] is one.access[1] is other.access[0]
    assert one == other
    secret = {"inline": {"certificate_chain": "chain", "private_key": "key"}}
    first, second = (from_json(CertificateSource, secret) for _ in range(2))
    assert first == second
    assert first.inline is not second.inline
    gateway = {"id": "ingress", "selector": {"istio": "ingress"}}
    here, there = (from_json(Cluster, {"gateways": [gateway]}) for _ in range(2))
    assert here.gateways[0] == there.gateways[0]
    assert here.gateways[0] is not there.gateways[0]


def test_what_is_written_otherwise_is_another_object_though_python_calls_it_equal() -> None:
    assert from_json(InterclusterIntent, {"ports": [{"port": 1}]}).ports[0].port == 1
    with pytest.raises(DecodeError, match="integer"):
        from_json(InterclusterIntent, {"ports": [{"port": True}]})
