from typing import Any, cast

import pytest
from buf.validate import validate_pb2
from google.api import resource_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor

from tests.contract.protos.interface import (
    behaviors,
    files,
    messages,
    methods,
    name_of,
    reachable,
    requests,
    resource_options,
    resources,
    snake,
)

BUNDLE = "projects/{project}/resourceBundles/{resource_bundle}/versions/{version}"
GROUP = f"{BUNDLE}/trafficIntentGroups/{{traffic_intent_group}}"
PATTERNS = {
    "TrafficIntentGroup": [GROUP],
    "InterclusterIntent": [f"{GROUP}/interclusterIntents/{{intercluster_intent}}"],
    "IntraclusterIntent": [f"{GROUP}/intraclusterIntents/{{intracluster_intent}}"],
    "OutboundIntent": [f"{GROUP}/outboundIntents/{{outbound_intent}}"],
    "InboundIntent": [f"{GROUP}/inboundIntents/{{inbound_intent}}"],
    "DnsProviderIntent": [
        "projects/{project}/dnsProviderIntents/{dns_provider_intent}",
        f"{GROUP}/dnsProviderIntents/{{dns_provider_intent}}",
    ],
    "Workload": [f"{BUNDLE}/workloads/{{workload}}"],
    "Cluster": ["clusters/{cluster}"],
    "ManagedObject": ["clusters/{cluster}/objects/{managed_object}"],
    "Plan": ["projects/{project}/plans/{plan}"],
    "Revision": ["revisions/{revision}"],
    "Driver": ["drivers/{driver}"],
}
INTENTS = {
    "InterclusterIntent",
    "IntraclusterIntent",
    "OutboundIntent",
    "InboundIntent",
    "DnsProviderIntent",
}
STANDARD = {
    "name": (1, "string", "IDENTIFIER"),
    "display_name": (2, "string", "OPTIONAL"),
    "description": (3, "string", "OPTIONAL"),
    "uid": (4, "string", "OUTPUT_ONLY"),
    "etag": (5, "string", "OPTIONAL"),
    "generation": (6, "int64", "OUTPUT_ONLY"),
    "revision": (7, "int64", "OUTPUT_ONLY"),
    "create_time": (8, "google.protobuf.Timestamp", "OUTPUT_ONLY"),
    "update_time": (9, "google.protobuf.Timestamp", "OUTPUT_ONLY"),
    "delete_time": (10, "google.protobuf.Timestamp", "OUTPUT_ONLY"),
    "labels": (11, "map<string, string>", "OPTIONAL"),
    "annotations": (12, "map<string, string>", "OPTIONAL"),
    "state": (13, "State", "OUTPUT_ONLY"),
    "creator": (17, "string", "OUTPUT_ONLY"),
    "last_editor": (18, "string", "OUTPUT_ONLY"),
}
STANDARD_OF_INTENTS = {
    "reconciling": (14, "bool", "OUTPUT_ONLY"),
    "observed_generation": (15, "int64", "OUTPUT_ONLY"),
    "counts": (16, "trafficctl.v2.Convergence.Counts", "OUTPUT_ONLY"),
}
WRITABLE = INTENTS | {"TrafficIntentGroup", "Cluster", "Workload", "Plan"}
SCALARS = {
    FieldDescriptor.TYPE_STRING: "string",
    FieldDescriptor.TYPE_INT64: "int64",
    FieldDescriptor.TYPE_BOOL: "bool",
}
REASONS = """
VIOLATIONS FIELD_NOT_SUPPORTED PROTOCOL_MISMATCH ADDRESSING_MISMATCH IDENTITY_NEEDS_MUTUAL_TLS
SERVER_FIRST_NEEDS_STRICT REQUEST_ID_REUSED NOT_FOUND ALREADY_EXISTS ETAG_MISMATCH PLAN_DIGEST
HELD_CHANGE_DIFFERS INTENT_CONFLICT HOST_CLAIMED GROUP_NOT_EMPTY WORKLOAD_IN_USE CLUSTER_NOT_DRAINED
CLUSTER_STATE PLAN_STATE PLAN_STALE NOT_FOREIGN PLAN_REQUIRED APPROVAL_REQUIRED PLAN_OWN_APPROVAL
HISTORY_COMPACTED FUTURE_REVISION UNAUTHENTICATED FORBIDDEN NAMESPACE_NOT_YOURS OVERLOADED
SLOW_CONSUMER POOL_EXHAUSTED STORE_UNAVAILABLE SERVER_DRAINING DEADLINE UNIMPLEMENTED INTERNAL
"""


def all_fields(of: list[Descriptor]) -> list[FieldDescriptor]:
    return [field for message in of for field in message.fields]


def kind(field: FieldDescriptor) -> str:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        key, value = field.message_type.fields
        return f"map<{kind(key)}, {kind(value)}>"
    if field.enum_type is not None:
        return field.enum_type.name
    if field.message_type is not None:
        return field.message_type.full_name
    return SCALARS.get(field.type, "other")


def rules(field: FieldDescriptor) -> validate_pb2.FieldRules:
    extensions: Any = field.GetOptions().Extensions
    return cast("validate_pb2.FieldRules", extensions[validate_pb2.field])


def is_constrained(field: FieldDescriptor) -> bool:
    return rules(field) != validate_pb2.FieldRules()


def state_of(resource: str) -> str:
    message = next(m for m in resources() if m.name == resource)
    enum = message.fields_by_name["state"].enum_type
    assert enum is not None
    return enum.full_name


def test_resource_names_have_the_published_patterns() -> None:
    found = {message.name: list(resource_options(message).pattern) for message in resources()}
    derived = {"Realization", "DnsRecord"}
    assert {name: found[name] for name in found.keys() - derived} == PATTERNS
    providers = PATTERNS["DnsProviderIntent"]
    assert found["DnsRecord"] == [f"{parent}/records/{{dns_record}}" for parent in providers]
    parents = {parent for name in INTENTS for parent in PATTERNS[name]}
    assert set(found["Realization"]) == {
        f"{parent}/realizations/{{realization}}" for parent in parents
    }


@pytest.mark.parametrize("message", resources(), ids=name_of)
def test_resource_types_carry_our_domain(message: Descriptor) -> None:
    options = resource_options(message)
    assert options.type == f"trafficctl.dev/{message.name}"
    assert snake(options.singular) == snake(message.name)


@pytest.mark.parametrize("name", sorted(WRITABLE))
def test_stored_resources_share_their_first_nineteen_fields(name: str) -> None:
    message = next(m for m in resources() if m.name == name)
    expected = dict(STANDARD)
    if name in INTENTS | {"TrafficIntentGroup"}:
        expected |= STANDARD_OF_INTENTS
    found = {}
    for field in message.fields:
        if field.number < 20:
            behavior = ", ".join(sorted(behaviors(field)))
            found[field.name] = (field.number, kind(field), behavior)
    assert found == expected


@pytest.mark.parametrize("message", resources(), ids=name_of)
def test_read_only_resources_use_the_same_numbers(message: Descriptor) -> None:
    for field in message.fields:
        if field.number < 20:
            assert (STANDARD | STANDARD_OF_INTENTS)[field.name][0] == field.number


@pytest.mark.parametrize("name", sorted(INTENTS | {"TrafficIntentGroup"}))
def test_intents_speak_of_convergence(name: str) -> None:
    assert state_of(name) == "trafficctl.v2.Convergence.State"


@pytest.mark.parametrize("name", ["Cluster", "Workload", "Plan", "Driver"])
def test_other_resources_have_states_of_their_own(name: str) -> None:
    assert state_of(name) == f"trafficctl.v2.{name}.State"


@pytest.mark.parametrize("field", all_fields(requests()), ids=name_of)
def test_every_request_field_says_how_it_behaves(field: FieldDescriptor) -> None:
    assert behaviors(field) & {"REQUIRED", "OPTIONAL", "IDENTIFIER"}


def test_every_field_below_a_request_or_resource_says_how_it_behaves() -> None:
    reached = reachable([*requests(), *resources()])
    silent = [name_of(field) for field in all_fields(reached) if not behaviors(field)]
    assert silent == []


def test_what_the_server_sets_has_no_constraint() -> None:
    constrained = [
        name_of(field)
        for field in all_fields(messages())
        if "OUTPUT_ONLY" in behaviors(field) and is_constrained(field)
    ]
    assert constrained == []


def test_secrets_are_never_printed() -> None:
    secrets = [field for field in all_fields(messages()) if "INPUT_ONLY" in behaviors(field)]
    assert "ClientTls.private_key" in "\n".join(map(name_of, secrets))
    shown = [name_of(field) for field in secrets if not field.GetOptions().debug_redact]
    assert shown == ["Plan.changes"]  # not answered for its size; each change redacts its own


def test_updates_are_validated_as_merged_not_as_sent() -> None:
    for method in methods():
        if method.name.startswith("Update"):
            resource = method.input_type.fields[0]
            assert rules(resource).ignore == validate_pb2.IGNORE_ALWAYS


@pytest.mark.parametrize("message", requests(), ids=name_of)
def test_names_in_requests_are_bounded(message: Descriptor) -> None:
    for field in message.fields:
        if field.name in {"name", "parent"}:
            assert rules(field).string.max_len == 1024


@pytest.mark.parametrize("message", requests(), ids=name_of)
def test_request_ids_are_uuids_or_absent(message: Descriptor) -> None:
    if "request_id" in message.fields_by_name:
        rule = rules(message.fields_by_name["request_id"])
        assert rule.string.uuid
        assert rule.ignore == validate_pb2.IGNORE_IF_ZERO_VALUE


def test_references_name_resources_that_exist() -> None:
    types = {resource_options(message).type for message in resources()} | {"*"}
    for field in all_fields(messages()):
        options = field.GetOptions()
        if options.HasExtension(resource_pb2.resource_reference):
            reference = options.Extensions[resource_pb2.resource_reference]
            assert (reference.type or reference.child_type) in types, name_of(field)


def test_error_reasons_are_exactly_the_published_ones() -> None:
    error_reasons = next(f for f in files() if "ErrorReason" in f.enum_types_by_name)
    values = error_reasons.enum_types_by_name["ErrorReason"].values
    assert {value.name for value in values if value.number} == set(REASONS.split())


def test_error_reason_is_the_only_enum_outside_a_message() -> None:
    assert [name for file in files() for name in file.enum_types_by_name] == ["ErrorReason"]
