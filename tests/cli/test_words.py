"""Verbs without a server: help, version, completion, and texts that could steer a terminal."""

import pytest
from trafficctl_cli import __version__
from trafficctl_cli.commands.plan import command as plan
from trafficctl_cli.commands.root import root
from trafficctl_cli.views.screen import plain

from tests.cli.running import BUNDLE, Cli

VERBS = root.list_commands(None)  # type: ignore[arg-type] # it needs no context


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(alone: Cli, verb: str) -> None:
    done = alone(verb, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: trafficctl {verb} ")
    assert "-h, --help" in done.out


@pytest.mark.parametrize("verb", sorted(plan.commands))
def test_every_verb_about_plans_has_help(alone: Cli, verb: str) -> None:
    done = alone("plan", verb, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: trafficctl plan {verb} ")


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


def test_what_others_wrote_cannot_steer_a_terminal(alone: Cli) -> None:
    done = alone("get", "a\x1b[2Jb")
    assert done.code == 2
    assert "\x1b" not in done.err
    assert "\x9b" not in alone("get", "a\x9bb", "--server", "x:1\x9b").err
    assert plain("a\x1b[2Jb\x9bc\rd\u202ee\n") == "a\\x1b[2Jb\\x9bc\\rd\\u202ee\n"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("trafficctl get wor", ["workloads"]),
        ("trafficctl get clusters/", ["clusters/east", "clusters/west"]),
        ("trafficctl describe clusters/w", ["clusters/west"]),
        ("trafficctl describe workloads/sl", ["workloads/sleep01"]),
        ("trafficctl wait interc", ["interclusterIntents/"]),
        ("trafficctl delete nonsense/", []),
    ],
)
def test_names_are_completed_from_the_server(
    address: str, alone: Cli, monkeypatch: pytest.MonkeyPatch, line: str, found: list[str]
) -> None:
    monkeypatch.setenv("TRAFFICCTL_CLI_SERVER", address)
    monkeypatch.setenv("TRAFFICCTL_CLI_IN", BUNDLE)
    monkeypatch.setenv("_TRAFFICCTL_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", "2")
    assert alone().out.split() == [f"plain,{it}" for it in found]


def test_completion_is_silent_where_no_server_is(
    alone: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAFFICCTL_CLI_SERVER", "127.0.0.1:1")
    monkeypatch.setenv("_TRAFFICCTL_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "trafficctl get clusters/")
    monkeypatch.setenv("COMP_CWORD", "2")
    done = alone()
    assert (done.out.strip(), done.err) == ("", "")
