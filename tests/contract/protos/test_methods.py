import pytest
from google.protobuf.descriptor import Descriptor, MethodDescriptor

from tests.contract.protos.interface import (
    MUTATING,
    READING,
    answers,
    behaviors,
    http_bindings,
    http_rule,
    methods,
    name_of,
    requests,
    resource_options,
    resources,
    snake,
)

BY_NAME = {message.name: message for message in resources()}
WITHOUT_PARENT = {"Cluster", "Driver", "Revision"}
DELETE_OPTIONS = {
    "Cluster": ["force"],
    "DnsProviderIntent": ["orphan_records"],
    "TrafficIntentGroup": ["force"],
}
VERBS = {
    "AddPlanChanges": "addChanges",
    "AdoptObject": "adopt",
    "ApplyPlan": "apply",
    "ApprovePlan": "approve",
    "BatchUpdateWorkloads": "batchUpdate",
    "CheckCluster": "check",
    "ComputePlan": "compute",
    "DrainCluster": "drain",
    "ExplainReachability": "explain",
    "RejectPlan": "reject",
    "ReleaseCluster": "release",
    "ResumeCluster": "resume",
    "RollBackRevision": "rollBack",
}
METHODS_OF_RESOURCES = {
    "TrafficIntentGroup": "CGLUD",
    "InterclusterIntent": "CGLUD",
    "IntraclusterIntent": "CGLUD",
    "OutboundIntent": "CGLUD",
    "InboundIntent": "CGLUD",
    "DnsProviderIntent": "CGLUD",
    "Workload": "CGLUD",
    "Cluster": "CGLUD",
    "ManagedObject": "GL",
    "DnsRecord": "GL",
    "Realization": "GL",
    "Plan": "CGLD",
    "Revision": "GL",
    "Driver": "GL",
}


def standard(verb: str) -> list[MethodDescriptor]:
    """Give the methods that are this standard method of a resource."""
    found = []
    for method in methods():
        noun = method.name.removeprefix(verb)
        singular = {plural(message): message.name for message in BY_NAME.values()}
        if method.name.startswith(verb) and (noun in BY_NAME or noun in singular):
            found.append(method)
    return found


def plural(message: Descriptor) -> str:
    name: str = resource_options(message).plural
    return name[0].upper() + name[1:]


def resource_of(method: MethodDescriptor, verb: str) -> Descriptor:
    noun = method.name.removeprefix(verb)
    plurals = {plural(message): message for message in BY_NAME.values()}
    return BY_NAME.get(noun) or plurals[noun]


def fields(message: Descriptor) -> list[str]:
    return [field.name for field in message.fields]


def parent_of(resource: Descriptor) -> list[str]:
    return [] if resource.name in WITHOUT_PARENT else ["parent"]


def test_each_resource_has_its_standard_methods() -> None:
    letters = {"Create": "C", "Get": "G", "List": "L", "Update": "U", "Delete": "D"}
    found = {
        name: "".join(
            letter
            for verb, letter in letters.items()
            if any(resource_of(method, verb).name == name for method in standard(verb))
        )
        for name in BY_NAME
    }
    assert found == METHODS_OF_RESOURCES


@pytest.mark.parametrize("method", methods(), ids=name_of)
def test_every_method_has_paths_below_v2(method: MethodDescriptor) -> None:
    for binding in http_bindings(method):
        verb = binding.WhichOneof("pattern")
        assert verb is not None
        assert getattr(binding, verb).startswith("/v2/")


@pytest.mark.parametrize("method", methods(), ids=name_of)
def test_all_paths_of_a_method_take_the_same_verb_and_body(method: MethodDescriptor) -> None:
    rule = http_rule(method)
    for binding in http_bindings(method):
        assert binding.WhichOneof("pattern") == rule.WhichOneof("pattern")
        assert binding.body == rule.body


@pytest.mark.parametrize("method", methods(), ids=name_of)
def test_path_variables_are_fields_of_the_request(method: MethodDescriptor) -> None:
    for binding in http_bindings(method):
        path = getattr(binding, str(binding.WhichOneof("pattern")))
        for variable in path.split("{")[1:]:
            message: Descriptor | None = method.input_type
            for segment in variable.split("=")[0].rstrip("}").split("."):
                assert message is not None
                message = message.fields_by_name[segment].message_type


def test_no_two_methods_share_a_path() -> None:
    seen: dict[tuple[str, str], str] = {}
    for method in methods():
        for binding in http_bindings(method):
            verb = str(binding.WhichOneof("pattern"))
            path = getattr(binding, verb)
            for variable in path.split("{")[1:]:
                pattern = variable.split("}")[0]
                path = path.replace(f"{{{pattern}}}", pattern.rpartition("=")[2] or "*")
            key = (verb, path)
            assert seen.setdefault(key, method.full_name) == method.full_name


@pytest.mark.parametrize("method", standard("Create"), ids=name_of)
def test_create_has_the_standard_shape(method: MethodDescriptor) -> None:
    resource = resource_of(method, "Create")
    name = snake(resource.name)
    expected = [*parent_of(resource), f"{name}_id", name, "validate_only", "request_id"]
    assert fields(method.input_type) == expected
    assert method.output_type is resource
    assert http_rule(method).WhichOneof("pattern") == "post"
    assert http_rule(method).body == name
    assert "REQUIRED" in behaviors(method.input_type.fields_by_name[name])


@pytest.mark.parametrize("method", standard("Get"), ids=name_of)
def test_get_has_the_standard_shape(method: MethodDescriptor) -> None:
    resource = resource_of(method, "Get")
    assert fields(method.input_type) == ["name"]
    assert behaviors(method.input_type.fields[0]) == {"REQUIRED"}
    assert method.output_type is resource
    assert http_rule(method).WhichOneof("pattern") == "get"


@pytest.mark.parametrize("method", standard("List"), ids=name_of)
def test_list_has_paging_filter_and_order(method: MethodDescriptor) -> None:
    resource = resource_of(method, "List")
    paging = ["page_size", "page_token", "filter", "order_by"]
    assert fields(method.input_type) == [*parent_of(resource), *paging]
    assert http_rule(method).WhichOneof("pattern") == "get"
    items = method.output_type.fields[0]
    assert items.name == snake(resource_options(resource).plural)
    assert items.is_repeated
    assert items.message_type is resource
    assert fields(method.output_type) == [items.name, "next_page_token"]


@pytest.mark.parametrize("method", standard("Update"), ids=name_of)
def test_update_has_the_standard_shape(method: MethodDescriptor) -> None:
    resource = resource_of(method, "Update")
    name = snake(resource.name)
    options = ["update_mask", "allow_missing", "validate_only", "request_id"]
    assert fields(method.input_type) == [name, *options]
    assert method.output_type is resource
    assert f"{{{name}.name=" in http_rule(method).patch
    assert http_rule(method).body == name


@pytest.mark.parametrize("method", standard("Delete"), ids=name_of)
def test_delete_takes_an_etag_and_answers_the_resource(method: MethodDescriptor) -> None:
    resource = resource_of(method, "Delete")
    extra = DELETE_OPTIONS.get(resource.name, [])
    options = ["allow_missing", "validate_only", "request_id"]
    assert fields(method.input_type) == ["name", "etag", *extra, *options]
    assert method.output_type is resource
    assert http_rule(method).WhichOneof("pattern") == "delete"
    assert http_rule(method).body == ""


@pytest.mark.parametrize("method", methods(), ids=name_of)
def test_every_mutation_can_be_tried_and_repeated(method: MethodDescriptor) -> None:
    mutating = method.name.startswith(MUTATING)
    assert mutating != method.name.startswith(READING)
    for option in ("validate_only", "request_id"):
        assert (option in method.input_type.fields_by_name) == mutating


@pytest.mark.parametrize("method", methods(), ids=name_of)
def test_custom_methods_are_named_verbs_in_their_path(method: MethodDescriptor) -> None:
    rule = http_rule(method)
    path = getattr(rule, str(rule.WhichOneof("pattern")))
    if method.name in VERBS:
        assert rule.WhichOneof("pattern") == "post"
        assert path.endswith(f":{VERBS[method.name]}")
        assert rule.body == "*"
    elif method.name not in {"ListState", "FetchReachabilityGraph"}:
        assert ":" not in path


@pytest.mark.parametrize("method", methods(), ids=name_of)
def test_each_method_has_a_request_of_its_own(method: MethodDescriptor) -> None:
    assert method.input_type.name == f"{method.name}Request"
    if method.output_type.name.endswith("Response"):
        assert method.output_type.name == f"{method.name}Response"


def test_every_request_and_answer_belongs_to_a_method() -> None:
    used = {m.input_type.name for m in methods()} | {m.output_type.name for m in methods()}
    assert {message.name for message in [*requests(), *answers()]} <= used


def test_only_watch_streams() -> None:
    assert [m.name for m in methods() if m.server_streaming] == ["Watch"]
    assert not any(method.client_streaming for method in methods())
