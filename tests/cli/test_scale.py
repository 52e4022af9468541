"""Ten thousand intents in one apply: one plan, one revision, bounded memory."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import ROOT, Cli, running_server

BUNDLE = "projects/big/resourceBundles/shop/versions/v1"
GROUP = f"""kind: TrafficIntentGroup
name: {BUNDLE}/trafficIntentGroups/g
"""
INTENT = f"""---
# intent {{0}}
kind: IntraclusterIntent
name: {BUNDLE}/trafficIntentGroups/g/intraclusterIntents/i{{0}}
description: number {{0}} of many
destination: {{{{workload: w{{0}}}}}}
ports:
- {{{{port: 80, protocol: HTTP}}}}
callers:
- workload: {{{{workload: web}}}}
  access:
  - action: ALLOW
    http:
      methods: [GET]
      paths: [{{{{prefix: /items/{{0}}}}}}]
"""
MEASURED = """
import resource, sys
from trafficctl_cli.main import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
sys.exit(code)
"""
MANY = 10_000
ALLOWED = 40
"""MiB that many may take more than few; their text alone is a tenth of it."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_server(tmp_path_factory.mktemp("big")) as address:
        yield address


def applied(server: str, folder: Path, count: int) -> tuple[str, int]:
    """Apply so many intents; gives what was said, and the peak of memory in MiB."""
    file = folder / f"{count}.yaml"
    with file.open("w") as out:
        out.write(GROUP)
        out.writelines(INTENT.format(number) for number in range(count))
    done = subprocess.run(  # noqa: S603 - the command under test
        [sys.executable, "-c", MEASURED, "--server", server, "apply", "-f", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, int(done.stderr)


@pytest.mark.crash
@pytest.mark.timeout(900)
def test_ten_thousand_intents_are_one_revision_and_take_little_memory(
    server: str, tmp_path: Path
) -> None:
    _, few = applied(server, tmp_path, 10)
    said, many = applied(server, tmp_path, MANY)
    assert said.splitlines()[-1].startswith(f"applied {MANY + 1} changes as revision ")
    assert many - few < ALLOWED, f"{few} MiB for ten, {many} MiB for {MANY}"

    listed = Cli(("--server", server))("get", "intraclusterIntents", "-o", "name")
    assert len(listed.lines) == MANY
    (file,) = tmp_path.glob(f"{MANY}.yaml")
    text = file.read_text().replace("number 9999 of many", "number 9999 of many\nlabels: {_: x}")
    file.write_text(text)
    wrong = Cli(("--server", server))("apply", "-f", str(file))
    line = text.splitlines().index("labels: {_: x}") + 1
    assert wrong.code == 3
    assert f"{file}:{line}:13: labels" in wrong.err
