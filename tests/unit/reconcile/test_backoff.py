"""Waits grow to their limit and never beyond, and are not all the same."""

import random

from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.reconcile.backoff import Backoff


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - jitter, no secret


@given(
    initial=st.integers(1, 10**10),
    limit=st.integers(1, 10**12),
    attempt=st.integers(1, 10**6),
    seed=st.integers(),
)
def test_a_wait_is_between_half_and_whole_of_what_doubles(
    initial: int, limit: int, attempt: int, seed: int
) -> None:
    longest = min(limit, initial * 2 ** min(attempt - 1, 40))
    wait = Backoff(initial=initial, limit=limit).wait(attempt, chance(seed))
    assert longest // 2 <= wait <= longest


def test_clusters_that_failed_together_are_not_tried_together() -> None:
    backoff = Backoff(initial=10**9, limit=10**11)
    waits = {backoff.wait(5, chance(seed)) for seed in range(20)}
    assert len(waits) == 20
