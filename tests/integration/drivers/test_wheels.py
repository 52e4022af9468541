"""The SDK and the example driver work as installed wheels, not only from the checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pluggy
import pytest
from trafficctl_sdk import Rendering, Scope, ScopeKind
from trafficctl_sdk.slices import TrafficSlice, WorkloadSlice

from tests.fakes.driver_site import HostStarter, destination
from tests.fakes.wheels import build, install
from trafficctl_server.drivers.host import DriverState

ALONE = """
import importlib, pkgutil, sys
import trafficctl_sdk
for module in pkgutil.walk_packages(trafficctl_sdk.__path__, "trafficctl_sdk."):
    if ".conformance" not in module.name:  # that is an extra, and brings more
        importlib.import_module(module.name)
foreign = {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names
print(sorted(name for name in foreign if not name.startswith("_")))
"""


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheels")
    build("plugins/sdk", folder)
    build("examples/driver", folder)
    return folder


async def test_the_example_driver_is_found_and_renders_as_a_wheel(
    wheels: Path, tmp_path: Path, start_host: HostStarter, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(wheels, tmp_path / "site")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])
    workload = TrafficSlice(
        scope=Scope(kind=ScopeKind.WORKLOAD, key="shop/reviews"),
        cluster="east",
        mesh=destination("reviews").mesh,
        workload=WorkloadSlice(
            namespace="shop", service="reviews", pod_labels={}, grants=(), mutual_tls=()
        ),
    )

    host = await start_host()
    driver = host.driver("example")
    (result,) = await host.render("example", [workload])

    assert driver is not None
    assert (driver.state, driver.refusal) == (DriverState.LOADED, "")
    assert (driver.distribution, driver.version) == ("trafficctl-example", "0.1.0")
    assert isinstance(result.outcome, Rendering)
    assert [manifest.body["kind"] for manifest in result.outcome.manifests] == ["ConfigMap"]


def test_the_sdk_needs_pluggy_alone(wheels: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install(wheels, site)
    shutil.rmtree(site / "trafficctl_example")
    shutil.copytree(Path(pluggy.__file__).parent, site / "pluggy")
    program = f"import sys; sys.path.append({os.fspath(site)!r}); {ALONE.lstrip()}"

    done = subprocess.run(  # noqa: S603 - this interpreter with the program above
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=False
    )

    assert done.stderr == ""
    assert done.stdout.strip() == "['pluggy', 'trafficctl_sdk']"
    assert (site / "trafficctl_sdk/py.typed").exists()
