"""The marks on objects of ours."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.clusters.ownership import is_ours, origins_text, owner_of, stamp

NAMES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters=","), min_size=1, max_size=8)
)


def service(**metadata: object) -> dict[str, object]:
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", **metadata}}


def test_a_stamped_object_is_ours_and_keeps_what_it_had() -> None:
    body = service(labels={"app": "a"}, annotations={"note": "b"})
    before = copy.deepcopy(body)

    stamped = stamp(body, instance="i-1", scope="destination/shop/a", origins=["y", "x", "y"])

    assert stamped["metadata"] == {
        "name": "a",
        "labels": {"app": "a", "app.kubernetes.io/managed-by": "trafficctl"},
        "annotations": {
            "note": "b",
            "trafficctl.dev/owner": "i-1",
            "trafficctl.dev/scope": "destination/shop/a",
            "trafficctl.dev/origins": "x,y",
        },
    }
    assert is_ours(stamped, "i-1")
    assert not is_ours(stamped, "i-2")
    assert owner_of(stamped) == "trafficctl i-1"
    assert body == before


@pytest.mark.parametrize(
    "metadata",
    [
        {"labels": {"trafficctl.dev/owner": "x"}},
        {"annotations": {"trafficctl.dev/anything": "x"}},
        {"labels": {"app.kubernetes.io/managed-by": "Helm"}},
        {"labels": "none"},
    ],
)
def test_a_manifest_that_sets_our_marks_itself_is_refused(metadata: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"only the server sets|not a mapping"):
        stamp(service(**metadata), instance="i-1", scope="s", origins=[])


@pytest.mark.parametrize("mark", ["labels", "annotations"])
def test_taking_either_mark_away_makes_an_object_foreign(mark: str) -> None:
    stamped = stamp(service(), instance="i-1", scope="s", origins=[])
    metadata = stamped["metadata"]
    assert isinstance(metadata, dict)

    assert not is_ours({**stamped, "metadata": {**metadata, mark: {}}}, "i-1")


def test_the_owner_of_a_foreign_object_is_named() -> None:
    helm = service(
        labels={"app.kubernetes.io/managed-by": "Helm"},
        annotations={"meta.helm.sh/release-name": "web"},
    )

    assert owner_of(helm) == "Helm web"
    assert owner_of(service()) == ""
    assert owner_of({"metadata": 3}) == ""


@given(NAMES, st.randoms())
def test_the_order_of_origins_does_not_count(names: list[str], random: object) -> None:
    shuffled = list(names)
    getattr(random, "shuffle")(shuffled)  # noqa: B009 - hypothesis gives no type for its random

    assert origins_text(shuffled) == origins_text(names)


@given(st.integers(2000, 4000), st.sampled_from(["intent", "ünïcode"]))
def test_many_origins_are_cut_at_16_kib_with_a_count(count: int, word: str) -> None:
    names = [f"{word}-{number:06}" for number in range(count)]

    text = origins_text(names)

    kept, tail = text.rsplit(",", 1)
    assert len(text.encode()) <= 16 * 1024
    assert kept.split(",") == names[: len(kept.split(","))]
    assert tail.startswith(f"+{count - len(kept.split(','))} sha256:")
    assert text != origins_text([*names[:-1], "zzz"])
