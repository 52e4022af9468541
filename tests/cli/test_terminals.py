"""What only a terminal shows: colour, questions, pages that are drawn anew; and how it is left."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import GROUP, PATIENCE, ROOT, Cli, running_server

READS = f"""kind: IntraclusterIntent
name: {GROUP}/intraclusterIntents/asked
destination: {{workload: productpage}}
ports: [{{port: 9080, protocol: HTTP}}]
callers:
- {{workload: {{workload: httpbin02}}, access: [{{action: ALLOW, allRequests: {{}}}}]}}
"""


class Terminal:
    """Runs the command on a terminal of its own."""

    def __init__(self, *words: str, **variables: str) -> None:
        ours, theirs = pty.openpty()
        self._screen = ours
        self.text = ""
        self.process = subprocess.Popen(  # noqa: S603 - the command under test
            [sys.executable, "-m", "trafficctl_cli", *words],
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", **variables},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    def until(self, pattern: str) -> str:
        """Read until something is shown."""
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, self.text):
            assert time.monotonic() < end, self.text
            try:
                self.text += os.read(self._screen, 65536).decode()
            except OSError:  # it has ended
                assert re.search(pattern, self.text), self.text
        return self.text

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def ended(self) -> int:
        code = self.process.wait(PATIENCE)
        os.close(self._screen)
        return code


def without_styles(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)


@pytest.fixture(scope="module", autouse=True)
def interruptible() -> Iterator[None]:
    """What a shell runs in the background ignores Ctrl-C, and so does all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("plain")
def test_status_is_a_page_in_colour_until_ctrl_c(address: str) -> None:
    terminal = Terminal("--server", address, "status", "--watch")
    shown = terminal.until(r"johndoe[^\n]*west")
    assert "5 intents: 5" in without_styles(shown)
    assert "\x1b[32mSETTLED" in shown
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.ended() == 130


@pytest.mark.usefixtures("plain")
def test_a_terminal_is_asked_before_a_shown_plan_is_applied(address: str, cli: Cli) -> None:
    file = Path(os.environ["HOME"], "asked.yaml")
    file.write_text(READS)
    terminal = Terminal("--server", address, "apply", "-f", str(file), "--plan", NO_COLOR="1")
    shown = terminal.until(r"apply it\?")
    assert "OPENED httpbin02 -> productpage" in without_styles(shown)
    assert "\x1b[32m" not in shown
    terminal.type("n\n")
    assert terminal.ended() == 130
    assert cli("get", f"{GROUP}/intraclusterIntents/asked").code == 4
    assert cli("plan", "list", "--in", GROUP, "-o", "json").out.count('"READY"') == 0


def test_a_reader_that_has_enough_is_no_failure_to_read(address: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as out:
        done = subprocess.run(  # noqa: S603 - the command under test
            [sys.executable, "-m", "trafficctl_cli", "--server", address, "get", "clusters"],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.crash
def test_watching_goes_on_after_the_server_is_started_again(tmp_path: Path) -> None:
    with running_server(tmp_path) as address:
        cli = Cli(("--server", address))
        example = str(ROOT / "examples" / "bookinfo")
        assert cli("apply", "-f", example, "--wait", "--within", "60s").code == 0
        watching = Terminal("--server", address, "status", "--watch", COLUMNS="150")
        watching.until(r"johndoe[^\n]*west")
    watching.until("connecting again")
    with running_server(tmp_path, SERVER__LISTEN=address):
        assert cli("apply", "-f", "-", stdin=READS).code == 0
        watching.until(r"intraclusterIntents/asked[^\n]*SETTLED")
        watching.process.send_signal(signal.SIGINT)
        assert watching.ended() == 130
