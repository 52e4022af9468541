"""Which drivers serve a cluster, and whether they enforce everything that an intent says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trafficctl_sdk.driver_info import DriverKind
from trafficctl_sdk.model.convergence import Convergence

from trafficctl_server.compile.facts import NO_MESH, has_mesh
from trafficctl_server.compile.names import last_id
from trafficctl_server.compile.standings import Standing, refused
from trafficctl_server.drivers.enforcement import asked_of_drivers, unsupported
from trafficctl_server.drivers.roster import DriverState
from trafficctl_server.intents.kinds import kind_of

if TYPE_CHECKING:
    from trafficctl_sdk.errors import Violation
    from trafficctl_sdk.intent_kinds import ConnectivityIntent
    from trafficctl_sdk.model.cluster import Cluster

    from trafficctl_server.drivers.host import DriverHost
    from trafficctl_server.drivers.roster import DriverStatus

_CACHED: Final = 200_000


class DriverAdmission:
    """Judges intents against what loaded drivers declare; who passed is kept by etag."""

    def __init__(self, host: DriverHost) -> None:
        self._host = host
        self._passed: dict[tuple[str, str], dict[str, str]] = {}
        self._last: ConnectivityIntent | None = None
        self._asked: frozenset[str] = frozenset()

    def __call__(self, intent: ConnectivityIntent, cluster: Cluster) -> Standing | None:
        """Say why no driver can realise an intent in a cluster, if so."""
        cluster_id = last_id(cluster.name)
        driver = self.serving(cluster)
        if driver is None:
            return refused(cluster_id, Convergence.Reason.NO_DRIVER, "", self.unserved(cluster))
        violations = self.violations(intent, cluster_id, driver)
        if not violations:
            return None
        first = violations[0]
        return refused(
            cluster_id, Convergence.Reason.FIELD_NOT_SUPPORTED, first.field, first.description
        )

    def serving(self, cluster: Cluster) -> DriverStatus | None:
        """Give the loaded driver of a cluster: its mesh's, or without a mesh the packet filter's.

        None: there is none, or there are several packet filters, of which nobody chose one.
        """
        if not has_mesh(cluster):
            filters = self._packet_filters()
            return filters[0] if len(filters) == 1 else None
        status = self._host.driver(cluster.service_mesh)
        return status if _serves_as(DriverKind.SERVICE_MESH, status) else None

    def _packet_filters(self) -> list[DriverStatus]:
        return [it for it in self._host.roster if _serves_as(DriverKind.PACKET_FILTER, it)]

    def unserved(self, cluster: Cluster) -> str:
        """Say why no driver serves a cluster, and what to do."""
        cluster_id = last_id(cluster.name)
        if not has_mesh(cluster):
            names = ", ".join(it.name for it in self._packet_filters())
            return f"cluster {cluster_id} has no mesh, and " + (
                f"several drivers serve such clusters: block all but one of {names}"
                if names
                else "no driver that serves such clusters is installed"
            )
        status = self._host.driver(cluster.service_mesh)
        if status is None:
            why = "which is not installed"
        elif status.state is DriverState.REFUSED:
            why = f"which is refused: {status.refusal}"
        else:
            why = f"which is no service mesh: state {NO_MESH!r} to be served by it"
        return f"cluster {cluster_id} needs the driver {cluster.service_mesh!r}, {why}"

    def fits(self, driver: str, cluster: Cluster) -> bool:
        """Say whether a cluster is of the sort that a driver serves, so that its objects count.

        A driver that is not known, or could not say what it is for, has the benefit of the doubt.
        """
        status = self._host.driver(driver)
        kind = status.kind if status is not None else None
        return kind is None or (kind is DriverKind.SERVICE_MESH) == has_mesh(cluster)

    def versions(self) -> dict[str, str]:
        """Give the rendering versions of all loaded drivers, by name."""
        loaded = (it for it in self._host.roster if it.state is not DriverState.REFUSED)
        return {it.name: it.rendering_version for it in loaded}

    def violations(
        self, intent: ConnectivityIntent, cluster: str, driver: DriverStatus
    ) -> tuple[Violation, ...]:
        """Find the fields of an intent that a driver does not enforce."""
        if self._passes(intent, driver):
            return ()
        return unsupported(kind_of(intent).word, intent, {cluster: (driver,)})

    def _passes(self, intent: ConnectivityIntent, driver: DriverStatus) -> bool:
        """Say whether a driver enforces all that an intent says; the same in every cluster."""
        passed = self._passed.setdefault((driver.name, driver.rendering_version), {})
        if intent.etag and passed.get(intent.uid) == intent.etag:
            return True
        if self._last is not intent:  # one intent is judged for many clusters in a row
            self._last = intent
            self._asked = asked_of_drivers(kind_of(intent).word, intent)
        if not self._asked <= driver.enforced:
            return False
        if intent.etag:
            if len(passed) >= _CACHED:
                passed.clear()
            passed[intent.uid] = intent.etag
        return True

    def anywhere(self, intent: ConnectivityIntent) -> tuple[Violation, ...]:
        """Find the fields that no loaded driver enforces, wherever the intent may go one day."""
        loaded = tuple(it for it in self._host.roster if it.state is not DriverState.REFUSED)
        return unsupported(kind_of(intent).word, intent, {"any": loaded}) if loaded else ()


def _serves_as(kind: DriverKind, status: DriverStatus | None) -> bool:
    return status is not None and status.state is not DriverState.REFUSED and status.kind is kind
