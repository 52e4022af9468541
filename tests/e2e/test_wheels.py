"""What a user installs works where the user installs it, away from any checkout."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import CLIENT_NEEDS, Installed
from tests.e2e.environments import add_to_site, command, pinned
from tests.e2e.running import Server, run_server, running_server
from tests.fakes.wheels import ROOT

DRIVERS = {"trafficctl-istio", "trafficctl-networkpolicy"}
OURS = {"trafficctl-api", "trafficctl-cli", "trafficctl-sdk", "trafficctl-server", *DRIVERS}


def test_the_server_environment_has_our_wheels_and_what_is_pinned(installed: Installed) -> None:
    packages = installed.server.packages()

    assert packages.keys() >= OURS
    assert "trafficctl-example" not in packages
    others = {name: version for name, version in packages.items() if name not in OURS}
    assert {name.lower().replace("_", "-"): it for name, it in others.items()}.items() <= (
        pinned().items()
    )


def test_what_is_pinned_for_run_time_is_what_is_tested() -> None:
    """The environment of the tests was installed by the same versions and hashes."""
    runtime, development = (pins(it) for it in ("runtime", "dev"))
    assert runtime
    assert runtime.items() <= development.items()


def pins(name: str) -> dict[str, frozenset[str]]:
    """Give the hashes that a requirements file has for each distribution and version."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    return {
        block.split()[0]: frozenset(re.findall(r"--hash=(\S+)", block))
        for block in blocks
        if "--hash" in block
    }


def test_the_client_environment_has_the_stubs_and_what_they_need_alone(
    installed: Installed,
) -> None:
    packages = {name.lower().replace("_", "-") for name in installed.client.packages()}
    assert packages == {"trafficctl-api", *CLIENT_NEEDS}


def test_nothing_is_imported_from_the_checkout(installed: Installed, tmp_path: Path) -> None:
    code = (
        "import importlib, json, pkgutil, sys\n"
        "import trafficctl_server, trafficctl_istio, trafficctl_networkpolicy\n"
        "import trafficctl_sdk, trafficctl_cli, trafficctl.v2\n"
        "for package in (trafficctl_server, trafficctl_istio, trafficctl_networkpolicy,"
        " trafficctl_sdk, trafficctl_cli, trafficctl.v2):\n"
        "    for it in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        if not it.name.endswith('__main__') and '.conformance' not in it.name:\n"
        "            importlib.import_module(it.name)\n"
        "print(json.dumps([it.__file__ for it in list(sys.modules.values())"
        " if getattr(it, '__file__', None) and it.__name__.startswith('trafficctl')]))\n"
    )
    files = json.loads(command(str(installed.server.python), "-c", code, folder=tmp_path))
    assert len(files) > 100
    assert {Path(it).is_relative_to(installed.server.folder) for it in files} == {True}


def test_a_client_with_the_stubs_alone_gets_its_intent_settled(
    installed: Installed, server: Server, tmp_path: Path
) -> None:
    client = Path(__file__).with_name("client.py").read_text()
    script = tmp_path / "client.py"
    script.write_text(client)

    shown = command(str(installed.client.python), "-I", str(script), server.address)

    assert shown.splitlines()[0] == "pages SETTLED"
    assert re.findall(r"^clusters/(\w+) SETTLED [1-9]", shown, flags=re.MULTILINE) == [
        "east",
        "west",
    ]
    kinds = {Path(path).name.partition(".")[0] for path in server.files()}
    assert {"serviceentry", "destinationrule", "gateway", "authorizationpolicy"} <= kinds


def test_the_drivers_are_found_by_their_entry_points(installed: Installed, tmp_path: Path) -> None:
    done = run_server(installed.server, tmp_path, "drivers")
    assert (done.returncode, done.stderr) == (0, "")
    assert [it.split() for it in done.stdout.splitlines()] == [
        ["istio", "loaded", "trafficctl-istio", "0.1.0"],
        ["networkpolicy", "loaded", "trafficctl-networkpolicy", "0.1.0"],
    ]


def test_the_example_driver_joins_when_it_is_installed(
    installed: Installed, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    add_to_site(site, "trafficctl-example", wheels=installed.wheels)

    with running_server(installed.server, tmp_path, PYTHONPATH=str(site)) as server:
        events = server.log()
        listed = run_server(installed.server, tmp_path, "drivers", PYTHONPATH=str(site))

    assert [it.split() for it in listed.stdout.splitlines()] == [
        ["example", "loaded", "trafficctl-example", "0.1.0"],
        ["istio", "loaded", "trafficctl-istio", "0.1.0"],
        ["networkpolicy", "loaded", "trafficctl-networkpolicy", "0.1.0"],
    ]
    assert not [it for it in events if it["level"] in {"warning", "error"}]


@pytest.mark.parametrize(
    "project",
    [
        "trafficctl_api",
        "trafficctl_sdk",
        "trafficctl_cli",
        *sorted(it.replace("-", "_") for it in DRIVERS),
    ],
)
def test_wheels_bring_their_types(installed: Installed, project: str) -> None:
    (wheel,) = installed.wheels.glob(f"{project}-*.whl")
    listed = subprocess.run(  # noqa: S603 - the wheel just built
        [str(installed.server.python), "-m", "zipfile", "-l", str(wheel)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "py.typed" in listed.stdout
