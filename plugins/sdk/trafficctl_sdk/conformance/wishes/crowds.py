"""Intents with many callers, many ports, many hosts."""

from collections.abc import Collection, Iterator
from typing import Any

from trafficctl_sdk.conformance.wishes.bases import Way, completed
from trafficctl_sdk.intent_kinds import ConnectivityIntent


def crowd(
    kind: str, declared: Collection[str], way: Way, size: int
) -> Iterator[ConnectivityIntent]:
    """Give an intent of so many callers.

    Callers are workloads, which every intent can name; clients outside are networks.
    """
    if kind == "inbound" and f"{kind}.callers.external.source_ranges" not in declared:
        return
    ports: Any = [{"port": port} for port in (80, 81, 82)]
    body: dict[str, Any] = {"callers": [_caller(kind, number) for number in range(size)]}
    if kind == "outbound":
        body = {**body, "hosts": [{"host": "api.example.com", "ports": ports}]}
    elif kind != "inbound":
        body = {**body, "ports": ports}
    yield completed(kind, body, "", declared, way)


def _caller(kind: str, number: int) -> dict[str, Any]:
    if kind == "inbound":
        return {"external": {"source_ranges": [f"10.{number // 256}.{number % 256}.0/24"]}}
    return {"workload": {"workload": f"caller-{number}"}}
