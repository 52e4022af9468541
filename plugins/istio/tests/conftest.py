"""Cases on disk as slices, and strict checks of objects against their schemas."""

import importlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.model.common import Protocol
from trafficctl_sdk.model.traffic_policy import TrafficPolicy
from trafficctl_sdk.slices import PortTreatment, TrafficSlice

HERE: Final = Path(__file__).parent
_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


@pytest.fixture(scope="session")
def case() -> Callable[[str], TrafficSlice]:
    """Give the slice of one case."""

    def load(name: str) -> TrafficSlice:
        text = (HERE / "cases" / f"{name}.slice.yaml").read_text()
        return from_json(TrafficSlice, yaml.safe_load(text))

    return load


@pytest.fixture(scope="session")
def calls(case: Callable[[str], TrafficSlice]) -> Callable[..., TrafficSlice]:
    """Give what makes slices that call one port of so many serving clusters by a policy."""

    def make(
        stated: TrafficPolicy | None,
        protocol: Protocol.Value = Protocol.Value.HTTP,
        endpoints: int = 2,
        case_name: str = "destination-calling",
    ) -> TrafficSlice:
        slice_ = case(case_name)
        assert slice_.destination
        assert slice_.destination.calling
        calling = slice_.destination.calling
        several = tuple(replace(calling.endpoints[0], cluster=f"c{at}") for at in range(endpoints))
        ports = (PortTreatment(port=80, protocol=protocol, traffic_policy=stated),)
        calling = replace(calling, endpoints=several, ports=ports)
        return replace(slice_, destination=replace(slice_.destination, calling=calling))

    return make


@pytest.fixture(scope="session")
def structural_errors() -> Callable[[Mapping[str, Any]], list[str]]:
    """Give what an API server that validates strictly would find in an object."""
    schemas = {
        (known["apiVersion"], known["kind"]): known["schema"]
        for known in (json.loads(path.read_text()) for path in (HERE / "crds").glob("*.json"))
    }
    models = importlib.import_module("kubernetes.client.models")
    built_in = {
        ("v1", "Namespace"): "V1Namespace",
        ("v1", "Service"): "V1Service",
        ("v1", "ServiceAccount"): "V1ServiceAccount",
        ("apps/v1", "Deployment"): "V1Deployment",
        ("autoscaling/v2", "HorizontalPodAutoscaler"): "V2HorizontalPodAutoscaler",
        ("policy/v1", "PodDisruptionBudget"): "V1PodDisruptionBudget",
        ("rbac.authorization.k8s.io/v1", "Role"): "V1Role",
        ("rbac.authorization.k8s.io/v1", "RoleBinding"): "V1RoleBinding",
    }

    def check(body: Mapping[str, Any]) -> list[str]:
        key = (body["apiVersion"], body["kind"])
        if key in schemas:
            metadata = _model_errors(models, "V1ObjectMeta", body["metadata"], "metadata")
            rest = {name: value for name, value in body.items() if name in ("spec", "status")}
            unknown = set(body) - {"apiVersion", "kind", "metadata", "spec", "status"}
            return [
                *(f"{name}: unknown" for name in sorted(unknown)),
                *metadata,
                *_schema_errors(schemas[key], rest, ""),
            ]
        return list(_model_errors(models, built_in[key], body, ""))

    return check


def _schema_errors(schema: Mapping[str, Any], value: object, at: str) -> Iterator[str]:
    kind = schema.get("type")
    wanted = _TYPES.get(kind or "", ())
    if wanted and (
        not isinstance(value, wanted) or (isinstance(value, bool) and kind != "boolean")
    ):
        yield f"{at}: not of type {kind}"
        return
    yield from _value_errors(schema, value, at)
    yield from _branch_errors(schema, value, at)
    if isinstance(value, dict):
        yield from _object_errors(schema, value, at)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _schema_errors(schema.get("items", {}), item, f"{at}[{index}]")


def _object_errors(schema: Mapping[str, Any], value: dict[str, Any], at: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}.{name}: missing"
    for name, item in value.items():
        if name in properties:
            yield from _schema_errors(properties[name], item, f"{at}.{name}")
        elif isinstance(others, dict):
            yield from _schema_errors(others, item, f"{at}[{name}]")
        elif schema.get("type") == "object" and not schema.get(
            "x-kubernetes-preserve-unknown-fields"
        ):
            yield f"{at}.{name}: unknown"


def _branch_errors(schema: Mapping[str, Any], value: object, at: str) -> Iterator[str]:
    def fits(branch: Mapping[str, Any]) -> bool:
        return not any(_schema_errors(branch, value, at))

    for branch in schema.get("allOf", ()):
        yield from _schema_errors(branch, value, at)
    if "oneOf" in schema and sum(map(fits, schema["oneOf"])) != 1:
        yield f"{at}: not exactly one alternative"
    if "anyOf" in schema and not any(map(fits, schema["anyOf"])):
        yield f"{at}: no alternative"
    if "not" in schema and fits(schema["not"]):
        yield f"{at}: excluded"


def _value_errors(schema: Mapping[str, Any], value: object, at: str) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value} is none of {schema['enum']}"
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            yield f"{at}: does not match {schema['pattern']}"
        yield from _bounds(schema, len(value), "Length", at)
    elif isinstance(value, list):
        yield from _bounds(schema, len(value), "Items", at)
    elif isinstance(value, dict):
        yield from _bounds(schema, len(value), "Properties", at)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _bounds(schema, value, "imum", at)


def _bounds(schema: Mapping[str, Any], size: int, of_what: str, at: str) -> Iterator[str]:
    least, most = schema.get(f"min{of_what}"), schema.get(f"max{of_what}")
    if least is not None and size < least:
        yield f"{at}: less than {least}"
    if most is not None and size > most:
        yield f"{at}: more than {most}"


def _model_errors(models: Any, kind: str, value: object, at: str) -> Iterator[str]:
    """Check against the Kubernetes client's models, which are made of the API's own schema."""
    item = re.fullmatch(r"(List|Dict)\[(?:str, )?(.*)\]", kind)
    if item and item[1] == "List":
        for index, element in enumerate(value if isinstance(value, list) else ["not a list"]):
            yield from _model_errors(models, item[2], element, f"{at}[{index}]")
    elif item:
        for name, element in value.items() if isinstance(value, dict) else [("", value)]:
            yield from _model_errors(models, item[2], element, f"{at}[{name}]")
    elif hasattr(models, kind):
        model = getattr(models, kind)
        types = {model.attribute_map[name]: of for name, of in model.openapi_types.items()}
        if not isinstance(value, dict):
            yield f"{at}: not a {kind}"
            return
        for name, element in value.items():
            if name not in types:
                yield f"{at}.{name}: unknown"
            else:
                yield from _model_errors(models, types[name], element, f"{at}.{name}")
    elif kind in ("str", "int", "bool") and type(value).__name__ != kind:
        yield f"{at}: not {kind}"
