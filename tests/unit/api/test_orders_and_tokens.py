"""Orders, and the tokens that carry a place in them."""

from functools import cmp_to_key
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl.v2.intercluster_intent_pb2 import InterclusterIntent as Message
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.model.intercluster_intent import InterclusterIntent

from trafficctl_server.api.listing.fields import listed_fields
from trafficctl_server.api.listing.ordering import Order, OrderError, parse_order
from trafficctl_server.api.listing.page_tokens import (
    PageTokenError,
    purpose,
    read_token,
    write_token,
)

FIELDS = listed_fields(Message.DESCRIPTOR)


def order(text: str) -> Order:
    return parse_order(text, FIELDS)


def sorted_names(text: str, *intents: InterclusterIntent) -> list[str]:
    found = order(text)
    return [key[-1] for key in sorted(map(found.key, intents), key=cmp_to_key(found.compare))]  # type: ignore[misc] # names are last


A = InterclusterIntent(name="a", generation=2, state=Convergence.State.SETTLED)
B = InterclusterIntent(name="b", generation=1, state=Convergence.State.HELD, create_time=7)
C = InterclusterIntent(name="c", generation=2, state=Convergence.State.HELD)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["a", "b", "c"]),
        ("name", ["a", "b", "c"]),
        ("name desc", ["c", "b", "a"]),
        ("generation", ["b", "a", "c"]),
        ("generation desc", ["a", "c", "b"]),
        (" state ,generation  desc", ["c", "b", "a"]),
        ("state asc, name desc", ["c", "b", "a"]),
        ("create_time", ["a", "c", "b"]),
        ("create_time desc", ["b", "a", "c"]),
    ],
)
def test_orders(text: str, names: list[str]) -> None:
    assert sorted_names(text, C, A, B) == names


@pytest.mark.parametrize(
    "text",
    [
        *("nothing", "labels", "labels.team", "name down", "name desc desc", "desc"),
        *(",", "name,", "state, state desc", "destination", "counts"),
        ", ".join(["name", "uid", "etag", "generation", "revision", "state"] + ["creator"] * 4),
    ],
)
def test_what_is_no_order_is_refused(text: str) -> None:
    with pytest.raises(OrderError):
        order(text)


SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text()


@given(st.lists(SCALARS))
def test_a_place_comes_back_from_its_token(place: list[Any]) -> None:
    clean = [it.encode("utf-8", "replace").decode() if isinstance(it, str) else it for it in place]
    meant = purpose("Cluster", "", "", "")
    assert read_token(write_token(meant, clean), meant) == clean


@given(st.text())
def test_any_text_as_token_is_refused(text: str) -> None:
    with pytest.raises(PageTokenError):
        read_token(text, purpose("x"))


def test_a_token_is_for_one_list_alone() -> None:
    token = write_token(purpose("Cluster", "", "state = ACTIVE", ""), ["clusters/a"])
    with pytest.raises(PageTokenError, match="another list"):
        read_token(token, purpose("Cluster", "", "state = DRAINED", ""))


@given(st.lists(SCALARS, max_size=4))
def test_a_forged_place_is_compared_or_refused(place: list[Any]) -> None:
    found = order("state, generation desc, reconciling")
    if found.accepts(place):
        assert found.compare(place, found.key(A)) in {-1, 0, 1}


@given(st.permutations([A, B, C]), st.sampled_from(["state, generation", "create_time desc", ""]))
def test_an_order_is_total(intents: list[InterclusterIntent], text: str) -> None:
    assert sorted_names(text, *intents) == sorted_names(text, A, B, C)
