import base64
from datetime import timedelta
from ipaddress import IPv4Network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from trafficctl_server.settings.effective import effective_text
from trafficctl_server.settings.files import read_tokens, store_key
from trafficctl_server.settings.loading import load_settings
from trafficctl_server.settings.mistakes import SettingsError
from trafficctl_server.settings.quantities import (
    Duration,
    Endpoint,
    duration_text,
    nanoseconds,
    size_text,
)

TOKEN = "a-long-enough-token"


def mistakes(file: Path | None, **variables: str) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        load_settings(file, {f"TRAFFICCTL_{name}": text for name, text in variables.items()})
    return [str(mistake) for mistake in raised.value.mistakes]


def test_nothing_set_is_a_working_local_server() -> None:
    settings = load_settings(None, {})
    assert settings.server.listen == Endpoint(host="127.0.0.1", port=50051)
    assert settings.database == Path("trafficctl-state/trafficctl.db")
    assert settings.key_file == Path("trafficctl-state/trafficctl.key")
    assert settings.directory_root == Path("trafficctl-state/clusters")
    assert settings.addresses.pool == IPv4Network("240.96.0.0/12")
    assert settings.drivers.memory_limit == 512 * 1024 * 1024


def test_the_environment_wins_over_the_file_setting_by_setting(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(
        '[server]\nlisten = "127.0.0.1:1"\ndrain_deadline = "3s"\n'
        '[drivers]\nblocked = ["a"]\n[drivers.options.istio]\nroot = "x"\n'
    )
    settings = load_settings(
        None,
        {
            "TRAFFICCTL_CONFIG": str(file),
            "TRAFFICCTL_SERVER__LISTEN": "[::1]:2",
            "TRAFFICCTL_DRIVERS__BLOCKED": "b, c",
            "TRAFFICCTL_DRIVERS__OPTIONS__ISTIO__SUFFIX": "global",
            "TRAFFICCTL_LIMITS__CONCURRENT_RPCS": "7",
            "TRAFFICCTL_LOG__LEVEL": "",
            "PATH": "/bin",
        },
    )
    assert settings.server.listen == Endpoint(host="::1", port=2)
    assert settings.server.drain_deadline == timedelta(seconds=3)
    assert settings.drivers.blocked == ("b", "c")
    assert settings.drivers.options == {"istio": {"root": "x", "suffix": "global"}}
    assert settings.limits.concurrent_rpcs == 7
    assert settings.log.level == "info"


def test_settings_cannot_be_changed() -> None:
    settings = load_settings(None, {})
    with pytest.raises(ValueError, match="frozen"):
        settings.server.state_dir = Path("/")


def test_in_memory_has_no_database() -> None:
    settings = load_settings(None, {"TRAFFICCTL_STORE__PATH": ":memory:"})
    assert settings.database is None


def test_absolute_paths_leave_the_state_directory() -> None:
    settings = load_settings(
        None,
        {
            "TRAFFICCTL_SERVER__STATE_DIR": "/var/lib/t",
            "TRAFFICCTL_DELIVERY__DIRECTORY_ROOT": "/srv/git",
        },
    )
    assert settings.directory_root == Path("/srv/git")
    assert settings.database == Path("/var/lib/t/trafficctl.db")


def test_all_mistakes_of_file_and_environment_come_at_once_with_their_places(
    tmp_path: Path,
) -> None:
    file = tmp_path / "s.toml"
    file.write_text(
        '[server]\nlisten = "nowhere"\nlistn = "x"\n[limits]\nconcurrent_rpcs = 0\n[metrics]\n'
    )
    found = mistakes(file, LOG__LEVEL="loud", LIMITZ__X="1", TRACING__SAMPLING_RATE="2")
    known = (
        "no such setting: known are server, store, delivery, addresses, drivers, limits, log,"
        " tracing"
    )
    assert found == [
        f"{file}: server.listen: write host:port or unix:/path, such as '127.0.0.1:50051'",
        f"{file}: server.listn: no such setting: did you mean 'listen'",
        f"{file}: limits.concurrent_rpcs: should be greater than or equal to 1",
        "TRAFFICCTL_LOG__LEVEL: should be 'debug', 'info', 'warning' or 'error'",
        "TRAFFICCTL_TRACING__SAMPLING_RATE: should be less than or equal to 1",
        f"{file}: metrics: {known}",
        "TRAFFICCTL_LIMITZ__X: no such setting: did you mean 'limits'",
    ]


def test_rules_over_several_settings_come_with_all_other_mistakes(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(
        '[server]\nlisten = "0.0.0.0:50051"\nlistn = "x"\n'
        f'[server.tls]\ncert = "{tmp_path}/no.crt"\ncertt = "x"\n'
        '[limits]\nconcurrent_rpcs = 0\nmax_deadline = "1s"\nmax_stream_deadline = "1s"\n'
        '[delivery]\nbackoff_limit = "20ms"\nscan_interval = "0s"\n'
        '[store]\nkey = "c2VjcmV0"\nwishes_age = "1d"\n'
    )
    found = mistakes(file, DRIVERS__BLOCKED="a, B")
    assert [it.removeprefix(f"{file}: ").partition(":")[0] for it in found] == [
        "server.tls.key",
        "server.tls.certt",
        "server.listn",
        "store.wishes_age",
        "delivery.scan_interval",
        "TRAFFICCTL_DRIVERS__BLOCKED",
        "limits.concurrent_rpcs",
        "server.listen",
        "delivery.backoff_limit",
        "limits.max_deadline",
        "limits.max_stream_deadline",
        "server.tls.cert",
        "store.key",
        "store.key",
    ]
    assert "set tls.client_ca or token_file" in found[7]
    assert found[11].endswith("no.crt: no such file or directory")


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"SERVER__LISTEN": "0.0.0.0:1", "SERVER__TLS": "x"}, "valid dictionary"),
        ({"LIMITS__DEFAULT_DEADLINE": "soon", "LIMITS__MAX_DEADLINE": "10s"}, "a unit"),
        ({"DELIVERY__BACKOFF_INITIAL": "1h", "DELIVERY__BACKOFF_LIMIT": "500ms"}, "less than"),
    ],
)
def test_no_rule_is_judged_on_a_default_that_stands_for_a_mistake(
    variables: dict[str, str], says: str
) -> None:
    (found,) = mistakes(None, **variables)
    assert says in found


def test_a_broken_rule_names_the_places_of_all_that_it_is_about(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text('[limits]\ndefault_deadline = "2m"\nconcurrent_rpcs = 7\n')
    (found,) = mistakes(file, LIMITS__MAX_DEADLINE="1m")
    assert found == (
        f"TRAFFICCTL_LIMITS__MAX_DEADLINE, {file}: limits.default_deadline:"
        " max_deadline is shorter than default_deadline: make it longer"
    )


@pytest.mark.parametrize(
    ("variable", "text", "says"),
    [
        ("SERVER__LISTEN", "0.0.0.0:50051", "set tls.client_ca or token_file"),
        ("SERVER__LISTEN", "[::]:1", "set tls.client_ca or token_file"),
        ("SERVER__LISTEN", "db.example:1", "set tls.client_ca or token_file"),
        ("SERVER__LISTEN", "127.0.0.1:65536", "write host:port"),
        ("SERVER__LISTEN", "127.0.0.1:-1", "write host:port"),
        ("SERVER__LISTEN", "::1:50051", "brackets"),
        ("SERVER__LISTEN", "unix:relative.sock", "absolute path"),
        ("SERVER__DRAIN_DEADLINE", "10", "a unit"),
        ("SERVER__DRAIN_DEADLINE", "11m", "less than or equal"),
        ("SERVER__TOKEN_FILE", "/no/such/file", "no such file"),
        ("SERVER", "x", "valid dictionary"),
        ("STORE__WISHES_AGE", "29d", "30 days"),
        ("STORE__PROGRESS_AGE", "59m", "1 hour"),
        ("STORE__REQUESTS_AGE", "23h", "1 day"),
        ("STORE__KEY", "c2VjcmV0", "32 bytes"),
        ("STORE__KEY", "!!", "32 bytes"),
        ("DELIVERY__SCAN_INTERVAL", "0s", "greater than or equal"),
        ("DELIVERY__BACKOFF_LIMIT", "500ms", "shorter than backoff_initial"),
        ("ADDRESSES__POOL", "240.96.0.0/29", "/8 to /28"),
        ("ADDRESSES__POOL", "240.0.0.0/7", "/8 to /28"),
        ("ADDRESSES__POOL", "240.0.0.0/8", "240.0.0.0/16"),
        ("ADDRESSES__POOL", "240.240.64.0/20", "240.240.0.0/16"),
        ("ADDRESSES__POOL", "240.96.0.1/12", "host bits"),
        ("ADDRESSES__POOL", "fd00::/64", "IPv4"),
        ("DRIVERS__BLOCKED", "Istio", "pattern"),
        ("DRIVERS__TIME_LIMIT", "5 minutes", "a unit"),
        ("DRIVERS__MEMORY_LIMIT", "1MiB", "greater than or equal"),
        ("DRIVERS__MEMORY_LIMIT", "512MB", "a unit"),
        ("DRIVERS__OPTIONS", "x", "valid dictionary"),
        ("LIMITS__MESSAGE_SIZE", "1KiB", "greater than or equal"),
        ("LIMITS__CONCURRENT_STREAMS", "many", "valid integer"),
        ("LIMITS__MAX_DEADLINE", "1s", "shorter than default_deadline"),
        ("LIMITS__MAX_STREAM_DEADLINE", "1s", "shorter than default_stream_deadline"),
        ("TRACING__KIND", "zipkin", "'none' or 'jaeger'"),
        ("TRACING__AGENT", "unix:/run/x", "host:port of the agent"),
        ("TRACING__AGENT", "127.0.0.1:0", "host:port of the agent"),
        ("SERVER__TLS__CERTT", "x", "did you mean 'cert'"),
    ],
)
def test_a_bad_setting_is_named(variable: str, text: str, says: str) -> None:
    found = mistakes(None, **{variable: text})
    assert any(says in mistake for mistake in found), found
    assert any(f"TRAFFICCTL_{variable}" in mistake for mistake in found), found


def test_half_of_tls_names_the_other_half() -> None:
    assert mistakes(None, SERVER__TLS__CERT="/a.crt") == [
        "server.tls.key: must be set, as server.tls is",
        "TRAFFICCTL_SERVER__TLS__CERT: cannot read /a.crt: no such file or directory",
    ]


@given(st.text(st.characters(codec="ascii", categories=("Lu", "Nd")), min_size=1, max_size=12))
def test_an_unknown_variable_is_never_taken_silently(name: str) -> None:
    if name in {"CONFIG", "LOG", "STORE", "SERVER", "LIMITS", "DRIVERS", "DELIVERY"}:
        return
    assert mistakes(None, **{name: "x"})[0].startswith(f"TRAFFICCTL_{name}: no such setting")


def test_variables_of_the_command_line_are_its_own() -> None:
    load_settings(None, {"TRAFFICCTL_CLI_SERVER": "127.0.0.1:50051"})


def test_a_key_has_no_place_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    key = base64.b64encode(b"k" * 32).decode()
    file.write_text(f'[store]\nkey = "{key}"\n')
    (found,) = mistakes(file)
    assert "TRAFFICCTL_STORE__KEY" in found
    assert key not in found


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"[server\n", "is not TOML"), (b"\xff\xfe", "is not UTF-8"), (None, "no such file")],
)
def test_an_unreadable_file_is_named(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "s.toml"
    if content is not None:
        file.write_bytes(content)
    (found,) = mistakes(file)
    assert found.startswith(f"{file}: ")
    assert says in found


def test_tokens_are_read_and_principals_may_hold_colons(tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.write_text(f"# people\n\nalice:{TOKEN}1\n spiffe://a/b:{TOKEN}2 \nalice:{TOKEN}3\n")
    tokens = read_tokens(file)
    assert [token.principal for token in tokens] == ["alice", "spiffe://a/b", "alice"]
    assert [token.token.get_secret_value()[-1] for token in tokens] == ["1", "2", "3"]
    assert TOKEN not in repr(tokens)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (TOKEN, "line 1 is not principal:token"),
        (f":{TOKEN}", "line 1 is not principal:token"),
        (f"a b:{TOKEN}", "line 1 is not principal:token"),
        ("alice:short-secret", "line 1 has a token of less than 16 characters"),
        (f"a:{TOKEN}\nb:{TOKEN}", "line 2 repeats a token"),
        ("# nobody", "holds no token"),
    ],
)
def test_a_bad_token_line_is_named_by_its_number_only(tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "tokens"
    file.write_text(line + "\n")
    (found,) = mistakes(None, SERVER__TOKEN_FILE=str(file))
    assert says in found
    assert TOKEN not in found
    assert "short-secret" not in found


def test_secrets_are_never_shown() -> None:
    key = base64.b64encode(bytes(range(32))).decode()
    settings = load_settings(
        None,
        {"TRAFFICCTL_STORE__KEY": key, "TRAFFICCTL_DRIVERS__OPTIONS__ISTIO__PASSWORD": "hunter2"},
    )
    assert store_key(settings) == bytes(range(32))
    for shown in (effective_text(settings), repr(settings), str(settings), settings.model_dump()):
        assert key not in str(shown)
    assert 'key = "(set)"' in effective_text(settings)
    assert '"password" = "(set)"' in effective_text(settings)
    assert "hunter2" not in effective_text(settings)


def test_what_is_shown_can_be_read_again(tmp_path: Path) -> None:
    settings = load_settings(
        None, {"TRAFFICCTL_SERVER__LISTEN": "unix:/run/t.sock", "TRAFFICCTL_DRIVERS__BLOCKED": "a"}
    )
    file = tmp_path / "shown.toml"
    file.write_text(effective_text(settings))
    assert effective_text(load_settings(file, {})) == effective_text(settings)


@given(st.integers(min_value=0, max_value=10**9 - 1), st.sampled_from(["ms", "s", "m", "h", "d"]))
def test_a_duration_survives_being_written(number: int, unit: str) -> None:
    read = TypeAdapter[timedelta](Duration)
    try:
        duration = read.validate_python(f"{number}{unit}")
    except ValueError:
        assert unit == "d"  # more than a timedelta holds
        return
    assert read.validate_python(duration_text(duration)) == duration
    assert nanoseconds(duration) % 1_000_000 == 0


@given(st.integers(min_value=1, max_value=2**33))
def test_a_size_is_written_exactly(size: int) -> None:
    text = size_text(size)
    units = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
    number = text.rstrip("KMGiB")
    assert int(number) * units[text[len(number) :]] == size


@pytest.mark.parametrize("text", ["127.0.0.1:1", "[::1]:0", "unix:/a/b", "localhost:80"])
def test_a_local_endpoint_is_written_as_it_was_read(text: str) -> None:
    listen = load_settings(None, {"TRAFFICCTL_SERVER__LISTEN": text}).server.listen
    assert str(listen) == text
    assert listen.local
