"""How the difference of two objects is told, and what of an object is not."""

import hashlib
import re
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from trafficctl_server.clusters.target import ObjectKey
from trafficctl_server.plans.object_changes import (
    Action,
    FieldChange,
    differences,
    from_item,
    to_item,
)
from trafficctl_server.plans.planned_ledger import Planned
from trafficctl_server.reconcile.entry import Entry
from trafficctl_server.store.records import LedgerKey

names = st.sampled_from(("a", "b", "example.com/c", 'quo"te', "_d"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
STEP = re.compile(r'\[(?P<key>\d+|"(?:[^"\\]|\\.)*")\]|\.?(?P<name>\w+)')


def at(value: Any, path: str) -> Any:
    """Follow a path as a reader would; raises LookupError where it leads nowhere."""
    for step in STEP.finditer(path):
        key = orjson.loads(step["key"]) if step["key"] else step["name"]
        if isinstance(value, list) != isinstance(key, int):
            raise LookupError(path)
        value = value[key]
    return value


def text(value: Any, path: str) -> str:
    try:
        return orjson.dumps(at(value, path), option=orjson.OPT_SORT_KEYS).decode()
    except (LookupError, TypeError):
        return ""


@given(before=st.dictionaries(names, values), after=st.dictionaries(names, values))
def test_each_difference_is_told_at_its_path(before: Any, after: Any) -> None:
    found = list(differences(before, after))
    assert bool(found) == (text(before, "") != text(after, ""))
    assert len({it.path for it in found}) == len(found)
    for it in found:
        assert it == FieldChange(
            path=it.path, before=text(before, it.path), after=text(after, it.path)
        )
        assert it.before != it.after


def test_a_truth_value_is_no_number() -> None:
    (found,) = differences({"a": [True]}, {"a": [1]})
    assert found == FieldChange(path="a[0]", before="true", after="1")


def entry(body: dict[str, Any], desired: str = "d") -> Entry:
    return Entry(
        ledger_key=LedgerKey(cluster="east", key=str(ObjectKey.of(body))),
        scope="namespace:shop",
        desired=desired,
    )


def test_of_a_secret_only_digests_are_told() -> None:
    body = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "cert", "namespace": "shop"},
        "data": {"tls.key": "aHVudGVyMg=="},
    }
    it = entry(body)
    planned = Planned(before=None, after=it, body=orjson.dumps(body))
    item = to_item(it.ledger_key, planned, None, lambda _: ("", 0))
    assert b"aHVudGVyMg" not in orjson.dumps(item)
    shown = from_item(orjson.loads(orjson.dumps(item)))
    assert (shown.action, shown.before, shown.key) == (Action.CREATE, "", "shop/cert")
    assert hashlib.sha256(b"aHVudGVyMg==").hexdigest() in shown.after


def test_what_goes_is_shown_as_it_was() -> None:
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"x": "1"}}
    it = entry(body)
    planned = Planned(before=it, after=entry(body, desired=""))
    shown = from_item(to_item(it.ledger_key, planned, orjson.dumps(body), lambda _: ("", 0)))
    assert (shown.action, shown.after, shown.fields) == (Action.DELETE, "", ())
    assert shown.before.startswith("apiVersion: v1\nkind: ConfigMap\n")
