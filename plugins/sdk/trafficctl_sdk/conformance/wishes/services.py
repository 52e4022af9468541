"""What is said of a service, its ports and its callers."""

from collections.abc import Iterator
from typing import Any, Final

from trafficctl_sdk.conformance.wishes.wish import INSIDE, Body, Choice, Pair, Wish, at
from trafficctl_sdk.model.common import Protocol

_EAST: Final[Body] = {"names": {"clusters": ["clusters/east"]}}
_WEST: Final[Body] = {"names": {"clusters": ["clusters/west"]}}
_FROM: Final = (
    (("intercluster", "outbound"), _EAST),
    (("intracluster",), _WEST),
)


def service_wishes() -> Iterator[Wish]:
    """Give what an intent says of the service that it is about, and of who calls it."""
    yield Pair(one={"ports": [{"port": 80}]}, other={"ports": [{"port": 81}]}, kinds=INSIDE)
    yield Choice(
        bodies={
            f"ports.protocol.{it.value}": {"ports": [{"port": 80, "protocol": it.value}]}
            for it in Protocol.Value
        },
        kinds=INSIDE,
        protocol="",
        synonyms=True,
    )
    yield Choice(
        bodies={
            f"destination.addressing.{it}": at("destination.addressing", it)
            for it in ("VIRTUAL_ADDRESS", "HEADLESS")
        },
        kinds=("intercluster",),
        protocol="",
    )
    yield Choice(
        bodies={
            f"destination.addressing.{it}": at("destination.addressing", it)
            for it in ("VIRTUAL_ADDRESS", "HEADLESS")
        },
        kinds=("intracluster", "inbound"),
        protocol="",
        synonyms=True,
    )
    yield Pair(
        one=at("destination.service_accounts", ["reviews"]),
        other=at("destination.service_accounts", ["critics"]),
        kinds=("intercluster",),
        protocol="",
    )
    yield Pair(
        one={"external_prefix": "books"},
        other={"external_prefix": "novels"},
        kinds=("intercluster",),
        protocol="",
    )
    yield Choice(
        bodies={"termination.END_TO_END": {"termination": "END_TO_END"}},
        kinds=("intercluster",),
        protocol="",
    )
    yield from _callers()
    yield from _ways()


def _caller(**said: Any) -> Body:
    return {"callers": [said]}


def _callers() -> Iterator[Wish]:
    yield Pair(
        one=_caller(workload={"workload": "page"}),
        other=_caller(workload={"workload": "audit"}),
        kinds=("intercluster", "intracluster", "outbound"),
        protocol="",
    )
    for kinds, clusters in _FROM:
        account = {"namespace": "front", "service_account": "page", "clusters": clusters}
        yield Pair(
            one=_caller(service_account=account),
            other=_caller(
                service_account={**account, "namespace": "back", "service_account": "audit"}
            ),
            kinds=kinds,
            protocol="",
        )
        yield Pair(
            one=_caller(service_account={**account, "trust_domain": "corp.example"}),
            other=_caller(service_account={**account, "trust_domain": "partner.example"}),
            kinds=kinds,
            protocol="",
        )
        yield Pair(
            one=_caller(namespace={"namespace": "front", "clusters": clusters}),
            other=_caller(namespace={"namespace": "back", "clusters": clusters}),
            kinds=kinds,
            protocol="",
        )
    yield Choice(
        bodies={
            "callers.any_client.identity.ANYONE": {
                **_caller(any_client={"identity": "ANYONE"}),
                **at("mutual_tls.mode", "DISABLED"),
            }
        },
        kinds=("intracluster",),
        protocol="",
    )
    for kinds, clusters in ((("intercluster",), _EAST), (("intracluster",), _WEST)):
        yield Choice(
            bodies={
                f"callers.any_client.identity.{it}": {
                    **_caller(any_client={"identity": it, "clusters": clusters}),
                    **at("mutual_tls.mode", "PERMISSIVE"),
                }
                for it in ("MESH_IDENTITY", "ANYONE")
            },
            kinds=kinds,
            protocol="",
        )


def _ways() -> Iterator[Wish]:
    kinds = ("intercluster", "outbound")
    yield Choice(
        bodies={
            f"callers.egress.{it}": _caller(egress={it: {}})
            for it in ("sidecar", "dedicated_gateway")
        },
        kinds=kinds,
        protocol="",
    )
    sizes = ({"min_replicas": 3, "max_replicas": 6}, {"min_replicas": 4, "max_replicas": 8})
    one, other = (_caller(egress={"dedicated_gateway": it}) for it in sizes)
    yield Pair(one=one, other=other, kinds=kinds, protocol="")
