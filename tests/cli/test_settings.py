"""Whom the command speaks to: flags over the environment over a context, and secrets stay."""

from pathlib import Path

import pytest
from trafficctl_cli.exits import CommandError
from trafficctl_cli.settings import Endpoint, load_settings

from tests.cli.running import BUNDLE, Cli

CONFIG = """
current = "lab"

[contexts.lab]
server = "lab.example:50051"
in = "projects/lab"
token_file = "lab.token"
timeout = "5m"

[contexts.here]
server = "127.0.0.1:1"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / ".config" / "trafficctl" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(CONFIG)
    return path


def test_a_flag_wins_over_a_variable_and_that_over_the_context(config: Path) -> None:
    environ = {"HOME": str(config.parents[2])}
    lab = load_settings({}, environ)
    assert (lab.context, lab.place) == ("lab", "projects/lab")
    assert lab.endpoint == Endpoint(
        server="lab.example:50051", token_file=config.parent / "lab.token", timeout=300.0
    )

    environ |= {"TRAFFICCTL_CLI_SERVER": "other:1", "TRAFFICCTL_CLI_TOKEN_FILE": "mine"}
    by_variable = load_settings({}, environ).endpoint
    assert (by_variable.server, by_variable.token_file) == ("other:1", Path("mine"))

    flags = {"server": "flag:1", "context": "here"}
    by_flag = load_settings(flags, environ)
    assert (by_flag.endpoint.server, by_flag.context, by_flag.place) == ("flag:1", "here", "")


@pytest.mark.parametrize(
    ("endpoint", "encrypted"),
    [
        (Endpoint(), False),
        (Endpoint(server="unix:/run/x"), False),
        (Endpoint(server="far.example:50051"), True),
        (Endpoint(server="far.example:50051", tls=False), False),
        (Endpoint(ca=Path("ca")), True),
        (Endpoint(tls=True), True),
    ],
)
def test_only_this_machine_is_spoken_to_in_clear_text(
    endpoint: Endpoint, *, encrypted: bool
) -> None:
    assert endpoint.encrypted is encrypted


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("current = 1\nwhat = 2", ["what is unknown", "current must be the name"]),
        (
            "[contexts]\na = 1\n[contexts.b]\nserver = 'x'\ntoken = 'y'",
            ["contexts.a must be a table", "contexts.b.token is unknown"],
        ),
        ("contexts = 1", ["contexts must be tables"]),
        ("a b", ["is not TOML"]),
        ("current = 'nope'", ["there is no context 'nope'"]),
        (
            "current = 'a'\n[contexts.a]\nserver = 1\ntimeout = '0s'\ntls = 'perhaps'",
            [
                "server must be a text",
                "timeout must be a time above 0",
                "tls must be true or false",
            ],
        ),
    ],
)  # fmt: skip - rows
def test_every_mistake_of_the_file_is_named(tmp_path: Path, text: str, mistakes: list[str]) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(CommandError) as caught:
        load_settings({"config": file}, {})
    assert len(caught.value.lines) == len(mistakes)
    for mistake in mistakes:
        assert mistake in str(caught.value)


def test_an_unknown_variable_is_a_mistake(alone: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAFFICCTL_CLI_SERVR", "x")
    done = alone("get", "clusters")
    assert done.code == 2
    assert "TRAFFICCTL_CLI_SERVR is unknown" in done.err


def test_contexts_are_listed(alone: Cli, config: Path) -> None:
    done = alone("contexts")
    assert [line.split() for line in done.lines] == [
        ["NAME", "SERVER", "IN"],
        ["*", "lab", "lab.example:50051", "projects/lab"],
        ["here", "127.0.0.1:1"],
    ]
    config.unlink()
    assert "has no contexts" in alone("contexts").err


def test_flags_may_stand_before_and_behind_the_verb(cli: Cli) -> None:
    before = cli("--in", BUNDLE, "get", "workloads/sleep01", "-o", "name")
    behind = cli("get", "workloads/sleep01", "--in", BUNDLE, "-o", "name")
    assert before == behind
    assert before.code == 0


def test_nobody_there_is_said_with_the_address(alone: Cli) -> None:
    done = alone("get", "clusters", "--server", "127.0.0.1:1", "--timeout", "5s")
    assert done.code == 6
    assert done.err == (
        "error: nobody answers as a trafficctl server at 127.0.0.1:1: connection refused;"
        " start it, or name another with --server\n"
    )


def test_a_token_is_neither_sent_in_clear_text_nor_shown(alone: Cli, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("s3cret-token\n")
    words = ("get", "clusters", "--token-file", str(token), "--server", "far.example:1")
    done = alone(*words, "--plaintext")
    assert done.code == 2
    assert "clear text" in done.err
    token.write_text("two s3cret-tokens")
    assert alone(*words).code == 2
    assert "s3cret" not in done.out + done.err + alone(*words).err


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--token-file", "/nowhere"), "/nowhere cannot be read"),
        (("--ca", "/nowhere"), "/nowhere cannot be read"),
        (("--cert", "/nowhere", "--tls"), "--cert and --key go together"),
        (("--timeout", "soon"), "'soon' is no time"),
        (("--config", "/nowhere"), "/nowhere cannot be read"),
        (("--context", "nope"), "there is no context 'nope'"),
    ],
)
def test_wrong_settings_end_with_2(alone: Cli, words: tuple[str, ...], text: str) -> None:
    done = alone("get", "clusters", *words)
    assert (done.code, done.out) == (2, "")
    assert text in done.err
