"""Draws the pictures of ``docs/cli.md``: what a terminal shows of the bookinfo example.

``python -m tools.terminal_pictures [FOLDER]`` runs a server and the commands themselves. Revision
numbers depend on who was quicker, so each is drawn as 42; all else is as it came.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text
from trafficctl_cli.commands.root import root
from trafficctl_cli.commands.session import Session
from trafficctl_cli.server.catalog import INTENTS, TYPES
from trafficctl_cli.server.connection import connected
from trafficctl_cli.server.following import Interest, follow
from trafficctl_cli.settings import Endpoint
from trafficctl_cli.views.status_page import page

from tools.demo import apply, server

PICTURES: Final = Path(__file__).parent.parent / "docs" / "pictures"
EXPLAIN: Final = (
    *("explain", "--from", "httpbin02", "--to", "sleep01", "--port", "80"),
    *("--method", "GET", "--path", "/"),
)
_PLACE: Final = "projects/demo/resourceBundles/bookinfo/versions/v1"
_WIDTH: Final = 104
_HEIGHT: Final = 24
_REVISION: Final = re.compile(r"revision \d+")
_FONT: Final = re.compile(r"@font-face \{.*?\}\s*", flags=re.DOTALL)


def main() -> None:
    """Write the pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as state, server(Path(state)) as address:
        apply(address)
        for name, text in pictures(address).items():
            (folder / name).write_text(text, encoding="utf-8")


def pictures(address: str) -> Mapping[str, str]:
    """Draw every picture, by its file's name.

    :param address: of a server with the example in it, settled.
    """
    return {
        "status.svg": _drawn("trafficctl status --watch", lambda it: _status(it, address)),
        "explain.svg": _drawn(f"trafficctl {' '.join(EXPLAIN)}", lambda it: _explain(it, address)),
    }


def _drawn(title: str, show: Callable[[Console], None]) -> str:
    console = _console()
    with console.capture() as written:
        show(console)
    final = _console()
    final.print(Text.from_ansi(_REVISION.sub("revision 42", written.get())))
    name = title.split()[1]
    drawn = final.export_svg(title=title, theme=DIMMED_MONOKAI, unique_id=f"trafficctl-{name}")
    return _FONT.sub("", drawn)  # which would be fetched from the network


def _console() -> Console:
    return Console(
        file=io.StringIO(),
        record=True,
        force_terminal=True,
        color_system="standard",
        width=_WIDTH,
        height=_HEIGHT,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )


def _status(console: Console, address: str) -> None:
    interest = Interest((_PLACE,), (*INTENTS[:4], TYPES["Realization"]))
    with connected(Endpoint(server=address)) as connection:
        console.print(page(next(follow(connection, interest)), _HEIGHT))


def _explain(console: Console, address: str) -> None:
    session = Session()
    session.screen.out = console
    said = ("--server", address, "--in", _PLACE)
    root.main([*said, *EXPLAIN], standalone_mode=False, obj=session)


if __name__ == "__main__":
    main()
