"""A fixed identity of an installation, so that two of them write the same bytes."""

from trafficctl_server.app.engine import INSTANCE
from trafficctl_server.store.records import ABSENT, Put, Write
from trafficctl_server.store.store import Store

UID = "00000000-0000-4000-8000-000000000001"


async def name_instance(store: Store) -> None:
    """Give a started, empty store a fixed identity."""
    put = Put(
        name=INSTANCE,
        kind="Instance",
        uid=UID,
        etag="",
        generation=1,
        create_time=1,
        update_time=1,
        body=b"{}",
        expect=ABSENT,
    )
    await store.commit(Write(puts=(put,)))
