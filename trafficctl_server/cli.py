"""The command ``trafficctl-server``: serve, check the settings, list the drivers.

Ends with 0 when all went well, 1 when something failed at run time, 2 when the settings or the
arguments are wrong.
"""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import uvloop

from trafficctl_server import __version__
from trafficctl_server.drivers.host import DriverHost, DriverHostSettings, DriverStatus
from trafficctl_server.settings.effective import effective_text
from trafficctl_server.settings.loading import FILE_VARIABLE, load_settings
from trafficctl_server.settings.mistakes import SettingsError
from trafficctl_server.telemetry.logs import configure_logs

OK: Final = 0
FAILED: Final = 1
BAD_SETTINGS: Final = 2
_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    :param arguments: without the program's name; None: those of the process.
    :returns: the exit code.
    """
    asked = _parser().parse_args(arguments)
    try:
        settings = load_settings(asked.config, os.environ)
    except SettingsError as error:
        for mistake in error.mistakes:
            print(mistake, file=sys.stderr)
        return BAD_SETTINGS
    if asked.command == "check-config":
        print(effective_text(settings) if asked.show else "the settings are fine", end="")
        print(end="" if asked.show else "\n")
        return OK
    configure_logs(settings.log)
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # its own lines on stderr are no JSON
    try:
        from trafficctl_server.app import running  # noqa: PLC0415 - gRPC reads it when loaded

        if asked.command == "drivers":
            asyncio.run(_list_drivers(running.driver_settings(settings)))
        else:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
                loop.run(running.run(settings))
    except KeyboardInterrupt:
        return FAILED
    except Exception as error:  # noqa: BLE001 - whatever it is, it ends in one line
        _log.error(
            _reason(error),
            # a traceback helps developers alone
            exc_info=error if settings.log.level == "debug" else None,
        )
        return FAILED
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trafficctl-server",
        description="Turns who may talk to whom into configuration of many clusters.",
        epilog="Exit codes: 0 fine, 1 failed at run time, 2 wrong settings or arguments.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    with_settings = argparse.ArgumentParser(add_help=False)
    with_settings.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help=f"TOML file of settings (default: ${FILE_VARIABLE}, else defaults alone);"
        " TRAFFICCTL_* variables win over it",
    )
    commands.add_parser("serve", parents=[with_settings], help="run until SIGTERM")
    check = commands.add_parser(
        "check-config", parents=[with_settings], help="name every mistake in the settings"
    )
    check.add_argument("--show", action="store_true", help="print the settings in force")
    commands.add_parser(
        "drivers", parents=[with_settings], help="list installed drivers and why one is refused"
    )
    return parser


def _reason(error: Exception) -> str:
    """Say what went wrong; of several things at once, the first."""
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return str(error) or type(error).__name__


async def _list_drivers(settings: DriverHostSettings) -> None:
    host = DriverHost(settings)
    await host.start()
    try:
        for driver in host.roster:
            print(_line(driver))
        if not host.roster:
            print("no drivers are installed: install one, such as trafficctl-istio")
    finally:
        await host.stop()


def _line(driver: DriverStatus) -> str:
    why = driver.refusal or driver.health
    known = f"{driver.name}  {driver.state.lower()}  {driver.distribution} {driver.version}"
    return f"{known}  {why}" if why else known
