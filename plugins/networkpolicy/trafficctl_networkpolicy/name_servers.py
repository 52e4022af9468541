"""Where pods ask for names: by convention, or as the driver's settings say."""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from trafficctl_sdk.errors import Violation

SCHEMA: Final[Mapping[str, str]] = {
    "name_server_namespace": "namespace of the pods that answer for names; default kube-system",
    "name_server_labels": "their labels as key=value, comma separated; default k8s-app=kube-dns",
    "name_server_port": "the port that they listen on; default 53",
    "name_server_networks": (
        "networks, comma separated, where names are answered by no pod; default 169.254.20.10/32,"
        " which is a node's own cache"
    ),
}
_DNS_LABEL: Final = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_LABEL: Final = re.compile(r"[A-Za-z0-9][-A-Za-z0-9_./]{0,316}=([A-Za-z0-9][-A-Za-z0-9_.]{0,62})?")
_LAST_PORT: Final = 65535


@dataclass(frozen=True, slots=True, kw_only=True)
class NameServers:
    """Whom pods ask for names, over UDP and TCP.

    :ivar networks: sorted; asked on port 53.
    """

    namespace: str = "kube-system"
    pod_labels: Mapping[str, str] = field(default_factory=lambda: {"k8s-app": "kube-dns"})
    port: int = 53
    networks: tuple[str, ...] = ("169.254.20.10/32",)


def flaws(settings: Mapping[str, str]) -> Iterator[Violation]:
    """Find what is wrong with settings."""
    for name, value in sorted(settings.items()):
        if name not in SCHEMA:
            known = ", ".join(SCHEMA)
            yield _flaw(name, f"the NetworkPolicy driver has no such setting; it has {known}")
        elif not _CHECKS[name](value):
            yield _flaw(name, f"cannot be read; it is the {SCHEMA[name]}")


def name_servers(settings: Mapping[str, str]) -> NameServers:
    """Read settings in which there is no flaw."""
    usual = NameServers()
    labels = settings.get("name_server_labels", "")
    networks = settings.get("name_server_networks")
    return NameServers(
        namespace=settings.get("name_server_namespace", usual.namespace),
        pod_labels=dict(sorted(it.split("=", 1) for it in _items(labels))) or usual.pod_labels,
        port=int(settings.get("name_server_port", usual.port)),
        networks=usual.networks if networks is None else tuple(sorted(_items(networks))),
    )


def _items(text: str) -> list[str]:
    return [it.strip() for it in text.split(",") if it.strip()]


def _are_labels(text: str) -> bool:
    found = _items(text)
    return bool(found) and all(_LABEL.fullmatch(it) for it in found)


def _is_port(text: str) -> bool:
    return text.isdecimal() and 1 <= int(text) <= _LAST_PORT


def _are_networks(text: str) -> bool:
    try:
        return all(str(ipaddress.ip_network(it)) == it for it in _items(text))
    except ValueError:
        return False


_CHECKS: Final = {
    "name_server_namespace": lambda text: _DNS_LABEL.fullmatch(text) is not None,
    "name_server_labels": _are_labels,
    "name_server_port": _is_port,
    "name_server_networks": _are_networks,
}


def _flaw(name: str, description: str) -> Violation:
    return Violation(field=name, rule="networkpolicy.setting", description=description)
