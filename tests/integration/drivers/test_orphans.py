"""A server that is killed leaves no worker behind, not even one inside a busy loop."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from tests.fakes.driver_site import DriverSite

SERVER = """
import asyncio
from tests.fakes.driver_site import destination
from trafficctl_server.drivers.host import DriverHost, DriverHostSettings

async def serve():
    ours = frozenset({"istio", "networkpolicy"})
    host = DriverHost(DriverHostSettings(time_limit=500_000_000, blocked=ours))
    await host.start()
    batches = [host.render(status.name, [destination("bad")]) for status in host.roster]
    print(*(pid for status in host.roster for pid in status.isolation.pids), flush=True)
    await asyncio.gather(*batches)
    await asyncio.Event().wait()

asyncio.run(serve())
"""


def test_workers_end_themselves_when_the_server_was_killed(
    site: DriverSite, tmp_path: Path
) -> None:
    site.install_renderer("busy", "while True: pass")
    site.install_renderer("idle")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(  # noqa: S603 - this interpreter with the program above
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, env=environment, cwd=tmp_path
    ) as server:
        assert server.stdout is not None
        pids = [int(pid) for pid in server.stdout.readline().split()]
        waits = [os.pidfd_open(pid) for pid in pids]
        server.send_signal(signal.SIGKILL)

    assert len(pids) == 2
    for pid, wait in zip(pids, waits, strict=True):
        assert _ended(wait), f"worker {pid} is still there"


def _ended(pidfd: int) -> bool:
    ready, _, _ = select.select([pidfd], [], [], 20)
    os.close(pidfd)
    return bool(ready)
