"""Files into messages: what is written is what is meant, and what is wrong is told at its place."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_cli.documents.places import spot
from trafficctl_cli.documents.reading import documents, node_of
from trafficctl_cli.documents.sources import TextSource, pieces, sources
from trafficctl_cli.documents.wishes import Wishes, read_wishes
from trafficctl_cli.exits import CommandError
from trafficctl_cli.server.catalog import TYPES, WRITTEN
from trafficctl_cli.views.forms import as_yaml, document
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

from tests.cli.running import GROUP
from tests.contract.protos.strategies import examples, instances
from trafficctl_server.api.messages import to_message
from trafficctl_server.api.model_classes import model_class

CLUSTER = "kind: Cluster\nname: clusters/{}\ndirectory: {{}}\n"
INTENT = f"""kind: InboundIntent
name: {GROUP}/inboundIntents/x
"""


def wishes(*texts: str) -> Wishes:
    found = [TextSource(f"{number}.yaml", text.encode()) for number, text in enumerate(texts)]
    return read_wishes(found)


def faults(*texts: str) -> list[str]:
    with pytest.raises(CommandError) as caught:
        wishes(*texts)
    return list(caught.value.lines[1:])


@st.composite
def resources(draw: st.DrawFn) -> Any:
    kind = TYPES[draw(st.sampled_from(WRITTEN))]
    cls = model_class(kind.message.DESCRIPTOR)
    message = to_message(draw(instances(cls)), kind.message, secrets=True)
    message.name = kind.patterns[0].replace("{", "").replace("}", "")
    return message


@given(resources())
@examples(25)
def test_what_get_writes_is_what_apply_reads(message: Any) -> None:
    text = "".join(as_yaml([document(message, writable=True)]))
    (found,) = documents(text.encode())
    assert found.faults == ()
    assert document(found.message) == document(message, writable=True)


@pytest.mark.parametrize("text", ["0E0", "12e4567", "no", "1.20", "~", "true", "0o7", "08:30", ""])
def test_texts_that_look_otherwise_are_quoted(text: str) -> None:
    message = TYPES["Cluster"].message(name="clusters/a", description=text)
    written = "".join(as_yaml([document(message, writable=True)]))
    (found,) = documents(written.encode())
    assert (found.faults, found.message.description) == ((), text)


@given(resources())
@examples(15)
def test_every_field_that_the_server_may_name_is_found_at_its_line(message: Any) -> None:
    text = "".join(as_yaml([document(message, writable=True)]))
    root = node_of(text.encode())
    for path, node in leaves(root, ""):
        found = spot(root, path)
        assert (found.line, found.column) == (node.start_mark.line, node.start_mark.column), path


def leaves(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, ScalarNode):
        yield path, node
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield from leaves(item, f"{path}[{index}]")
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            plain = key.value.isalnum() and key.value.isascii() and not key.value[0].isdigit()
            snake = "".join(f"_{it.lower()}" if it.isupper() else it for it in key.value)
            if plain and snake.replace("_", "").lower() == key.value.lower() and key.value:
                yield from leaves(value, f"{path}.{snake}" if path else snake)


@given(st.lists(st.sampled_from(["a: 1\n", "b: |\n  --- x\n", "# only\n", "\n", "- 1\n- 2\n"])))
@examples(60)
def test_pieces_are_the_documents_of_yaml(bodies: list[str]) -> None:
    text = "---\n".join(bodies)
    found = list(pieces(TextSource("x", text.encode())))
    assert [yaml.safe_load(it.text) for it in found] == [
        it for it in yaml.safe_load_all(text) if it is not None
    ]
    for it in found:
        assert text.encode()[it.start :].startswith(it.text)
        assert text.encode()[: it.start].count(b"\n") == it.line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("destination: {worklod: a}", "3:15: destination.worklod: is no field here; workload"),
        ("listeners:\n- port: '443'", "4:9: listeners[0].port: must be a whole number, without"),
        ("listeners: [{port: 99999999999}]", "3:20: listeners[0].port: must be from 0 to"),
        ("listeners: [{protocol: http}]", "3:24: listeners[0].protocol: must be one of HTTP, "),
        (
            "listeners: [{simple: {}, mutual: {}}]",
            "3:26: listeners[0].mutual: cannot stand beside simple: only one of plaintext, simple,",
        ),
        ("listeners: {port: 1}", "3:12: listeners: must be a list"),
        ("listeners: [1]", "3:13: listeners[0]: must be a mapping (fields with their values)"),
        ("destination: [workload]", "3:14: destination: must be a mapping, not a list"),
        ("destination:", "3:13: destination: is empty: give it {}, or leave it out"),
        ("description: ~", "3:14: description: is empty: give it a value, or leave it out"),
        ("description: 12", "3:14: description: must be a text, and without quotes this is a num"),
        ("description: true", "3:14: description: must be a text, and without quotes this is tru"),
        ("description: {a: b}", "3:14: description: must be a text"),
        ("labels: {version: 1.20}", '3:19: labels["version"]: must be a text, and without'),
        ("labels: {a: x, a: y}", '3:16: labels["a"]: is there twice'),
        ("labels: [a]", "3:9: labels: must be a mapping"),
        ("labels: {[a]: b}", "3:10: labels: must have texts as keys"),
        ("pathPrefix: /a\npath_prefix: /b", "4:1: path_prefix: is there twice"),
        ("trafficPolicy: {timeout: 5m}", "3:26: trafficPolicy.timeout: must be seconds, as in"),
        ("trafficPolicy: {timeout: [5s]}", "3:26: trafficPolicy.timeout: must be seconds, as in"),
        (
            "trafficPolicy: {fault: {delay: {percent: 'x'}}}",
            "3:42: trafficPolicy.fault.delay.percent: must be a number",
        ),
        ("<<: {a: b}", "3:1: <<: is no field here"),
        ("a: [", "4:1: is not YAML: did not find expected node content"),
        ('description: "\\q"', "3:15: is not YAML: found unknown escape character"),
    ],
)  # fmt: skip - rows
def test_what_is_wrong_is_told_at_its_place(text: str, told: str) -> None:
    (found,) = faults(f"{INTENT}{text}\n")
    assert found.startswith(f"0.yaml:{told}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: clusters/a", "1:1: kind: is needed: one of TrafficIntentGroup"),
        ("kind: Clusters\nname: clusters/a", "1:7: kind: is no kind; Cluster perhaps"),
        ("kind: Driver\nname: drivers/a", "1:7: kind: is written by the server alone"),
        ("kind: Cluster", "1:1: name: is needed: clusters/{cluster}"),
        ("kind: Cluster\nname: cluster/a", "2:7: name: is not of the form clusters/{cluster}"),
        ("kind: Cluster\nname: clusters/-", "2:7: name: is not of the form"),
        ("kind: Cluster\nname: 1", "2:7: name: must be a text"),
        ("kind: Cluster\nkind: Cluster\nname: clusters/a", "2:1: kind: is there twice"),
        ("just words", "1:1: must be a mapping with kind, name and fields"),
    ],
)
def test_a_document_says_what_it_is(text: str, told: str) -> None:
    (found,) = faults(text)
    assert found.startswith(f"0.yaml:{told}")


def test_all_mistakes_of_all_files_come_together_and_places_count_from_the_file() -> None:
    first = f"# a comment\n---\n{CLUSTER.format('a')}---\n{INTENT}x: 1\n--- # next\ny: [\n"
    second = f"{CLUSTER.format('a')}---\n{CLUSTER.format('b')}displayName: 1\n"
    found = faults(first, second)
    assert [it.split(": ")[0] for it in found] == [
        "0.yaml:9:1",
        "0.yaml:12:1",
        "1.yaml:1:1",
        "1.yaml:8:14",
    ]
    assert found[2] == "1.yaml:1:1: clusters/a was said already at 0.yaml:3"


def test_a_list_of_documents_is_what_json_gives() -> None:
    found = wishes(
        '[{"kind": "Cluster", "name": "clusters/a", "directory": {}},\n'
        ' {"kind": "Cluster", "name": "clusters/b"}]'
    )  # fmt: skip - two lines
    assert [it.apply.cluster.name for it in found.changes()] == ["clusters/a", "clusters/b"]
    assert str(found.problem(1, "name", "x")) == "0.yaml:2:30: name: x"


def test_an_etag_guards_the_change_and_what_the_server_writes_is_left_out() -> None:
    found = wishes(CLUSTER.format("a") + "etag: abc\nuid: 1\nstate: ACTIVE\ngeneration: '4'\n")
    (change,) = found.changes()
    assert change.etag == "abc"
    assert not change.apply.cluster.etag
    assert not change.apply.cluster.generation


def test_parts_hold_so_many_changes_and_bytes() -> None:
    found = wishes("---\n".join(CLUSTER.format(f"c{number}") for number in range(25)))
    parts = list(found.chunks(10, 1 << 20))
    assert [(first, len(part)) for first, part in parts] == [(0, 10), (10, 10), (20, 5)]
    small = list(found.chunks(10, 100))
    assert [it for _, part in small for it in part] == list(found.changes())
    assert max(sum(it.ByteSize() for it in part) for _, part in small) <= 100


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("listeners[1].service_port", "4:33: listeners[1].servicePort"),
        ("listeners[1].port", "4:3: listeners[1].port"),
        ("listeners[7].port", "3:12: listeners[7].port"),
        ("listeners[0].tls", "3:13: listeners[0].tls"),
        ("destination", "1:1: destination"),
        ('labels["tier"]', '5:18: labels["tier"]'),
        ('labels["no"]', '5:9: labels["no"]'),
        ("", "1:1"),
    ],
)
def test_what_is_missing_is_told_at_what_is_around_it(path: str, place: str) -> None:
    found = wishes(
        f"kind: InboundIntent\nname: {GROUP}/inboundIntents/x\nlisteners: [{{port: 1}},\n"
        '  {protocol: HTTP, servicePort: 8}]\nlabels: {"tier": gold}\n'
    )
    assert str(found.problem(0, path, "x")) == f"0.yaml:{place}: x"


def test_a_file_that_changed_meanwhile_is_named_without_a_line(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(CLUSTER.format("a"))
    found = read_wishes(sources([str(file)]))
    file.write_text("# new\n" + CLUSTER.format("a"))
    assert str(found.problem(0, "directory", "x")) == f"{file}: directory: x"
    file.unlink()
    assert str(found.problem(0, "directory", "x")) == f"{file}: directory: x"


def test_folders_are_read_by_name_and_hidden_files_are_not(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.yml", "a.yaml", "deep/c.json", "notes.txt", ".hidden.yaml"):
        (tmp_path / name).write_text("x")
    found = [Path(it.label).name for it in sources([str(tmp_path)])]
    assert found == ["a.yaml", "b.yml", "c.json"]


def test_a_pipe_is_read_once_and_its_lines_are_known(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(pipe.write_text, CLUSTER.format("a"))
        found = read_wishes(sources([str(pipe)]))
        writing.result()
    assert str(found.problem(0, "directory", "x")) == f"{pipe}:3:12: directory: x"


def test_very_many_mistakes_are_cut() -> None:
    text = "---\n".join(["kind: Cluster\n"] * 1200)
    told = faults(text)
    assert len(told) == 1001
    assert told[-1].startswith("there may be more")


def test_missing_files_and_empty_folders_are_told_together(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        sources([str(tmp_path), str(tmp_path / "nope")])
    assert [it.partition(" ")[2] for it in caught.value.lines] == [
        "holds no file that ends in .yaml, .yml, .json",
        "does not exist",
    ]


def test_an_alias_is_the_same_again_and_endless_ones_are_refused() -> None:
    (change,) = wishes(CLUSTER.format("a") + "labels: {a: &x y, b: *x}\n").changes()
    assert dict(change.apply.cluster.labels) == {"a": "y", "b": "y"}
    many = 105
    bomb = (
        "callers:\n"
        "- access: &a\n"
        f"  - &a0 {{http: {{methods: [GET], paths: [&p0 {{prefix: /}}{', *p0' * many}]}}}}\n"
        + "  - *a0\n" * many
        + "- access: *a\n" * many
    )
    (found,) = faults(INTENT + bomb)
    assert "is too large, or repeats itself by aliases" in found


def test_secrets_are_not_repeated() -> None:
    text = "kind: Cluster\nname: clusters/a\nkubernetes: {kubeconfig: 's3cret!'}\n"
    (found,) = faults(text)
    assert found == "0.yaml:3:26: kubernetes.kubeconfig: must be bytes in base64"
