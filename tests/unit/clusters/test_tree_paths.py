"""Where an object's file lies."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.clusters.tree_paths import (
    PathRefused,
    check_cluster_id,
    is_object_folder,
    path_of,
)

LABEL = st.from_regex(r"[a-z0-9]([-a-z0-9]{0,6}[a-z0-9])?", fullmatch=True)
NAME = st.lists(LABEL, min_size=1, max_size=3).map(".".join)
KINDS = ["Service", "Gateway", "VirtualService"]
KEY = st.builds(
    ObjectKey,
    group=st.sampled_from(["", "gateway.networking.k8s.io", "serving.knative.dev"]),
    kind=st.sampled_from(KINDS),
    namespace=st.just("") | LABEL,
    name=NAME | st.sampled_from(["a", "serving.knative.dev", "a.serving.knative.dev"]),
)
HOSTILE = st.text(min_size=1).filter(lambda text: "/" not in text) | st.sampled_from(
    ["..", ".", "a\0b", "a\nb", "-a", "a-", "A", "_cluster", ".trafficctl-target", "a\\..\\b", "ä"]
)


def key_of(**parts: str) -> ObjectKey:
    return ObjectKey(**{"group": "", "kind": "Service", "namespace": "shop", "name": "a"} | parts)


@given(KEY, KEY)
def test_two_objects_never_meet_in_one_file(one: ObjectKey, other: ObjectKey) -> None:
    assert (path_of(one) == path_of(other)) == (one == other)


def test_files_are_named_by_kind_and_name() -> None:
    assert str(path_of(key_of())) == "shop/service.a.yaml"
    assert str(path_of(key_of(namespace=""))) == "_cluster/service.a.yaml"
    assert (
        str(path_of(key_of(kind="VirtualService", group="networking.istio.io")))
        == "shop/virtualservice.a.yaml"
    )


def test_an_unlisted_group_that_has_the_same_kind_is_named_too() -> None:
    assert (
        str(path_of(key_of(kind="Gateway", group="gateway.networking.k8s.io")))
        == "shop/gateway.a_gateway.networking.k8s.io.yaml"
    )


@pytest.mark.parametrize("part", ["group", "kind", "namespace", "name"])
@given(text=HOSTILE)
def test_no_name_leaves_its_folder(part: str, text: str) -> None:
    try:
        path = path_of(key_of(**{part: text}))
    except PathRefused:
        return
    assert PurePosixPath(str(path)).parts == (path.folder, path.file)
    assert is_object_folder(path.folder)
    assert not path.file.startswith(".")
    assert path.file.endswith(".yaml")


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"name": "a" * 254}, "NAME_TOO_LONG"),
        ({"name": "a" * 253}, "NAME_TOO_LONG"),
        ({"namespace": "a" * 64}, "NAME_TOO_LONG"),
        ({"name": "a_b"}, "REJECTED_BY_SERVER"),
        ({"name": "a\n"}, "REJECTED_BY_SERVER"),
        ({"namespace": "a.b"}, "REJECTED_BY_SERVER"),
        ({"group": ".."}, "REJECTED_BY_SERVER"),
    ],
)
def test_the_reason_tells_long_names_from_wrong_ones(parts: dict[str, str], reason: str) -> None:
    with pytest.raises(PathRefused) as caught:
        path_of(key_of(**parts))
    assert caught.value.reason == reason


@pytest.mark.parametrize("cluster_id", ["", ".", "..", "a/b", "A", "a\n", "a" * 254, "_x", "-x"])
def test_a_cluster_id_that_is_no_folder_name_is_refused(cluster_id: str) -> None:
    with pytest.raises(ValueError, match="DNS-1123"):
        check_cluster_id(cluster_id)
