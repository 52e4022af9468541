"""``explain``: whether a call gets through, for people and for programs."""

import json

import pytest

from tests.cli.running import BUNDLE, Cli

CALL = ("--port", "80", "--method", "GET", "--path", "/", "--in", BUNDLE)
OUTSIDE = ("--to", "bookinfo.example.com", "--port", "443", "--method", "GET")


def test_an_allowed_call_shows_its_way_and_what_decides(cli: Cli) -> None:
    done = cli("explain", "--from", "httpbin02", "--to", "sleep01", *CALL)
    assert (done.code, done.err) == (0, "")
    assert done.lines[0].startswith("ALLOWED from east, as desired at revision ")
    stations = [line.split(" in ")[0] for line in done.lines if "✓" in line]
    assert stations[0] == "  1 ✓ sidecar httpbin02"
    assert stations[1].startswith("  2 ✓ egress gateway egress-httpbin02-")
    assert stations[2:] == ["  3 ✓ east-west gateway east-west", "  4 ✓ workload sleep01"]
    assert any("west/bookinfo/authorizationpolicy.allow-sleep01-" in line for line in done.lines)
    assert "      of interclusterIntents/johndoe" in done.lines
    assert "  ends at west (100 %)" in done.lines


def test_a_denied_call_names_who_refuses_and_ends_with_1(cli: Cli) -> None:
    done = cli(
        "explain",
        "--from",
        "httpbin02",
        "--to",
        f"{BUNDLE}/workloads/productpage",
        "--port",
        "9080",
        "--in",
        BUNDLE,
    )  # fmt: skip - as people write it
    assert done.code == 1
    assert done.lines[0].startswith("DENIED from east")
    assert any(line.startswith("  2 ✗ workload productpage in east") for line in done.lines)


@pytest.mark.parametrize(
    ("caller", "path", "verdict"),
    [
        ("outside", "/productpage", "ALLOWED"),
        ("outside:198.51.100.77", "/productpage/x", "ALLOWED"),
        ("outside", "/other", "UNREACHABLE"),
        ("account:east/bookinfo/httpbin02", "/productpage", "UNREACHABLE"),
    ],
)
def test_callers_are_workloads_accounts_and_strangers(
    cli: Cli, caller: str, path: str, verdict: str
) -> None:
    done = cli("explain", "--from", caller, *OUTSIDE, "--path", path, "-o", "name")
    assert set(done.lines) == {verdict}
    assert done.code == (0 if verdict == "ALLOWED" else 1)


def test_headers_travel_with_the_call(cli: Cli) -> None:
    done = cli(
        "explain",
        "--from",
        "httpbin02",
        "--from-cluster",
        "east",
        "--to",
        "sleep01",
        *CALL,
        "--header",
        "X-Tier=gold",
        "-o",
        "json",
    )  # fmt: skip - as people write it
    (found,) = json.loads(done.out)
    assert (found["verdict"], found["callerCluster"]) == ("ALLOWED", "clusters/east")
    assert cli("explain", "--from", "httpbin02", "--to", "sleep01", *CALL, "-o", "yaml").out


@pytest.mark.parametrize(
    ("words", "code", "lines"),
    [
        (
            ("--from", "outside", "--to", "a.b", "--port", "443", "--method", "get", "--path", "x"),
            3,
            ["  --method: does not match regex", "  --path: does not have prefix `/`"],
        ),
        (
            ("--from", "httpbin02", "--to", "sleep01", *CALL, "--claim", "corp:groups/x=admin"),
            3,
            ["  --claim: no intent about the destination has such a provider"],
        ),
        (("--from", "nobody", "--to", "sleep01", *CALL), 4, ["nobody"]),
        (("--from", "account:east", "--to", "a.b", "--port", "1"), 2, ["CLUSTER/NAMESPACE/NAME"]),
        (("--from", "httpbin02", "--to", "a.b", "--port", "1"), 2, ["say --in"]),
        (("--from", "outside", "--to", "a.b", "--port", "1", "--header", "x"), 2, ["NAME=VALUE"]),
        (("--from", "outside", "--to", "a.b", "--port", "1", "--claim", "x=y"), 2, ["PROVIDER:"]),
        (("--from", "outside", "--to", "a.b", "--port", "0"), 2, ["0 is not in the range"]),
        (("--to", "a.b", "--port", "1"), 2, ["Missing option '--from'"]),
    ],
)
def test_mistakes_are_told_by_the_option(
    cli: Cli, words: tuple[str, ...], code: int, lines: list[str]
) -> None:
    done = cli("explain", *words)
    assert (done.code, done.out) == (code, "")
    for line in lines:
        assert line in done.err


def test_the_graph_has_every_call_that_the_example_allows(cli: Cli) -> None:
    done = cli("graph", "projects/demo")
    rows = [line.split()[:4] for line in done.lines]
    assert (done.code, rows[0]) == (0, ["CALLER", "CALLED", "PORTS", "STATE"])
    assert ["httpbin02", "sleep01", "80", "SETTLED"] in rows
    assert ["anybody", "productpage", "443", "SETTLED"] in rows
    assert len(rows) == 10
    assert len(json.loads(cli("graph", "--in", BUNDLE, "-o", "json").out)["edges"]) == 9
    assert '["sleep01"]' in cli("graph", "projects/demo", "-o", "mermaid").out
    assert cli("graph", "projects/demo", "-o", "svg").out.startswith("<svg ")


def test_the_graph_of_a_cluster_is_what_runs_there(cli: Cli) -> None:
    whole = json.loads(cli("graph", "projects/demo", "-o", "json").out)
    west = json.loads(cli("graph", "projects/demo", "--cluster", "west", "-o", "json").out)
    assert 0 < len(west["edges"]) < len(whole["edges"])


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        ((), 2, "say which project"),
        (("clusters/east",), 3, "parent"),
        (("projects/demo", "--basis", "projects/demo/plans/nope"), 4, "nope"),
        (("projects/demo", "--basis", "nonsense"), 2, "wanted: projects/{project}/plans/{plan}"),
    ],
)
def test_mistakes_about_the_graph(cli: Cli, words: tuple[str, ...], code: int, text: str) -> None:
    done = cli("graph", *words)
    assert (done.code, done.out) == (code, "")
    assert text in done.err
