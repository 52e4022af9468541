"""Drivers made on the fly: installed into a folder as pip would leave them, then found there."""

import asyncio
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Final

from trafficctl_sdk.slices import (
    DestinationSlice,
    MeshFacts,
    Origin,
    Scope,
    ScopeKind,
    TrafficSlice,
)

from trafficctl_server.drivers.host import DriverHost

_HEAD: Final = """\
from collections.abc import Mapping, Sequence

from trafficctl_sdk import (
    HOOK_API, Capability, DriverInfo, Effect, ExplainRequest, Fact, Host, Intent, Inventory,
    Manifest, Notice, PlacedObject, Refused, Rendering, ScopeKind, TrafficSlice, Verdict,
    VerdictKind, Violation, hookimpl,
)


@hookimpl
def trafficctl_driver_info() -> DriverInfo:
    return DriverInfo(
        name=NAME, hook_api=HOOK_API, scope_kinds=(ScopeKind.DESTINATION,),
        capabilities=(Capability(path="intercluster.ports.port"),),
    )


def config_map(slice: TrafficSlice) -> Manifest:
    metadata = {"name": slice.destination.service, "namespace": slice.destination.namespace}
    return Manifest(
        body={"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {}}, wave=0
    )

"""
_RENDER: Final = """
@hookimpl
def trafficctl_render_slice(slice: TrafficSlice) -> Rendering:
    if slice.destination.service == "bad":
        return misbehave(slice)
    return Rendering(manifests=(config_map(slice),))
"""


_WELL: Final = "return Rendering(manifests=(config_map(slice),))"

HostStarter = Callable[..., Coroutine[None, None, DriverHost]]
"""Starts a host; keywords are fields of ``DriverHostSettings``."""


class DriverSite:
    """A folder on the import path into which drivers are installed, as pip would leave them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def install(
        self, name: str, source: str, *, version: str = "1.0", distribution: str = ""
    ) -> Path:
        """Install a driver whose whole source is given; ``NAME`` is its name there."""
        distribution = distribution or f"driver-{name}"
        package = distribution.replace("-", "_")
        module = self._folder / package / "__init__.py"
        module.parent.mkdir()
        module.write_text(f"NAME = {name!r}\n{source}")
        info = self._folder / f"{package}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        )
        (info / "entry_points.txt").write_text(f"[trafficctl.drivers]\n{name} = {package}\n")
        return module

    def install_renderer(self, name: str, misbehaviour: str = _WELL, more: str = "") -> Path:
        """Install a driver that renders a ConfigMap, and misbehaves on the service ``bad``.

        :param misbehaviour: statements that see ``slice`` and may return what is rendered then.
        """
        body = "\n    ".join(misbehaviour.splitlines())
        misbehave = f"\ndef misbehave(slice: TrafficSlice) -> object:\n    {body}\n\n"
        return self.install(name, f"{_HEAD}{misbehave}{_RENDER}{more}")


def worker_processes() -> set[int]:
    """Give the workers that this process has now, ended ones that nobody reaped included."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    return {pid for task in tasks.iterdir() for pid in _children(task) if _is_worker(pid)}


def _children(task: Path) -> list[int]:
    try:
        return [int(pid) for pid in (task / "children").read_text().split()]
    except FileNotFoundError:  # the thread ended while the folder was read
        return []


def _is_worker(pid: int) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return b"trafficctl_server.drivers.worker" in command or not command


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds that no event tells of; at most half a minute."""
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - what is looked at is outside of asyncio
            await asyncio.sleep(0)


def destination(service: str, namespace: str = "shop") -> TrafficSlice:
    """Give the smallest slice of a destination."""
    return TrafficSlice(
        scope=Scope(kind=ScopeKind.DESTINATION, key=f"{namespace}/{service}"),
        cluster="east",
        mesh=MeshFacts(
            mesh_id="mesh",
            trust_domain="cluster.local",
            root_namespace="istio-system",
            cluster_domain="cluster.local",
            suffix="global",
            version="1.27",
            revision="",
        ),
        origins=(Origin(intent=f"intents/{service}", fields=("destination",)),),
        destination=DestinationSlice(
            namespace=namespace, service=service, home_namespace="trafficctl-mesh"
        ),
    )
