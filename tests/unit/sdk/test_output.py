"""What a driver may write, and what is stopped before it is written anywhere."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk import Manifest, Notice, Record, Rendering
from trafficctl_sdk.admission.output import InvalidOutputError, check_rendering

ORIGINS = frozenset({"intents/a"})
BODY: dict[str, Any] = {
    "apiVersion": "networking.istio.io/v1",
    "kind": "ServiceEntry",
    "metadata": {"name": "paper.shop", "namespace": "shop", "labels": {"app": "x"}},
    "spec": {"hosts": ["a"], "n": 1, "f": 0.5, "b": True, "z": None},
}
RECORD = Record(zone="example.com.", name="*.a.example.com", type="A", targets=("192.0.2.1",))
NOTICE = Notice(intent="intents/a", reason="ADVISORY_ONLY")


def check(
    *bodies: dict[str, Any], wave: int = 0, origins: tuple[str, ...] = (), **parts: Any
) -> None:
    manifests = tuple(Manifest(body=body, wave=wave, origins=origins) for body in bodies)
    check_rendering(Rendering(manifests=manifests, **parts), ORIGINS)


def changed(path: str, value: object) -> dict[str, Any]:
    body = deepcopy(BODY)
    *parents, last = path.split(".")
    holder = body
    for name in parents:
        holder = holder[name]
    holder[last] = value
    return body


def test_a_proper_rendering_passes() -> None:
    cluster_scoped = changed("kind", "ClusterRole")
    del cluster_scoped["metadata"]["namespace"]
    check(BODY, cluster_scoped, origins=("intents/a",), records=(RECORD,), notices=(NOTICE,))


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("apiVersion", "", "apiVersion"),
        ("apiVersion", "v1/../..", "apiVersion"),
        ("kind", "service", "kind"),
        ("kind", "../Secret", "kind"),
        ("kind", None, "kind is missing"),
        ("metadata", [], "metadata is missing"),
        ("metadata.name", "..", "metadata.name"),
        ("metadata.name", "a/b", "metadata.name"),
        ("metadata.name", "a\\b", "metadata.name"),
        ("metadata.name", "a\n", "metadata.name"),
        ("metadata.name", "Upper", "metadata.name"),
        ("metadata.name", "a..b", "metadata.name"),
        ("metadata.name", "a" * 254, "metadata.name"),
        ("metadata.name", 7, "metadata.name"),
        ("metadata.namespace", "", "metadata.namespace"),
        ("metadata.namespace", "a.b", "metadata.namespace"),
        ("metadata.namespace", "a" * 64, "metadata.namespace"),
        ("metadata.namespace", "_cluster", "metadata.namespace"),
        ("metadata.labels", {"n": 1}, "must map text to text"),
        ("metadata.labels", {"trafficctl.dev/owner": "me"}, "is the host's"),
        ("metadata.annotations", {"trafficctl.dev/origins": ""}, "is the host's"),
        ("spec", "x" * 1_100_000, "at most"),
    ],
)
def test_a_wrong_manifest_is_named(path: str, value: object, words: str) -> None:
    with pytest.raises(InvalidOutputError, match=words) as caught:
        check(BODY, changed(path, value))
    assert "manifests[1]" in str(caught.value)
    assert len(str(caught.value)) < 400


@given(st.text(max_size=300))
def test_no_name_that_passes_leaves_its_folder(name: str) -> None:
    try:
        check(changed("metadata.name", name))
    except InvalidOutputError:
        return
    assert name
    assert name.isascii()
    assert not set(name) & set("/\\\0: \n")
    assert ".." not in name
    assert not name.startswith(".")


def test_one_object_is_rendered_once() -> None:
    other_version = changed("apiVersion", "networking.istio.io/v1beta1")
    with pytest.raises(InvalidOutputError, match=r"ServiceEntry/shop/paper\.shop is there twice"):
        check(BODY, other_version)


def test_only_intents_of_the_slice_are_named() -> None:
    with pytest.raises(InvalidOutputError, match="no intent of the slice"):
        check(BODY, origins=("intents/b",))
    with pytest.raises(InvalidOutputError, match="no intent of the slice"):
        check(notices=(Notice(intent="intents/b", reason="ADVISORY_ONLY"),))


@pytest.mark.parametrize("wave", [-1, 1001])
def test_waves_are_counted_from_zero(wave: int) -> None:
    with pytest.raises(InvalidOutputError, match="wave"):
        check(BODY, wave=wave)


@pytest.mark.parametrize(
    "record",
    [
        Record(zone="", name="a", type="A", targets=("b",)),
        Record(zone="a", name="a..b", type="A", targets=("b",)),
        Record(zone="a", name="a/b", type="A", targets=("b",)),
        Record(zone="a", name="a", type="a", targets=("b",)),
        Record(zone="a", name="a", type="A", targets=()),
        Record(zone="a", name="a", type="A", targets=("b\n",)),
        Record(zone="a", name="a", type="A", targets=("b",), ttl=-1),
    ],
)
def test_a_wrong_record_is_refused(record: Record) -> None:
    with pytest.raises(InvalidOutputError, match=r"records\[0\]"):
        check(records=(record,))


def test_a_notice_gives_a_reason_of_the_vocabularys_form() -> None:
    with pytest.raises(InvalidOutputError, match="reason"):
        check(notices=(Notice(intent="intents/a", reason="by the way"),))
