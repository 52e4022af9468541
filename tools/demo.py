"""Runs ``make demo``: a server of its own, the bookinfo example, and how to look at it.

Everything is written below one folder, fresh each time. On a terminal the server runs until Enter
or Ctrl-C, else it stops at the end.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = Path("build", "demo")
MARK: Final = ".trafficctl-demo"
USUAL_PORT: Final = 50051
PATIENCE: Final = 30  # seconds until the server must listen, or have ended when told to
BUNDLE: Final = "projects/demo/resourceBundles/bookinfo/versions/v1"
EXAMPLE: Final = ROOT / "examples" / "bookinfo"


class DemoError(Exception):
    """The demo cannot go on."""


def main() -> int:
    """Run the demo and give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.demo", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="default: %(default)s")
    folder = parser.parse_args().folder
    try:
        run(folder)
    except DemoError as error:
        print(f"the demo failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def run(folder: Path) -> None:
    """Run every step.

    :raises DemoError: one failed.
    """
    say(f"emptying {folder}")
    empty(folder)
    say("starting the server")
    with server(folder) as address:
        say(f"it listens on {address}; applying examples/bookinfo")
        apply(address)
        show(address, folder)
        show_commands(address, folder)
        if sys.stdin.isatty():
            say("the server runs until you press Enter")
            with suppress(KeyboardInterrupt):
                sys.stdin.readline()
        say("stopping the server")


def empty(folder: Path) -> None:
    """Make a fresh folder, in place of none or of one that an earlier demo made."""
    try:
        if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
            raise DemoError(f"{folder} holds files that no demo wrote: name another folder")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / MARK).touch()
    except OSError as error:
        raise DemoError(f"{folder} cannot be used: {error.strerror}") from None


def say(text: str) -> None:
    """Tell what comes next."""
    print(f"==> {text}", flush=True)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server with its state in the demo's folder, and give its address.

    :raises DemoError: it does not start; its log is quoted.
    """
    settings = {
        "TRAFFICCTL_SERVER__LISTEN": f"127.0.0.1:{free_port()}",
        "TRAFFICCTL_SERVER__STATE_DIR": str(folder / "state"),
        "TRAFFICCTL_DELIVERY__DIRECTORY_ROOT": str(folder.absolute() / "clusters"),
    }
    log = folder / "server.log"
    with log.open("w", encoding="utf-8") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "trafficctl_server", "serve"],
            env={**plain_environment(), **settings},
            stdin=subprocess.DEVNULL,
            stderr=lines,
            start_new_session=True,  # Ctrl-C is for the demo, which stops it then
        )
    try:
        yield listening(process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """Give the usual port if nobody has it, else 0: any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", USUAL_PORT))
        except OSError:
            return 0
    return USUAL_PORT


def listening(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until the server says where it listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        ended = process.poll() is not None
        lines = [json.loads(line) for line in complete_lines(log)]
        for line in lines:
            if line.get("event") == "listening":
                return str(line["address"])
        if ended:
            errors = [line["event"] for line in lines if line.get("level") == "error"]
            raise DemoError(f"the server ended: {'; '.join(errors) or f'see {log}'}")
        time.sleep(0.05)
    raise DemoError(f"the server did not listen within {PATIENCE} s: see {log}")


def complete_lines(log: Path) -> list[str]:
    """Give the JSON lines of a log that are written to their end."""
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    return [line for line in lines if line.startswith("{") and line.endswith("}\n")]


def apply(address: str) -> None:
    """Apply the example as its README says."""
    run_cli(address, "apply", "-f", str(EXAMPLE), "--wait")


def show(address: str, folder: Path) -> None:
    """Show what became of it."""
    run_cli(address, "status")
    print(f"\n{folder / 'clusters'}")
    for path in sorted((folder / "clusters").rglob("*")):
        if not path.name.startswith("."):
            depth = len(path.relative_to(folder / "clusters").parts)
            print("  " * depth + path.name + "/" * path.is_dir(), flush=True)


def run_cli(address: str, *words: str) -> None:
    """Run ``trafficctl``.

    :raises DemoError: it failed.
    """
    command = [sys.executable, "-m", "trafficctl_cli", "--server", address, *words]
    sys.stdout.flush()
    if subprocess.run(command, env=plain_environment(), check=False).returncode != 0:
        raise DemoError(f"trafficctl {words[0]} failed, see above")


def plain_environment() -> dict[str, str]:
    """Give the environment without settings that people made for servers of their own."""
    return {key: text for key, text in os.environ.items() if not key.startswith("TRAFFICCTL_")}


def show_commands(address: str, folder: Path) -> None:
    """Print commands to look further with."""
    cli = f"{Path(sys.executable).parent / 'trafficctl'} --server {address} --in {BUNDLE}"
    print(f"""
read the objects; their annotations name the intents behind them:
  less {folder / "clusters"}/east/trafficctl-mesh/*.yaml
look with the command line, in another terminal:
  alias trafficctl="{cli}"
  trafficctl get intents
  trafficctl status --watch
  trafficctl explain --from httpbin02 --to sleep01 --port 80 --method GET --path /
  trafficctl graph -o svg > graph.svg
or with grpcurl:
  grpcurl -plaintext {address} describe trafficctl.v2.InterclusterIntent
""")


if __name__ == "__main__":
    sys.exit(main())
