"""Objects as YAML."""

import math
from collections.abc import Mapping

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from trafficctl_server.clusters.object_yaml import NotAnObject, read_object, to_yaml

TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.sampled_from("yYnNoO0123456789.:-+eExX_~#&*!|>'\"%@`{}[],? \t\n\r\x85\u2028ab")),
    st.sampled_from(["yes", "On", "null", "1e3", "0o7", "1_0", "2020-01-01", "1:30", "=", "<<"]),
)
NUMBER = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)
BODY = st.dictionaries(TEXT | st.sampled_from(["kind", "metadata", "spec"]), JSON, max_size=5)


@given(BODY)
@example({"a": "line\n\n two\nthree\n"})
@example({"a": " indented\nb", "b": "c\n\n", "c": "\n", "d": "tab\tin\nit"})
@example({"a": "# x\n--- y\n", "k" * 200: 1, "multi\nline": [["x\ny"]]})
def test_what_is_written_reads_back_the_same(body: dict[str, object]) -> None:
    content = to_yaml(body)

    assert yaml.safe_load(content) == body
    assert read_object(content) == body


@given(BODY)
def test_bytes_do_not_depend_on_the_order_of_keys(body: dict[str, object]) -> None:
    def reversed_keys(value: object) -> object:
        if isinstance(value, dict):
            return {key: reversed_keys(value[key]) for key in reversed(value)}
        return [reversed_keys(item) for item in value] if isinstance(value, list) else value

    turned = reversed_keys(body)
    assert isinstance(turned, Mapping)
    assert to_yaml(turned) == to_yaml(body)


def test_keys_come_in_the_order_of_kubernetes_and_strings_stay_strings() -> None:
    body = {
        "spec": {"zone": "no", "hosts": ["*.a.global"], "version": "1e3", "port": 80},
        "data": {"on": "n"},
        "metadata": {"labels": {"b": "1", "a": "x"}, "uid": "u", "namespace": "s", "name": "web"},
        "kind": "Gateway",
        "apiVersion": "networking.istio.io/v1",
    }

    assert to_yaml(body).decode() == (
        "apiVersion: networking.istio.io/v1\n"
        "kind: Gateway\n"
        "metadata:\n"
        "  name: web\n"
        "  namespace: s\n"
        "  labels:\n"
        "    a: x\n"
        "    b: '1'\n"
        "  uid: u\n"
        "spec:\n"
        "  hosts:\n"
        "  - '*.a.global'\n"
        "  port: 80\n"
        "  version: '1e3'\n"
        "  zone: 'no'\n"
        "data:\n"
        "  'on': 'n'\n"
    )


def test_long_and_many_lined_strings_stay_readable() -> None:
    long = "word " * 100 + "end"

    content = to_yaml({"kind": "ConfigMap", "text": "one\ntwo\n", "long": long}).decode()

    assert f"long: {long}\n" in content
    assert "text: |\n  one\n  two\n" in content


def test_a_value_used_twice_is_written_twice() -> None:
    shared = {"a": 1}

    assert to_yaml({"k": shared, "l": shared}) == b"k:\n  a: 1\nl:\n  a: 1\n"


def test_what_json_has_no_word_for_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_yaml({"a": {1}})
    with pytest.raises(ValueError, match="JSON"):
        to_yaml({"a": math})


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + step)}: &{chr(98 + step)} [*{chr(97 + step)}, *{chr(97 + step)}]\n"
    for step in range(20)
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- 1",
        "just words",
        "a: 1\n---\nb: 2\n",
        "<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n",
        "a: [",
        "a: !!python/object/apply:os.getcwd []",
        "a: 2020-13-77",
        "a: \x00",
        "a: " + "[" * 50_000,
        "a: " + "[" * 500 + "]" * 500,
        "a: " + "9" * 5000,
        BOMB,
    ],
)
def test_what_is_no_object_is_refused_without_harm(text: str) -> None:
    with pytest.raises(NotAnObject):
        read_object(text.encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        body = read_object(content)
    except NotAnObject:
        return
    assert isinstance(body, dict)
