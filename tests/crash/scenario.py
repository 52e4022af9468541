"""What a client wishes, in parts that each end when nothing is under way any more.

Everything that the engine does with files and rows happens in it: objects that several intents
share, that change, that move to another cluster or go, addresses that are given back, names that
are taken anew while their first bearer is still on its way out, and wishes that are taken back
before the engine had time to write down that they came true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.traffic_intent_group import TrafficIntentGroup

from tests.crash.wishes import (
    caller,
    cluster,
    create,
    delete,
    group_name,
    inbound,
    intercluster,
    intracluster,
    later,
    numbered,
    outbound,
    update,
    workload,
)

if TYPE_CHECKING:
    from tests.crash.wishes import Wish

_WIDE: Final = intercluster("day", "between", "back", caller("front"))
_NARROW: Final = intercluster("day", "between", "back", caller("front", "/books"))
_OUT: Final = outbound("day", "out", "db.example.com", caller("back"))
_OTHER_OUT: Final = outbound("day", "out", "queue.example.com", caller("front"))
_WITHIN: Final = intracluster("night", "within", "back", caller("cron"))
_IN: Final = inbound("night", "in", "front", "shop.example.com")
_NIGHT: Final = TrafficIntentGroup(name=group_name("night"))
_CRON: Final = workload("cron", "east")

_PARTS: Final = (
    (
        create(cluster("east", "192.0.2.1", Cluster.DriftPolicy.REPORT)),
        create(cluster("west", "192.0.2.2", Cluster.DriftPolicy.REPAIR)),
        create(workload("back", "east")),
        create(workload("front", "west")),
        create(TrafficIntentGroup(name=group_name("day"))),
        create(_NIGHT),
        create(_CRON),
    ),
    (create(_WIDE),),
    (update(_NARROW), later(update(_WIDE))),
    (create(_OUT), later(delete(_OUT))),
    (create(_OUT), create(_WITHIN), create(_IN)),
    (update(workload("front", "east")),),
    (delete(_OUT), create(_OTHER_OUT)),
    (delete(_NIGHT), delete(_CRON), delete(_OTHER_OUT)),
)


def parts() -> tuple[tuple[Wish, ...], ...]:
    """Give the wishes, part by part."""
    wishes = numbered(it for part in _PARTS for it in part)
    return tuple(tuple(next(wishes) for _ in part) for part in _PARTS)
