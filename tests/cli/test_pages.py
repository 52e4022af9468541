"""What docs/cli.md says is what the command does, and its pictures are what it shows."""

import re
from pathlib import Path

import pytest

from tests.cli.running import ROOT, Cli
from tools.cli_reference import PAGE, renewed
from tools.terminal_pictures import PICTURES, pictures

TEXT = PAGE.read_text()


def test_the_reference_is_fresh() -> None:
    assert renewed(TEXT) == TEXT, "run python -m tools.cli_reference"


def test_the_pictures_are_fresh(address: str) -> None:
    for name, text in pictures(address).items():
        assert (PICTURES / name).read_text() == text, "run python -m tools.terminal_pictures"


def test_the_document_can_be_applied(cli: Cli) -> None:
    (document,) = re.findall(r"^```yaml document\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    done = cli("diff", "-f", "-", "-o", "name", stdin=document)
    assert (done.code, done.err) == (1, "")
    assert done.lines


def test_the_mistakes_are_told_as_the_page_says(
    alone: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (wrong,) = re.findall(r"^```yaml wrong\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (told,) = re.findall(r"^```text told\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("wrong.yaml").write_text(wrong)
    prompt, *lines = told.splitlines()
    done = alone(*prompt.split()[2:])
    assert (done.code, done.err.splitlines()) == (3, lines)


def test_the_context_file_is_one(alone: Cli, tmp_path: Path) -> None:
    (config,) = re.findall(r"^```toml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    (tmp_path / "config.toml").write_text(config)
    done = alone("contexts", "--config", str(tmp_path / "config.toml"))
    assert (done.code, done.err) == (0, "")
    assert done.lines[1].split()[:2] == ["*", "lab"]


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)", TEXT))))
def test_every_link_leads_somewhere(target: str) -> None:
    assert target.startswith("https://") or (ROOT / "docs" / target).exists()
