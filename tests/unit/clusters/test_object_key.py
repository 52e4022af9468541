"""Keys and digests of objects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.clusters.target import Action, ObjectKey, ObjectWrite, object_digest

PART = st.text(st.characters(exclude_characters="/", exclude_categories=["Cs"]), max_size=12)
NAME = PART.filter(bool)
KEY = st.builds(ObjectKey, group=PART, kind=NAME, namespace=PART, name=NAME)


@given(KEY)
def test_a_key_reads_back_from_its_text(key: ObjectKey) -> None:
    assert ObjectKey.parse(str(key)) == key


@given(KEY, KEY)
def test_two_keys_never_share_a_text(one: ObjectKey, other: ObjectKey) -> None:
    assert (str(one) == str(other)) == (one == other)


def test_texts_of_core_and_cluster_scoped_objects() -> None:
    namespace = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop"}}
    gateway = {
        "apiVersion": "networking.istio.io/v1",
        "kind": "Gateway",
        "metadata": {"name": "east", "namespace": "shop"},
    }

    assert str(ObjectKey.of(namespace)) == "/Namespace//shop"
    assert str(ObjectKey.of(gateway)) == "networking.istio.io/Gateway/shop/east"


def test_another_version_of_an_api_is_the_same_object() -> None:
    metadata = {"name": "a", "namespace": "b"}
    old = {"apiVersion": "security.istio.io/v1beta1", "kind": "K", "metadata": metadata}

    assert ObjectKey.of(old) == ObjectKey.of({**old, "apiVersion": "security.istio.io/v1"})


@pytest.mark.parametrize("text", ["", "a/b/c", "a/b/c/d/e", "//ns/name", "g/Kind/ns/"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="key"):
        ObjectKey.parse(text)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"apiVersion": "v1", "kind": "Pod"},
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": 7}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "../x"}},
    ],
)
def test_an_object_that_does_not_say_its_key_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"missing|not a string|slash"):
        ObjectKey.of(body)


def test_a_digest_depends_on_content_alone() -> None:
    assert object_digest({"a": [1, 2], "b": {}}) == object_digest({"b": {}, "a": (1, 2)})
    assert object_digest({"a": 1}) != object_digest({"a": "1"})


def test_a_digest_of_what_is_not_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        object_digest({"a": {1, 2}})


def test_a_write_whose_digest_is_another_bodys_is_refused() -> None:
    key = ObjectKey(group="", kind="Service", namespace="shop", name="a")

    with pytest.raises(ValueError, match="digest"):
        ObjectWrite(key=key, action=Action.WRITE, body={"a": 1}, digest=object_digest({"a": 2}))
    with pytest.raises(ValueError, match="neither"):
        ObjectWrite(key=key, action=Action.DELETE, digest=object_digest({"a": 2}))
