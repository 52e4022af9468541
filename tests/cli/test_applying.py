"""``apply``, ``plan``, ``diff``, ``delete``: files become so as one revision, or nothing does."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.cli.running import BUNDLE, GROUP, ROOT, Cli, running_server

EXAMPLE = ROOT / "examples" / "bookinfo"
READS = f"""kind: IntraclusterIntent
name: {GROUP}/intraclusterIntents/reads
destination: {{workload: productpage}}
ports: [{{port: 9080, protocol: HTTP}}]
callers:
- workload: {{workload: httpbin02}}
  access:
  - action: ALLOW
    http: {{methods: [GET], paths: [{{prefix: /productpage}}]}}
"""
TOKENS = "anna:token-of-anna-0123456789\nbert:token-of-bert-0123456789\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a server for two people, with the example in it."""
    folder = tmp_path_factory.mktemp("applying")
    (folder / "tokens").write_text(TOKENS)
    with running_server(folder, SERVER__TOKEN_FILE=str(folder / "tokens")) as address:
        for line in TOKENS.splitlines():
            principal, _, token = line.partition(":")
            (folder / principal).write_text(token)
        anna = Cli(("--server", address, "--token-file", str(folder / "anna")))
        done = anna("apply", "-f", str(EXAMPLE), "--wait", "--within", "60s")
        assert done.code == 0, done.err
        yield f"{address} {folder}"


@pytest.fixture
def anna(server: str, alone: Cli) -> Cli:
    address, folder = server.split()
    return Cli((*alone.before, "--server", address, "--token-file", f"{folder}/anna"))


@pytest.fixture
def bert(server: str, alone: Cli) -> Cli:
    address, folder = server.split()
    return Cli((*alone.before, "--server", address, "--token-file", f"{folder}/bert"))


def test_the_example_is_settled_and_applied_again_changes_nothing(anna: Cli) -> None:
    again = anna("apply", "-f", str(EXAMPLE))
    assert (again.code, again.err) == (0, "")
    assert again.lines[0] == "no object changes in any cluster"
    assert again.lines[-1].startswith("applied 14 changes as revision ")
    assert anna("diff", "-f", str(EXAMPLE)).out == ""


def test_what_get_gives_can_be_applied_from_standard_input(anna: Cli) -> None:
    text = anna("get", "intents", "-o", "json", "--writable").out
    done = anna("apply", "-f", "-", "-o", "name", stdin=text)
    assert (done.code, len(done.lines)) == (0, 5)
    assert anna("diff", "-f", "-", stdin=text).code == 0


def test_a_change_is_shown_by_diff_applied_and_deleted_again(anna: Cli, tmp_path: Path) -> None:
    file = tmp_path / "reads.yaml"
    file.write_text(READS)

    diff = anna("diff", "-f", str(file))
    assert diff.code == 1
    assert "UPDATE east AuthorizationPolicy bookinfo/allow-productpage" in diff.out
    assert any(line.startswith("+") and "sa/httpbin02" in line for line in diff.lines)
    assert anna("get", f"{GROUP}/intraclusterIntents/reads").code == 4

    shown = anna("apply", "-f", str(file), "--dry-run")
    assert shown.code == 0
    assert any(
        line.strip().startswith("OPENED") and "httpbin02" in line and "productpage" in line
        for line in shown.lines
    )
    assert anna("get", f"{GROUP}/intraclusterIntents/reads").code == 4

    done = anna("apply", "-f", str(file), "--plan", "--wait", "-o", "json")
    assert done.code == 0, done.err
    assert anna("get", f"{GROUP}/intraclusterIntents/reads", "-o", "name").code == 0
    call = ("--port", "9080", "--path", "/productpage/1", "--method", "GET", "--in", BUNDLE)
    asked = ("explain", "--from", "httpbin02", "--to", "productpage", *call, "-o", "name")
    assert anna(*asked).code == 0

    gone = anna("delete", "-f", str(file))
    assert (gone.code, gone.err) == (0, "")
    waited = anna("wait", f"{GROUP}/intraclusterIntents/reads", "--for", "gone", "--within", "60s")
    assert waited.code == 0
    assert anna(*asked).code == 1


def test_everything_that_the_server_finds_is_told_at_its_line(anna: Cli, tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text(f"# first\n---\n{READS.replace('productpage}', 'nobody}')}labels: {{_: a}}\n")
    two.write_text(READS.replace("reads", "more").replace("john", "nobody"))

    done = anna("apply", "-f", str(tmp_path))

    assert (done.code, done.out) == (3, "")
    told = done.err.splitlines()
    assert told[0] == "error: 2 places are wrong"
    assert told[1].startswith(f'{one}:12:13: labels["_"]: ')
    assert told[2].startswith(f"{two}:1:1: ")
    assert "does not exist" in told[2]
    assert anna("plan", "list", "-o", "json", "--in", "projects/demo").out.count('"DRAFT"') == 0


def test_a_contradiction_is_told_with_both_sides_and_the_way_out(anna: Cli, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(
        READS.replace("IntraclusterIntent", "InterclusterIntent")
        .replace("intraclusterIntents/reads", "interclusterIntents/other")
        .replace("productpage}", "sleep01}")
        .replace("port: 9080", "port: 80")
        + "mutualTls: {mode: PERMISSIVE}\n"
    )
    done = anna("apply", "-f", str(file))
    assert (done.code, done.out) == (5, "")
    line = next(it for it in done.err.splitlines() if "mutualTls.mode" in it)
    assert line.startswith(
        f"{file}:10:19: mutualTls.mode: contradicts {GROUP}/interclusterIntents/"
    )
    assert "PERMISSIVE here, STRICT there" in line
    assert "state the same mode" in done.err


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("diff", "-f", "-"), "clusters/east/objects/"),
        (("apply", "-f", "-", "--dry-run"), "clusters/east/objects/"),
        (("status", GROUP), GROUP),
        (("drivers",), "drivers/"),
        (("plan", "list"), "projects/demo/plans/"),
    ],
)
def test_every_form_for_programs_is_one(anna: Cli, words: tuple[str, ...], name: str) -> None:
    as_json = json.loads(anna(*words, "-o", "json", stdin=READS).out)
    as_yaml = list(yaml.safe_load_all(anna(*words, "-o", "yaml", stdin=READS).out))
    assert as_json
    assert len(as_yaml) == (len(as_json) if isinstance(as_json, list) else 1)
    named = anna(*words, "-o", "name", stdin=READS).lines
    assert named
    assert all(it.startswith(name) for it in named)


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (("apply", "-f", "/nowhere"), 2, "/nowhere does not exist"),
        (("apply",), 2, "Missing option '-f'"),
        (("apply", "-f", "-"), 2, "there is no document in standard input"),
        (("plan",), 2, "say -f to make a plan"),
        (("plan", "-f", "x", "list"), 2, "leave it out"),
        (("plan", "get", "projects/demo/plans/nope"), 4, "projects/demo/plans/nope"),
        (("plan", "get", "nope"), 2, "wanted: projects/{project}/plans/{plan}"),
        (("plan", "approve", "projects/demo/plans/nope"), 2, "say --digest"),
        (("plan", "apply", "projects/demo/plans/nope"), 4, "nope"),
        (("plan", "delete", "projects/demo/plans/nope"), 4, "nope"),
        (("delete",), 2, "say names, or -f"),
        (("delete", "clusters/nope"), 4, "does not exist"),
        (("delete", "clusters/east", "--orphan-records"), 2, "--orphan-records means nothing"),
        (("delete", GROUP), 5, "--force deletes the group with its intents"),
        (("delete", "-f", "x", "--force"), 2, "--force goes with names"),
        (("delete", f"{BUNDLE}/workloads/sleep01"), 5, "[WORKLOAD_IN_USE]"),
    ],
)
def test_mistakes_end_with_their_code(
    anna: Cli, words: tuple[str, ...], code: int, text: str
) -> None:
    done = anna(*words)
    assert (done.code, done.out) == (code, "")
    assert text in done.err


def test_who_does_not_say_who_it_is_is_told_how(server: str, alone: Cli) -> None:
    done = alone("get", "clusters", "--server", server.split(maxsplit=1)[0])
    assert (done.code, done.out) == (9, "")
    assert "[UNAUTHENTICATED]" in done.err
    assert "--token-file" in done.err


def test_missing_ones_can_be_ignored(anna: Cli) -> None:
    done = anna("delete", "clusters/nope", "--ignore-missing")
    assert done.lines == ["clusters/nope is not there"]


def test_documents_of_two_projects_are_two_plans(anna: Cli) -> None:
    other = READS.replace("projects/demo", "projects/other")
    done = anna("apply", "-f", "-", stdin=f"{READS}---\n{other}")
    assert done.code == 2
    assert "these are in demo, other" in done.err


def test_a_plan_of_the_inventory_alone_needs_a_project(anna: Cli) -> None:
    text = anna("get", "clusters/east", "-o", "yaml", "--writable").out
    assert anna("apply", "-f", "-", stdin=text).code == 2
    assert anna("apply", "-f", "-", "--in", "projects/demo", stdin=text).code == 0


def test_an_etag_that_is_old_is_a_conflict(anna: Cli) -> None:
    text = anna("get", "clusters/east", "-o", "yaml").out
    newer = text.replace("description: Eastern edge", "description: Another")
    assert anna("apply", "-f", "-", "--in", "projects/demo", stdin=newer).code == 0
    done = anna("apply", "-f", "-", "--in", "projects/demo", stdin=text)
    assert done.code in (3, 5)
    assert "standard input:" in done.err


def at_rest(cli: Cli) -> None:
    """Wait until nothing is under way that would make a plan stale."""
    assert cli("wait", "projects/demo", "--within", "60s").code == 0


def test_a_plan_is_kept_looked_at_and_applied(anna: Cli) -> None:
    at_rest(anna)
    made = anna("plan", "-f", "-", "--id", "spring", "--objects", stdin=READS)
    assert made.code == 0, made.err
    assert made.lines[0] == "plan projects/demo/plans/spring: READY"
    assert "author   anna" in made.lines
    assert any(line.startswith("UPDATE east AuthorizationPolicy") for line in made.lines)
    spring = ("plan", "get", "plans/spring", "--in", "projects/demo")
    whole = json.loads(anna(*spring, "-o", "json").out)
    assert whole["objectChanges"]
    assert {it["effect"] for it in whole["reachChanges"]} == {"OPENED"}
    assert list(yaml.safe_load_all(anna("plan", "list", "-o", "yaml", "--in", BUNDLE).out))
    assert "calls: 1 opened, 0 closed" in anna("describe", "projects/demo/plans/spring").lines
    assert anna("plan", "-f", "-", "--id", "spring", stdin=READS).code == 5

    wrong = anna("plan", "apply", "projects/demo/plans/spring", "--digest", "0" * 64)
    assert (wrong.code, "[PLAN_DIGEST]" in wrong.err) == (5, True)
    done = anna("plan", "apply", "projects/demo/plans/spring")
    assert done.lines[0].startswith("projects/demo/plans/spring applied as revision ")
    assert anna("plan", "apply", "projects/demo/plans/spring").code == 5
    assert anna("plan", "delete", "projects/demo/plans/spring").code == 0
    assert anna("delete", f"{GROUP}/intraclusterIntents/reads").lines == [
        f"{GROUP}/intraclusterIntents/reads deleting"
    ]
    assert anna("wait", f"{GROUP}/intraclusterIntents/reads", "--for", "gone").code == 0


def test_a_stale_plan_is_computed_again(anna: Cli) -> None:
    at_rest(anna)
    assert anna("plan", "-f", "-", "--id", "late", stdin=READS).code == 0
    between = READS.replace("Intents/reads", "Intents/between").replace("httpbin02", "httpbin03")
    assert anna("apply", "-f", "-", stdin=between).code == 0
    stale = anna("plan", "apply", "projects/demo/plans/late")
    assert (stale.code, "[PLAN_STALE]" in stale.err) == (5, True)
    again = anna("plan", "compute", "projects/demo/plans/late")
    assert (again.code, again.lines[0]) == (0, "plan projects/demo/plans/late: READY")
    assert anna("delete", "projects/demo/plans/late").code == 0
    assert anna("delete", f"{GROUP}/intraclusterIntents/between").code == 0


def test_a_group_with_approval_gets_what_somebody_else_approved(anna: Cli, bert: Cli) -> None:
    group = f"{BUNDLE}/trafficIntentGroups/careful"
    policy = f"kind: TrafficIntentGroup\nname: {group}\nchangePolicy: APPROVAL\n"
    assert anna("apply", "-f", "-", stdin=policy).code == 0
    at_rest(anna)
    wish = READS.replace(GROUP, group)

    waits = anna("apply", "-f", "-", stdin=wish)

    assert (waits.code, waits.out) == (8, "")
    assert "[APPROVAL_REQUIRED]" in waits.err
    approve = next(it.split() for it in waits.err.splitlines() if "plan approve" in it)
    own = anna(*approve[1:])
    assert (own.code, "[PLAN_OWN_APPROVAL]" in own.err) == (8, True)
    given = bert(*approve[1:], "--comment", "seen")
    assert given.lines == [f"plan {approve[3]}: APPROVED"]
    assert "approved by bert: seen" in anna("plan", "get", approve[3]).lines
    assert anna("plan", "apply", approve[3]).code == 0

    again = anna("plan", "-f", "-", "--id", "no", stdin=wish.replace("GET", "POST"))
    digest = next(it.split()[1] for it in again.lines if it.startswith("digest"))
    assert bert("plan", "reject", "projects/demo/plans/no", "--digest", digest).code == 0
    assert anna("plan", "apply", "projects/demo/plans/no").code == 5
