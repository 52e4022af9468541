"""What an operator does with a cluster besides describing it: drain, resume, release."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trafficctl_sdk.model.cluster import Cluster

from trafficctl_server.compile.guards import CLUSTERS
from trafficctl_server.intents import failures
from trafficctl_server.intents.bodies import office
from trafficctl_server.intents.drafting import put_of
from trafficctl_server.intents.kinds import CLUSTER
from trafficctl_server.store.records import Record, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trafficctl_server.intents.desk import Desk
    from trafficctl_server.intents.kinds import Resource
    from trafficctl_server.intents.requests import ChangeRequest


class ClusterCare:
    """Changes the state of clusters; what follows is the reconciler's work."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def drain(self, name: str, etag: str, request: ChangeRequest) -> Resource:
        """Begin to take everything of ours out of a cluster.

        :raises failures.Failure: no such cluster, another etag, or it is drained already.
        """

        def leave(cluster: Cluster, asked: dict[str, Any]) -> None:
            if cluster.state is not Cluster.State.ACTIVE:
                raise failures.ClusterState(
                    name, str(cluster.state), "only an active cluster is drained"
                )
            asked["draining"] = True

        return await self._care(name, etag, request, leave)

    async def resume(self, name: str, etag: str, request: ChangeRequest) -> Resource:
        """Let a drained or draining cluster take part again.

        :raises failures.Failure: no such cluster, another etag, or it is active.
        """

        def come_back(cluster: Cluster, asked: dict[str, Any]) -> None:
            if cluster.state is Cluster.State.ACTIVE:
                raise failures.ClusterState(name, "ACTIVE", "only a drained cluster is resumed")
            asked.pop("draining", None)

        return await self._care(name, etag, request, come_back)

    async def release(self, name: str, held_digest: str, request: ChangeRequest) -> Resource:
        """Let a held change go on, as it was seen.

        :raises failures.Failure: nothing is held, or something else than was seen.
        """

        def let_go(cluster: Cluster, asked: dict[str, Any]) -> None:
            if cluster.held is None:
                raise failures.ClusterState(name, "not holding anything", "nothing is released")
            if cluster.held.digest != held_digest:
                raise failures.HeldChangeDiffers(name, cluster.held.digest)
            asked["released"] = held_digest

        return await self._care(name, "", request, let_go)

    async def _care(
        self,
        name: str,
        etag: str,
        request: ChangeRequest,
        change: Callable[[Cluster, dict[str, Any]], None],
    ) -> Resource:
        first = await self._desk.answered(request)
        if first is not None:
            return first[0]

        async def attempt(_: int) -> tuple[Write, Sequence[Record]]:
            record = await self._desk.get(CLUSTER, name)
            if record is None:
                raise failures.NotFound(name, CLUSTER.name)
            if record.delete_time is not None:
                raise failures.ClusterState(name, "DELETING", "wait until it is gone")
            if etag and etag != record.etag:
                raise failures.EtagMismatch(name, record.etag)
            cluster = self._desk.bodies.present(record)
            asked = office(record)
            change(cluster, asked)  # type: ignore[arg-type] # the kind was asked for
            body = self._desk.bodies.encode(self._desk.bodies.wish(record), asked)
            after = replace(record, body=body)
            return Write(puts=(put_of(after),), touch_scopes=(CLUSTERS,)), [after]

        return (await self._desk.write(request, attempt))[0]
