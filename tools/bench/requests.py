"""The requests that rows send, made of the world's own wishes."""

from collections.abc import Iterator

from trafficctl.v2 import intercluster_intent_pb2 as pb
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from tools.bench.world.inventory import group_of
from tools.bench.world.size import WorldSize
from tools.bench.world.wishes import intercluster
from trafficctl_server.api.messages import to_message

SERVICE = "/trafficctl.v2.InterclusterIntentService"
CREATE = f"{SERVICE}/CreateInterclusterIntent"
GET = f"{SERVICE}/GetInterclusterIntent"
UPDATE = f"{SERVICE}/UpdateInterclusterIntent"


def creates(size: WorldSize, word: str) -> Iterator[pb.CreateInterclusterIntentRequest]:
    """Give requests for more intents, each about another destination than those just before.

    :param word: begins their names; what was created before had another.
    """
    number = 0
    while True:
        namespace, round_ = number % size.namespaces, number // size.namespaces
        served = round_ % size.services
        group, name = group_of(namespace), f"{word}-{number}"
        callers = ((served + 1) % size.services, (served + 3) % size.services)
        message = _message(intercluster(group, name, served, callers))
        message.ClearField("name")
        yield pb.CreateInterclusterIntentRequest(
            parent=group, intercluster_intent_id=name, intercluster_intent=message
        )
        number += 1


def gets(size: WorldSize, count: int) -> list[pb.GetInterclusterIntentRequest]:
    """Give requests for intents spread evenly over the world."""
    return [pb.GetInterclusterIntentRequest(name=it.name) for it in stored(size, count)]


def stored(size: WorldSize, count: int) -> list[pb.InterclusterIntent]:
    """Give intents of the world, spread evenly over it."""
    return [
        _message(_stored(size, number * 7919 % size.namespaces, number * 31 % size.services))
        for number in range(count)
    ]


def _stored(size: WorldSize, namespace: int, served: int) -> InterclusterIntent:
    callers = ((served + 1) % size.services, (served + 3) % size.services)
    return intercluster(group_of(namespace), f"http-{served}", served, callers)


def _message(intent: InterclusterIntent) -> pb.InterclusterIntent:
    return to_message(intent, pb.InterclusterIntent)
