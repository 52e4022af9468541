"""``get``, ``describe``, ``drivers``: what is there, for people and for programs."""

import json

import pytest
import yaml

from tests.cli.running import BUNDLE, GROUP, Cli

JOHNDOE = f"{GROUP}/interclusterIntents/johndoe"


def test_a_type_means_all_there_are(cli: Cli) -> None:
    done = cli("get", "clusters")
    assert (done.code, done.err) == (0, "")
    head, east, west = (line.split() for line in done.lines)
    assert head == ["NAME", "STATE", "MESH", "TARGET", "GOVERNED", "AGE"]
    assert east[:5] == ["clusters/east", "ACTIVE", "istio", "directory", "bookinfo"]
    assert west[0] == "clusters/west"


def test_all_intents_stand_in_one_table(cli: Cli) -> None:
    done = cli("get", "intents", "--in", GROUP)
    rows = [line.split() for line in done.lines]
    assert [row[0] for row in rows] == [
        "NAME",
        "interclusterIntents/johndoe",
        "intraclusterIntents/microservice01",
        "outboundIntents/microservice01",
        "outboundIntents/microservice02",
        "inboundIntents/productpage",
    ]
    assert rows[1][1:5] == ["SETTLED", "2/2", "sleep01", "2"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (("workloads/sleep01", "--in", BUNDLE), [f"{BUNDLE}/workloads/sleep01"]),
        (("workloads/sleep01", "--in", GROUP), [f"{BUNDLE}/workloads/sleep01"]),
        ((f"{BUNDLE}/workloads/sleep01",), [f"{BUNDLE}/workloads/sleep01"]),
        ((f"{GROUP}/interclusterIntents",), [JOHNDOE]),
        (("projects/demo/resourceBundles/-/versions/-/trafficIntentGroups",), [GROUP]),
        (("InterclusterIntent",), [JOHNDOE]),
        (("clusters/west", "clusters/east"), ["clusters/west", "clusters/east"]),
        (("clusters", "--filter", 'name = "clusters/west"'), ["clusters/west"]),
        (("clusters", "--order-by", "name desc"), ["clusters/west", "clusters/east"]),
    ],
)
def test_names_are_whole_or_relative(cli: Cli, words: tuple[str, ...], names: list[str]) -> None:
    done = cli("get", *words, "-o", "name")
    assert (done.code, done.lines) == (0, names)


def test_wide_shows_whole_names_and_more(cli: Cli) -> None:
    done = cli("get", "interclusterIntents", "--in", GROUP, "-o", "wide")
    assert done.lines[0].split()[-3:] == ["GENERATION", "REVISION", "EDITOR"]
    assert done.lines[1].startswith(JOHNDOE)


def test_json_of_one_is_an_object_and_of_many_an_array(cli: Cli) -> None:
    one = json.loads(cli("get", "clusters/east", "-o", "json").out)
    many = json.loads(cli("get", "clusters", "-o", "json").out)
    assert (one["kind"], one["name"]) == ("Cluster", "clusters/east")
    assert [it["name"] for it in many] == ["clusters/east", "clusters/west"]
    assert json.loads(cli("get", "workloads", "--in", "projects/no", "-o", "json").out) == []


def test_yaml_is_documents(cli: Cli) -> None:
    done = cli("get", "workloads", "-o", "yaml", "--writable")
    found = list(yaml.safe_load_all(done.out))
    assert {it["kind"] for it in found} == {"Workload"}
    assert len(found) == 6
    assert not {"uid", "etag", "state", "createTime"} & {key for it in found for key in it}


def test_nothing_there_is_no_error(cli: Cli) -> None:
    done = cli("get", "intents", "--in", "projects/nobody")
    assert (done.code, done.out) == (0, "")
    assert done.err == "nothing there\n"


def test_an_intent_is_described_with_each_cluster_and_its_objects(cli: Cli) -> None:
    done = cli("describe", JOHNDOE)
    assert done.code == 0
    assert f"InterclusterIntent {JOHNDOE}" in done.out
    assert "in east: SETTLED delivered, 25 objects" in done.lines
    assert "in west: SETTLED delivered, 3 objects" in done.lines
    assert "AuthorizationPolicy" in done.out
    assert "and 5 more" in done.out
    assert "  externalPrefix: httpservice01" in done.lines


def test_a_cluster_is_described_with_its_checks(cli: Cli) -> None:
    done = cli("describe", "clusters/east")
    assert [line.split()[:2] for line in done.lines if " PASSED " in line]
    assert "  serviceMesh: istio" in done.lines


def test_an_object_is_described_with_the_fields_it_follows_from(cli: Cli) -> None:
    objects = json.loads(cli("get", "clusters/west/objects", "-o", "json").out)
    (policy,) = [
        it["name"] for it in objects if "allow-sleep01" in it.get("file", {}).get("path", "")
    ]
    done = cli("describe", policy)
    assert "because of interclusterIntents/johndoe: callers[0]" in done.out
    realization = cli("describe", f"{JOHNDOE}/realizations/west")
    assert "in west: SETTLED delivered, 3 objects" in realization.lines


def test_drivers_say_what_they_are_and_which_fields_they_enforce(cli: Cli) -> None:
    done = cli("drivers")
    assert done.code == 0
    assert ["drivers/istio", "LOADED"] in [line.split()[:2] for line in done.lines]
    assert "drivers/istio" in cli("drivers", "-o", "name").lines
    fields = cli("drivers", "--fields").out
    assert "InterclusterIntent.traffic_policy.retries.attempts" in fields


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (("get", "clusters/nope"), 4, "error: Cluster clusters/nope does not exist"),
        (("get", "nonsense"), 2, "'nonsense' is not understood: neither a type nor a name"),
        (("get", "workloads/x"), 2, "write the whole name"),
        (("get", "workloads/-", "--in", BUNDLE), 2, "'-' stands for any id only in front"),
        (("get",), 2, "Missing argument"),
        (("get", "clusters", "--filter", "name ~~ 1"), 3, "filter"),
        (("get", "clusters", "-o", "xml"), 2, "'xml' is not one of"),
        (("get", "dnsProviderIntents"), 10, "[UNIMPLEMENTED]"),
        (("get", "clusters", "--server", "http://127.0.0.1:1"), 2, "host:port or unix:/path"),
        (("describe", "clusters"), 2, "names no single resource"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_mistakes_end_with_their_code(
    cli: Cli, words: tuple[str, ...], code: int, text: str
) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (code, "")
    assert text in done.err
