"""What cannot be held is refused with its path, before it is wished and where it is rendered."""

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from trafficctl_networkpolicy.plugin import trafficctl_render_slice, trafficctl_validate_intent
from trafficctl_sdk.codec import from_json
from trafficctl_sdk.errors import Refused
from trafficctl_sdk.model.intracluster_intent import IntraclusterIntent
from trafficctl_sdk.model.outbound_intent import ExternalHost, OutboundIntent
from trafficctl_sdk.slices import TrafficSlice

CASES: Final = Path(__file__).parent / "cases"


def changed(name: str, **parts: Any) -> TrafficSlice:
    """Give the slice of a case, of whose body some fields are others."""
    told = yaml.safe_load((CASES / f"{name}.slice.yaml").read_text())
    body = next(it for it in ("workload", "external", "namespace") if it in told)
    told[body] |= parts
    return from_json(TrafficSlice, told)


EVERYTHING: Final = {"action": "ALLOW", "all_requests": {}}
GRANT: Final = {"port": 8080, "protocol": "HTTP", "access": [EVERYTHING]}
OUT: Final = {"namespace": "shop", "pod_labels": {"app": "web"}}


@pytest.mark.parametrize(
    "access",
    [
        [{"action": "DENY", "all_requests": {}}],
        [EVERYTHING, {"action": "ALLOW", "http": {"methods": ["GET"], "paths": [{"prefix": "/"}]}}],
        [EVERYTHING | {"headers": [{"name": "x", "present": {}}]}],
        [EVERYTHING | {"claims": [{"jwt_provider": "p", "path": ["a"], "values": ["b"]}]}],
    ],
)
def test_rules_that_read_requests_or_take_away_open_nothing(access: list[Any]) -> None:
    for slice_ in (
        changed("workload", grants=[GRANT | {"access": access}]),
        changed(
            "external-stated",
            grants=[{"caller": OUT, "principal": "p", "ports": [3306], "access": access}],
        ),
    ):
        with pytest.raises(Refused) as refused:
            trafficctl_render_slice(slice_)
        assert refused.value.violations[0].field in ("callers", "callers.access")


@pytest.mark.parametrize(
    ("name", "parts", "field"),
    [
        ("workload", {"pod_labels": {}}, "destination.workload"),
        ("workload", {"grants": [GRANT | {"principals": ["c/ns/shop/sa/web"]}]}, "callers"),
        ("workload", {"grants": [GRANT | {"source_ranges": ["192.0.2.0/24"]}]}, "callers.access"),
        ("workload", {"grants": [GRANT | {"jwt_provider": "corp"}]}, "callers.access"),
        (
            "namespace-governed",
            {"spared": [{"principal": "c/ns/m/sa/prom", "namespace": "m", "ports": [9090]}]},
            "governed_namespaces.spared_callers",
        ),
        (
            "namespace-governed",
            {"spared": [{"principal": "", "ports": [9090], "paths": ["/metrics"]}]},
            "governed_namespaces.spared_callers",
        ),
        ("external-stated", {"resolution": "ALL_FROM_DNS", "addresses": []}, "hosts[0]"),
        ("external-stated", {"resolution": "AS_DIALLED", "addresses": []}, "hosts[0]"),
        (
            "external-stated",
            {"ports": [{"port": 80, "protocol": "HTTP", "originate": {}}]},
            "hosts[0].ports",
        ),
    ],
)
def test_what_packets_do_not_show_is_refused_where_it_is(
    name: str, parts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        trafficctl_render_slice(changed(name, **parts))
    assert [it.field for it in refused.value.violations] == [field]
    assert all(it.description for it in refused.value.violations)


def test_hosts_that_are_only_names_are_found_before_they_are_wished() -> None:
    hosts = (
        ExternalHost(host="a.example", static=ExternalHost.Static(addresses=("192.0.2.1",))),
        ExternalHost(host="b.example"),
        ExternalHost(host="c.example", dns=ExternalHost.Dns()),
        ExternalHost(host="d.example", original_destination=ExternalHost.OriginalDestination()),
        ExternalHost(
            host="*.e.example",
            original_destination=ExternalHost.OriginalDestination(cidrs=("192.0.2.0/24",)),
        ),
    )
    intent = OutboundIntent(hosts=hosts)
    found = trafficctl_validate_intent(intent, ())
    assert [it.field for it in found] == ["hosts[1]", "hosts[2]", "hosts[3]"]
    assert trafficctl_validate_intent(replace(intent, hosts=hosts[:1]), ()) == ()
    assert trafficctl_validate_intent(IntraclusterIntent(), ()) == ()
