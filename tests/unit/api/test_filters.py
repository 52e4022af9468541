"""Filters: what the language means, and that nothing that is written breaks it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl.v2.intercluster_intent_pb2 import InterclusterIntent as Message
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from trafficctl_server.api.listing.fields import listed_fields
from trafficctl_server.api.listing.filter_meaning import matcher
from trafficctl_server.api.listing.filter_syntax import FilterError

FIELDS = listed_fields(Message.DESCRIPTOR)
NOON = 1_896_091_200_000_000_000  # 2030-01-31T12:00:00Z


def intent(**fields: Any) -> InterclusterIntent:
    standard: dict[str, Any] = {
        "name": "projects/p/x/cart",
        "display_name": "Cart",
        "generation": 3,
        "create_time": NOON,
        "labels": {"team": "a", "app.kubernetes.io/part-of": "shop", "empty": ""},
        "state": Convergence.State.REFUSED,
        "reconciling": True,
        "counts": Convergence.Counts(total=4, refused=1),
    }
    return InterclusterIntent(**(standard | fields))


def passes(text: str, **fields: Any) -> bool:
    return matcher(text, FIELDS)(intent(**fields))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "state = REFUSED",
        'state="REFUSED"',
        "state != SETTLED",
        "state:*",
        "generation = 3",
        "generation > 2 generation < 4",
        "generation >= 3 AND generation <= 3",
        "generation != -3",
        "reconciling = true",
        "NOT reconciling = false",
        "-reconciling = false",
        "display_name = Cart",
        "display_name = 'Cart'",
        'display_name = "C*t"',
        "display_name = C*",
        "display_name = *",
        "display_name != *x*",
        "display_name > Ca",
        "name = projects/p/*/cart",
        'create_time = "2030-01-31T12:00:00Z"',
        "create_time = 2030-01-31T14:00:00+02:00",
        'create_time < "2030-01-31T12:00:00.000000001Z"',
        "labels:team",
        "labels:*",
        "labels.team = a",
        "labels.team:a",
        "labels.team:*",
        'labels."app.kubernetes.io/part-of" = shop',
        "labels.app.kubernetes.io/part-of = shop",
        'labels.empty = ""',
        "NOT labels.other = a",
        "NOT labels:other",
        "counts.refused > 0",
        "counts.total = 4",
        "delete_time:* OR state = REFUSED",
        "(state = SETTLED OR (generation = 3)) AND labels.team = a",
        # OR binds closer than AND.
        "state = REFUSED OR state = SETTLED AND generation = 3",
    ],
)
def test_these_hold(text: str) -> None:
    assert passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "state = SETTLED",
        "generation = 4",
        "reconciling = false",
        "display_name = cart",
        "display_name = C*x",
        "labels.other != a",
        "labels.other:*",
        "labels.empty:*",
        "labels:other",
        "delete_time:*",
        "delete_time > 2000-01-01T00:00:00Z",
        "uid:*",
        "state = SETTLED OR state = HELD AND generation = 3",
        "state = REFUSED OR state = SETTLED AND generation = 4",
        "NOT (state = REFUSED generation = 3)",
    ],
)
def test_these_do_not(text: str) -> None:
    assert not passes(text)


@pytest.mark.parametrize(
    "text",
    [
        "state",
        "state =",
        "= REFUSED",
        "state = refused",
        "state > SETTLED",
        "state = REFUSED AND",
        "AND state = REFUSED",
        "NOT",
        "(state = REFUSED",
        "state = REFUSED)",
        "()",
        "generation = x",
        "generation = 1.5",
        "generation = 99999999999999999999",
        "generation = ٣",
        "reconciling = yes",
        "create_time > yesterday",
        "create_time > 2030-13-01T00:00:00Z",
        "labels = a",
        "labels.",
        "nothing = 1",
        "destination.workload = cart",
        "counts = 1",
        'display_name = "open',
        "f(state)",
        "state = (REFUSED OR SETTLED)",
        "(" * 21 + "state = REFUSED" + ")" * 21,
        "display_name = " + "a" * 5000,
    ],
)
def test_these_are_refused_with_the_place(text: str) -> None:
    with pytest.raises(FilterError, match=r"\(at character \d+\)"):
        matcher(text, FIELDS)


@given(st.text(st.sampled_from(list("abc=<>!:.*()\"'\\- \tANDORNOTstate10"))) | st.text())
def test_any_text_is_a_filter_or_a_clear_error(text: str) -> None:
    try:
        matcher(text, FIELDS)(intent())
    except FilterError as error:
        assert 1 <= error.place <= len(text) + 1  # noqa: PT017 - most texts raise, some do not


LEAVES = st.sampled_from(
    [("generation = 3", True), ("generation = 4", False), ("labels:team", True)]
)


def grown(
    inner: st.SearchStrategy[tuple[str, bool]],
) -> st.SearchStrategy[tuple[str, bool]]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        inner.map(lambda it: (f"NOT ({it[0]})", not it[1])),
        pairs.map(lambda it: (f"({it[0][0]}) AND ({it[1][0]})", it[0][1] and it[1][1])),
        pairs.map(lambda it: (f"({it[0][0]}) ({it[1][0]})", it[0][1] and it[1][1])),
        pairs.map(lambda it: (f"({it[0][0]}) OR ({it[1][0]})", it[0][1] or it[1][1])),
    )


@given(st.recursive(LEAVES, grown, max_leaves=8))
def test_connectives_mean_what_they_say(expected: tuple[str, bool]) -> None:
    text, holds = expected
    assert passes(text) is holds


@given(st.text(st.sampled_from("ab")), st.lists(st.text(st.sampled_from("ab")), min_size=2))
def test_wildcards_stand_for_any_text(text: str, parts: list[str]) -> None:
    pattern = "*".join(parts)

    def fits(rest: str, left: list[str]) -> bool:
        if len(left) == 1:
            return rest.endswith(left[0])
        return any(
            rest[at:].startswith(left[0]) and fits(rest[at + len(left[0]) :], left[1:])
            for at in range(len(rest) + 1)
        )

    expected = text.startswith(parts[0]) and fits(text[len(parts[0]) :], parts[1:])
    assert passes(f'display_name = "{pattern}"', display_name=text) is expected


def test_a_filter_made_of_stars_is_no_trap() -> None:
    """A backtracking matcher would not come back from this one."""
    stars = "*a" * 1500
    assert not passes(f'description = "{stars}*b"', description="a" * 1024)
