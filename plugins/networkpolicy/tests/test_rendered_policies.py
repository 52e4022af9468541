"""Each case renders exactly what lies beside it, always, and API servers take it.

``UPDATE_GOLDEN=1`` in the environment rewrites what lies there.
"""

import ipaddress
import os
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from trafficctl_networkpolicy.name_servers import name_servers
from trafficctl_networkpolicy.plugin import trafficctl_driver_info, trafficctl_render_slice
from trafficctl_networkpolicy.rendering.scopes import render
from trafficctl_sdk.codec import canonical, from_json
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import TrafficSlice

CASES: Final = Path(__file__).parent / "cases"
NAMES: Final = sorted(path.name.removesuffix(".slice.yaml") for path in CASES.glob("*.slice.yaml"))
_NAME: Final = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
_LABEL_KEY: Final = re.compile(
    r"([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
)
_LABEL_VALUE: Final = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")
_PORT_NAME: Final = re.compile(r"(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?")


def case(name: str) -> TrafficSlice:
    """Give the slice of one case."""
    return from_json(TrafficSlice, yaml.safe_load((CASES / f"{name}.slice.yaml").read_text()))


def as_text(rendering: Rendering) -> str:
    """Write a rendering as people read it: wave and effect above each object."""
    documents = [
        f"# {manifest.wave} {manifest.effect.value}\n"
        + yaml.safe_dump(manifest.body, sort_keys=False, width=110)
        for manifest in rendering.manifests
    ]
    notices = [
        f"# notice {notice.reason} on {notice.field}: {notice.text}\n"
        for notice in rendering.notices
    ]
    return "---\n".join(documents) + "".join(notices)


@pytest.mark.parametrize("name", NAMES)
def test_case_renders_as_written(name: str) -> None:
    text = as_text(trafficctl_render_slice(case(name)))
    golden = CASES / f"{name}.yaml"
    assert "&id" not in text, "two places share one list"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()


@pytest.mark.parametrize("name", NAMES)
def test_every_object_has_the_shape_that_the_api_servers_want(name: str) -> None:
    for manifest in trafficctl_render_slice(case(name)).manifests:
        assert list(structural_errors(manifest.body)) == []


def test_every_scope_kind_has_a_case() -> None:
    kinds = set(trafficctl_driver_info().scope_kinds)
    assert {case(name).scope.kind for name in NAMES} == kinds


def test_every_case_is_described() -> None:
    for name in NAMES:
        assert (CASES / f"{name}.slice.yaml").read_text().startswith("# "), name
        assert case(name).cluster


def shuffled(value: Any, chance: random.Random) -> Any:
    """Give a slice with every list in it in another order, and every map too."""
    if isinstance(value, tuple):
        items = [shuffled(item, chance) for item in value]
        chance.shuffle(items)
        return tuple(items)
    if isinstance(value, Mapping):
        pairs = list(value.items())
        chance.shuffle(pairs)
        return dict(pairs)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: shuffled(getattr(value, one.name), chance) for one in fields(value)}
        return replace(value, **changed)
    return value


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=10,
    deadline=None,
)
@given(chance=st.randoms(use_true_random=False))
def test_order_changes_no_byte(name: str, chance: random.Random) -> None:
    slice_ = case(name)
    assert canonical(trafficctl_render_slice(shuffled(slice_, chance))) == canonical(
        trafficctl_render_slice(slice_)
    )


@pytest.mark.parametrize("name", NAMES)
def test_rendering_leaves_the_slice_alone(name: str) -> None:
    slice_ = case(name)
    before = canonical(slice_)
    trafficctl_render_slice(slice_)
    assert canonical(slice_) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_rendering_belongs_to_its_caller(name: str) -> None:
    """What one caller does to a body shows up in no other rendering."""
    first, second = (trafficctl_render_slice(case(name)) for _ in range(2))
    before = canonical(second)
    for manifest in first.manifests:
        _deface(manifest.body)
    assert canonical(second) == before
    assert canonical(trafficctl_render_slice(case(name))) == before


def _deface(value: Any) -> None:
    children = value.values() if isinstance(value, dict) else value
    for child in list(children):
        if isinstance(child, (dict, list)):
            _deface(child)
    value.clear()


def structural_errors(body: Mapping[str, Any]) -> Iterator[str]:
    """Give what an API server that validates strictly would find in a NetworkPolicy.

    The rules are those of ``ValidateNetworkPolicy`` in Kubernetes, and that every key is known.
    """
    yield from _keys(body, "", {"apiVersion", "kind", "metadata", "spec"})
    if (body["apiVersion"], body["kind"]) != ("networking.k8s.io/v1", "NetworkPolicy"):
        yield "another kind"
    metadata, spec = body["metadata"], body["spec"]
    yield from _keys(metadata, "metadata", {"name", "namespace"})
    if not _NAME.fullmatch(metadata["name"]) or len(metadata["name"]) > 253:
        yield "metadata.name"
    yield from _keys(spec, "spec", {"podSelector", "policyTypes", "ingress", "egress"})
    yield from _selector(spec["podSelector"], "spec.podSelector")
    types = spec["policyTypes"]
    if not types or len(set(types)) != len(types) or not set(types) <= {"Ingress", "Egress"}:
        yield "spec.policyTypes"
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        if direction in spec and direction.capitalize() not in types:
            yield f"spec.{direction}: not among policyTypes"
        for at, rule in enumerate(spec.get(direction, ())):
            yield from _rule(rule, peers, f"spec.{direction}[{at}]")


def _rule(rule: Mapping[str, Any], peers: str, at: str) -> Iterator[str]:
    yield from _keys(rule, at, {peers, "ports"})
    if rule.get(peers) == [] or rule.get("ports") == []:
        yield f"{at}: an empty list means everything"
    for number, peer in enumerate(rule.get(peers, ())):
        yield from _peer(peer, f"{at}.{peers}[{number}]")
    for number, port in enumerate(rule.get("ports", ())):
        yield from _port(port, f"{at}.ports[{number}]")


def _peer(peer: Mapping[str, Any], at: str) -> Iterator[str]:
    yield from _keys(peer, at, {"namespaceSelector", "podSelector", "ipBlock"})
    if not peer or ("ipBlock" in peer and len(peer) > 1):
        yield f"{at}: not exactly one sort of peer"
    for name in ("namespaceSelector", "podSelector"):
        if name in peer:
            yield from _selector(peer[name], f"{at}.{name}")
    if "ipBlock" in peer:
        yield from _keys(peer["ipBlock"], f"{at}.ipBlock", {"cidr", "except"})
        whole = ipaddress.ip_network(peer["ipBlock"]["cidr"])
        for part in peer["ipBlock"].get("except", ()):
            if not ipaddress.ip_network(part).subnet_of(whole):  # type: ignore[arg-type] # both of one family, or TypeError
                yield f"{at}.ipBlock.except"


def _port(port: Mapping[str, Any], at: str) -> Iterator[str]:
    yield from _keys(port, at, {"protocol", "port", "endPort"})
    if port.get("protocol") not in ("TCP", "UDP", "SCTP"):
        yield f"{at}.protocol"
    value = port.get("port")
    if isinstance(value, str):
        if not _PORT_NAME.fullmatch(value) or "endPort" in port:
            yield f"{at}.port"
    elif not isinstance(value, int) or not 1 <= value <= port.get("endPort", value) <= 65535:
        yield f"{at}.port"


def _selector(selector: Mapping[str, Any], at: str) -> Iterator[str]:
    yield from _keys(selector, at, {"matchLabels"})
    for key, value in selector.get("matchLabels", {}).items():
        if not _LABEL_KEY.fullmatch(key) or not _LABEL_VALUE.fullmatch(value):
            yield f"{at}.matchLabels[{key}]"


def _keys(value: Mapping[str, Any], at: str, known: set[str]) -> Iterator[str]:
    yield from (f"{at}.{key}: unknown" for key in sorted(value.keys() - known))


def test_pods_ask_for_names_where_the_settings_say() -> None:
    settings = {
        "name_server_namespace": "openshift-dns",
        "name_server_labels": "dns=default, a/b=",
        "name_server_port": "5353",
        "name_server_networks": "10.96.0.10/32",
    }
    rendered = render(case("namespace-declared-only"), name_servers(settings))
    for manifest in rendered.manifests[:3]:
        spec: Any = manifest.body["spec"]
        pods, others, *_ = spec["egress"]
        assert [it["port"] for it in pods["ports"]] == [5353, 5353]
        assert pods["to"][0]["podSelector"] == {"matchLabels": {"a/b": "", "dns": "default"}}
        assert others["to"] == [{"ipBlock": {"cidr": "10.96.0.10/32"}}]
        assert [it["port"] for it in others["ports"]] == [53, 53]
    assert name_servers({"name_server_networks": ""}).networks == ()
