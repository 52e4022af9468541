"""Methods that stand in the interface and are not served: each says why."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NoReturn

from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.intents.failures import NotServed

_SERVICES: Final[Mapping[str, str]] = {
    "DnsProviderIntentService": "no DNS provider is driven yet; names are not published",
    "DnsRecordService": "no DNS provider is driven yet, so there are no records",
    "RevisionService": "history is told by Watch alone",
}
_METHODS: Final[Mapping[str, str]] = {
    "ManagedObjectService.AdoptObject": "objects of others are never taken over; remove the"
    " object, or let the intent that renders it go",
}
_OTHERWISE: Final = "this version of the server does not serve it yet"


def refusal(service: str, method: str) -> Callable[[Any, Context], Awaitable[NoReturn]]:
    """Give the handler of a method that is not served.

    :param service: its short name, such as ``PlanService``.
    """
    why = _METHODS.get(f"{service}.{method}") or _SERVICES.get(service, _OTHERWISE)

    async def refuse(_: Any, __: Context) -> NoReturn:
        raise NotServed(why)

    return refuse
