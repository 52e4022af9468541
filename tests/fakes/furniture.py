"""A small world with every kind of wish in it."""

from collections.abc import Sequence

from tests.fakes import wishes
from tests.fakes.town import Town
from trafficctl_server.intents.kinds import Resource

FURNITURE: tuple[Resource, ...] = (
    wishes.cluster("east"),
    wishes.cluster("west"),
    wishes.workload("front", "east"),
    wishes.workload("back", "west"),
    wishes.workload("cart", "east", "west"),
    wishes.group(),
    wishes.intercluster("inter", "back", wishes.caller("front", egress=wishes.dedicated()), "cart"),
    wishes.intracluster("intra", "cart", "front", "back"),
    wishes.outbound("out", "db.example.com", wishes.caller("cart", egress=wishes.dedicated())),
    wishes.inbound("in", "front"),
)
"""In an order in which all can be created."""


async def furnish(it: Town, furniture: Sequence[Resource] = FURNITURE) -> None:
    """Create them all, and wait until nothing is under way."""
    for wish in furniture:
        await it.create(wish)
    await it.quiet()
