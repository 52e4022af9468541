"""Verbs without a server: help, version, completion, and texts that could steer a terminal."""

import pytest
from trafficctl_cli import __version__
from trafficctl_cli.commands.root import root
from trafficctl_cli.views.screen import plain

from tests.cli.running import Cli

VERBS = root.list_commands(None)  # type: ignore[arg-type] # it needs no context


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(alone: Cli, verb: str) -> None:
    done = alone(verb, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: trafficctl {verb} ")
    assert "-h, --help" in done.out


def test_the_help_lists_every_verb_and_options_about_the_server(alone: Cli) -> None:
    done = alone("--help")
    assert done.code == 0
    for verb in VERBS:
        assert f"\n  {verb} " in done.out
    assert "TRAFFICCTL_CLI_" in done.out
    assert "\nServer:\n" in alone("get", "--help").out


def test_without_words_help_is_shown(alone: Cli) -> None:
    done = alone()
    assert done.code == 2
    assert "Commands:" in done.err


def test_version(alone: Cli) -> None:
    assert alone("version").lines == [f"trafficctl {__version__}"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(alone: Cli, shell: str) -> None:
    done = alone("completion", shell)
    assert done.code == 0
    assert "_TRAFFICCTL_COMPLETE" in done.out


def test_completion_knows_verbs_and_options(alone: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_TRAFFICCTL_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "trafficctl ex")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert alone().out == "plain,explain\n"
    monkeypatch.setenv("COMP_WORDS", "trafficctl explain --meth")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert alone().out == "plain,--method\n"


def test_an_unknown_shell_is_a_mistake(alone: Cli) -> None:
    assert alone("completion", "tcsh").code == 2


def test_what_others_wrote_cannot_steer_a_terminal() -> None:
    assert plain("a\x1b[2Jb\x9bc\rd\u202ee\n") == "a\\x1b[2Jb\\x9bc\\rd\\u202ee\n"
