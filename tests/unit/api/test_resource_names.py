"""Names and ids that clients send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.api.resource_names import (
    _bad_ids,
    _good_name,
    id_violations,
    name_violations,
    place_violations,
)
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.intents.kinds import KINDS

GROUP = "projects/4you/resourceBundles/1shop/versions/1.2-rc/trafficIntentGroups/main"
CLUSTER = RESOURCE_TYPES["Cluster"].patterns
INTENT = RESOURCE_TYPES["InterclusterIntent"].patterns
REALIZATION = RESOURCE_TYPES["Realization"].patterns


def rules(patterns: tuple[str, ...], name: str, *, wildcards: bool = False) -> list[str]:
    return [it.rule for it in name_violations(patterns, name, "name", wildcards=wildcards)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=str)
def test_the_wire_and_the_office_know_the_same_names(kind: object) -> None:
    known = KINDS[kind.name]  # type: ignore[attr-defined] # ids need an object
    patterns = RESOURCE_TYPES[known.name].patterns
    blank = ["/".join("{}" if "{" in it else it for it in p.split("/")) for p in patterns]
    assert blank == [known.pattern]


def test_good_names_pass() -> None:
    assert rules(CLUSTER, "clusters/east") == []
    assert rules(CLUSTER, f"clusters/{'a' * 63}") == []
    assert rules(INTENT, f"{GROUP}/interclusterIntents/a") == []
    assert rules(REALIZATION, f"{GROUP}/inboundIntents/a/realizations/none") == []
    assert rules(REALIZATION, f"{GROUP}/outboundIntents/a/realizations/east") == []


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "name.required"),
        ("clusters", "name.pattern"),
        ("clusters/", "id.pattern"),
        ("clusters/east/", "name.pattern"),
        ("/clusters/east", "name.pattern"),
        ("Clusters/east", "name.pattern"),
        ("clusters/East", "id.pattern"),
        ("clusters/1st", "id.pattern"),
        ("clusters/east-", "id.pattern"),
        ("clusters/east\n", "id.pattern"),
        ("clusters/ea\x00st", "id.pattern"),
        ("clusters/éast", "id.pattern"),
        ("clusters/..", "id.pattern"),
        ("clusters/-", "id.pattern"),
        (f"clusters/{'a' * 64}", "id.pattern"),
        (f"clusters/{'a' * 2000}", "name.pattern"),
        ("clusters/none", "id.reserved"),
        ("clusters/default-deny", "id.reserved"),
        ("clusters/trafficctl-mesh", "id.reserved"),
        ("clusters/../../etc/passwd", "name.pattern"),
    ],
)
def test_bad_names_say_what_is_wrong(name: str, rule: str) -> None:
    assert rules(CLUSTER, name) == [rule]


def test_every_wrong_id_of_a_name_is_named() -> None:
    name = "projects/A/resourceBundles/b/versions/1..2/trafficIntentGroups/none"
    assert rules(RESOURCE_TYPES["TrafficIntentGroup"].patterns, name) == [
        "id.pattern",
        "id.pattern",
        "id.reserved",
    ]


def test_a_dash_stands_for_any_id_where_it_may() -> None:
    name = "projects/-/resourceBundles/-/versions/-/trafficIntentGroups/main"
    assert rules(RESOURCE_TYPES["InterclusterIntent"].parents, name, wildcards=True) == []
    assert rules(RESOURCE_TYPES["InterclusterIntent"].parents, name) == ["id.pattern"] * 3


@given(st.text())
def test_what_passes_is_plain_and_of_the_pattern(name: str) -> None:
    if not name_violations(CLUSTER, name, "name"):
        assert name.isascii()
        assert KINDS["Cluster"].matches(name)
        assert ".." not in name
    found = id_violations("clusters", name, "cluster_id")
    assert bool(found) == bool(name_violations(CLUSTER, f"clusters/{name}", "name")) or "/" in name


IDS = ("a", "1st", "1.2", "1..2", "x-", "none", "selfish", "trafficctl-x", "-", "", "A", "ä")


@given(
    st.lists(st.sampled_from(IDS), min_size=6, max_size=6),
    st.sampled_from(sorted(RESOURCE_TYPES)),
    st.booleans(),
)
def test_the_short_way_passes_exactly_what_has_nothing_wrong(
    ids: list[str], kind: str, wildcards: object
) -> None:
    for pattern in RESOURCE_TYPES[kind].patterns:
        left = iter(ids)
        segments = [next(left) if "{" in it else it for it in pattern.split("/")]
        found = tuple(_bad_ids(segments, "name", wildcards=bool(wildcards)))
        name = "/".join(segments)
        assert name_violations((pattern,), name, "name", wildcards=bool(wildcards)) == found
        assert bool(_good_name((pattern,), wildcards=bool(wildcards)).fullmatch(name)) is not bool(
            found
        )


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=100, max_size=300))
def test_an_answer_repeats_little_of_a_long_name(name: str) -> None:
    for found in name_violations(CLUSTER, name, "name"):
        assert len(found.description) < 1000
        assert found.description.isascii()


@pytest.mark.parametrize(
    ("place", "good"),
    [
        ("projects/acme", True),
        ("projects/-/resourceBundles", True),
        ("clusters/-", True),
        ("clusters", True),
        ("clusters/east/objects", True),
        (f"{GROUP}/interclusterIntents/-/realizations", True),
        ("cluster/east", False),
        ("projects/acme/clusters", False),
        ("", False),
        ("-", False),
        ("projects/..", False),
        (f"{GROUP}/interclusterIntents/a/realizations/east/more", False),
    ],
)
def test_a_place_is_a_name_or_its_beginning(place: str, good: object) -> None:
    patterns = tuple(p for it in RESOURCE_TYPES.values() for p in it.patterns)
    assert bool(place_violations(patterns, place, "parents[0]")) is not good
