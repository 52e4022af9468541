"""The RPCs of intercluster intents, as short as tests want them."""

from typing import Any

from trafficctl.v2 import intercluster_intent_pb2

from tests.integration.api.site import GROUP, Site, intercluster

INTENT = f"{GROUP}/interclusterIntents/cart"
SERVICE = "InterclusterIntentService"


async def create(site: Site, **fields: Any) -> Any:
    request = intercluster_intent_pb2.CreateInterclusterIntentRequest(
        **{
            "parent": GROUP,
            "intercluster_intent_id": "cart",
            "intercluster_intent": intercluster(),
        }
        | fields
    )
    return await site.call(SERVICE, "CreateInterclusterIntent", request)


async def get(site: Site, name: str = INTENT) -> Any:
    request = intercluster_intent_pb2.GetInterclusterIntentRequest(name=name)
    return await site.call(SERVICE, "GetInterclusterIntent", request)


async def update(site: Site, *paths: str, wish: Any = None, **options: Any) -> Any:
    message = intercluster_intent_pb2.InterclusterIntent()
    message.CopyFrom(wish or intercluster_intent_pb2.InterclusterIntent())
    message.name = message.name or INTENT
    request = intercluster_intent_pb2.UpdateInterclusterIntentRequest(
        intercluster_intent=message, **options
    )
    request.update_mask.paths.extend(paths)
    return await site.call(SERVICE, "UpdateInterclusterIntent", request)


async def delete(site: Site, name: str = INTENT, **options: Any) -> Any:
    request = intercluster_intent_pb2.DeleteInterclusterIntentRequest(name=name, **options)
    return await site.call(SERVICE, "DeleteInterclusterIntent", request)
