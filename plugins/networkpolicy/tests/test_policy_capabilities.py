"""What the driver declares is what its README says, and what rendering can hold."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from trafficctl_networkpolicy.plugin import trafficctl_configure, trafficctl_driver_info
from trafficctl_sdk.driver_info import DriverKind
from trafficctl_sdk.host import Host
from trafficctl_sdk.markers import HOOK_API

HERE: Final = Path(__file__).parent
README: Final = (HERE.parent / "README.md").read_text()
TABLE: Final = README.split("\n## Capabilities\n")[1].split("\n## ")[0]
DECLARED: Final = {it.path: it for it in trafficctl_driver_info().capabilities}


def test_it_serves_clusters_without_a_mesh() -> None:
    info = trafficctl_driver_info()
    assert (info.name, info.kind, info.hook_api) == (
        "networkpolicy",
        DriverKind.PACKET_FILTER,
        HOOK_API,
    )


def test_readme_has_the_same_table() -> None:
    header, _, *rows = [it for it in TABLE.splitlines() if it.startswith("|")]
    kinds = [it.strip() for it in header.split("|")[2:-2]]
    told = {path: found for row in rows for path, *found in _row(row, kinds)}
    assert told == {path: ["part" if it.note else "yes", it.note] for path, it in DECLARED.items()}


@pytest.mark.parametrize(
    "path",
    [
        "intracluster.callers.access.action.DENY",
        "intracluster.callers.access.http.methods",
        "intracluster.callers.access.headers.name",
        "intracluster.callers.access.claims.values",
        "intracluster.callers.service_account.service_account",
        "intracluster.callers.any_client.identity.MESH_IDENTITY",
        "intracluster.mutual_tls.mode.STRICT",
        "intracluster.mutual_tls.mode.PERMISSIVE",
        "intracluster.jwt_providers.issuer",
        "intracluster.traffic_policy.timeout",
        "intercluster.ports.port",
        "inbound.callers.external.source_ranges",
        "outbound.hosts.dns",
        "outbound.hosts.original_destination",
        "outbound.hosts.ports.originate.sni",
        "outbound.callers.egress.dedicated_gateway",
    ],
)
def test_what_no_packet_filter_can_hold_is_not_promised(path: str) -> None:
    assert path not in DECLARED


def test_a_setting_that_cannot_be_read_is_refused_by_its_name() -> None:
    wrong = {
        "b": "1",
        "name_server_labels": "dns",
        "name_server_namespace": "Kube System",
        "name_server_networks": "169.254.20.10/8",
        "name_server_port": "0",
    }
    found = trafficctl_configure(wrong, _NoHost())
    assert [it.field for it in found] == sorted(wrong)
    assert "it has name_server_namespace" in found[0].description


def test_readme_and_driver_name_the_same_settings() -> None:
    described = re.findall(r"^\| `(name_server_\w+)` \|", README, re.MULTILINE)
    assert described == list(trafficctl_driver_info().settings_schema)


def test_readme_has_its_sections_and_a_case_as_its_example() -> None:
    assert re.findall(r"^## (.*)$", README, re.MULTILINE) == [
        "Name",
        "Description",
        "Configuration",
        "Capabilities",
        "Examples",
        "Limits",
    ]
    given, rendered = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert given == (HERE / "cases" / "workload.slice.yaml").read_text()
    assert rendered == (HERE / "cases" / "workload.yaml").read_text()


class _NoHost(Host):
    """Lends nothing."""

    version = ""

    def log(self, event: str, **fields: str | float | bool) -> None:
        raise AssertionError(event, fields)


def _row(row: str, kinds: list[str]) -> Iterator[list[str]]:
    pattern, *cells, note = (it.strip() for it in row.split("|")[1:-1])
    for kind, cell in zip(kinds, cells, strict=True):
        for leaf in _expanded(pattern.strip("`")) if cell else ():
            yield [f"{kind}.{leaf}", cell, note if cell == "part" else ""]


def _expanded(pattern: str) -> list[str]:
    braces = re.search(r"\{([^}]*)\}", pattern)
    if not braces:
        return [pattern]
    values = (it.strip() for it in braces[1].split(","))
    start, end = pattern[: braces.start()], pattern[braces.end() :]
    return [whole for it in values for whole in _expanded(f"{start}{it}{end}")]
