"""What the driver declares exists in the model, and README.md says the same."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from trafficctl_istio.plugin import trafficctl_driver_info
from trafficctl_sdk.codec import from_json, leaves
from trafficctl_sdk.driver_info import Support
from trafficctl_sdk.intent_kinds import INTENT_KINDS
from trafficctl_sdk.markers import HOOK_API
from trafficctl_sdk.slices import ScopeKind

README: Final = (Path(__file__).parent.parent / "README.md").read_text()
TABLE: Final = README.split("\n## Capabilities\n")[1].split("\n## ")[0]
KINDS: Final = ("intercluster", "intracluster", "outbound", "inbound")
DECLARED: Final = {
    capability.path: capability for capability in trafficctl_driver_info().capabilities
}

UNRENDERED: Final = (
    "intercluster.ports.protocol.UDP",
    "intercluster.mutual_tls.mode.DISABLED",
    "intercluster.mutual_tls.plaintext_quiet_period",
    "intercluster.callers.access.headers.regex",
    "outbound.callers.access.claims.values",
    "intercluster.callers.egress.shared_gateway",
    "intercluster.callers.egress.external_proxy.host",
    "intercluster.termination.AT_GATEWAY",
    "intercluster.traffic_policy.load_balancing.passthrough",
    "intercluster.traffic_policy.routes.matches.query_parameters.absent",
    "intracluster.traffic_policy.shift.clusters.weights.cluster",
    "intracluster.traffic_policy.mirrors.cluster",
    "outbound.hosts.ports.originate.trust.bundle",
    "outbound.hosts.ports.originate.trust.secret.namespace",
    "outbound.hosts.ports.originate.client_certificate.inline.private_key",
    "inbound.traffic_policy.load_balancing.round_robin",
    "inbound.listeners.mutual.client_trust.bundle",
    "inbound.listeners.simple.certificate.inline.private_key",
    "inbound.mutual_tls.plaintext_quiet_period",
)


def test_nothing_is_declared_that_is_not_rendered() -> None:
    assert not set(UNRENDERED) & set(DECLARED)


def test_the_driver_takes_all_scope_kinds_of_this_hook_version() -> None:
    info = trafficctl_driver_info()
    assert info.name == "istio"
    assert info.hook_api == HOOK_API
    assert set(info.scope_kinds) == set(ScopeKind)


def test_each_declared_path_is_declared_once() -> None:
    paths = [capability.path for capability in trafficctl_driver_info().capabilities]
    assert len(paths) == len(set(paths))


def test_each_declared_path_is_a_leaf_of_an_intent() -> None:
    for path in DECLARED:
        kind, _, below = path.partition(".")
        intent: object = from_json(
            INTENT_KINDS[kind], _with_leaf(INTENT_KINDS[kind], below.split("."))
        )
        assert [leaf.pattern for leaf in leaves(intent)] == [below], path


def test_partial_support_says_what_is_missing() -> None:
    for capability in DECLARED.values():
        assert bool(capability.note) == (capability.support is Support.PARTIAL), capability.path


def test_readme_has_the_same_table() -> None:
    told = {
        path: (support, note)
        for row in re.findall(r"^\| `([^`]+)` \|(.*)\|$", TABLE, re.MULTILINE)
        for path, support, note in _row(*row)
    }
    declared = {
        path: (capability.support.value, capability.note) for path, capability in DECLARED.items()
    }
    assert told == declared


def _row(pattern: str, cells: str) -> Iterator[tuple[str, str, str]]:
    *support, note = (cell.strip() for cell in cells.split("|"))
    for kind, cell in zip(KINDS, support, strict=True):
        if cell:
            for leaf in _expanded(pattern):
                partial = cell == "part"
                yield f"{kind}.{leaf}", "PARTIAL" if partial else "FULL", note if partial else ""


def _expanded(pattern: str) -> list[str]:
    braces = re.search(r"\{([^}]*)\}", pattern)
    if not braces:
        return [pattern]
    return [
        whole
        for value in braces[1].split(",")
        for whole in _expanded(pattern[: braces.start()] + value.strip() + pattern[braces.end() :])
    ]


def _with_leaf(cls: type, path: list[str]) -> dict[str, Any]:
    """Give JSON of ``cls`` in which exactly this leaf is set, guided by the class."""
    name, *rest = path
    hint = get_type_hints(cls)[name]
    many = getattr(hint, "__origin__", None) is tuple
    if getattr(hint, "__origin__", None) is Mapping:
        return {name: {"x": "x"}}
    inner = next((one for one in get_args(hint) if one not in (type(None), ...)), hint)
    value: Any
    if hasattr(inner, "__dataclass_fields__"):
        value = _with_leaf(inner, rest) if rest else {}
    elif hasattr(inner, "__members__"):
        value = rest[0]
    else:
        value = {str: "x", int: 1, bool: True, float: 1.0}[inner]
    return {name: [value] if many else value}
