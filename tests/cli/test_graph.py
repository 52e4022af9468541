"""``graph``: the layout holds its promises, and both pictures show every end and every edge."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from trafficctl.v2.convergence_pb2 import Convergence
from trafficctl.v2.reachability_pb2 import FetchReachabilityGraphResponse, ReachabilityNode
from trafficctl_cli.graph.layers import layers
from trafficctl_cli.graph.mermaid import mermaid
from trafficctl_cli.graph.picture import Picture, picture_of
from trafficctl_cli.graph.svg import svg

from tests.contract.protos.strategies import examples

SVG = "{http://www.w3.org/2000/svg}"
NAMES = [f"n{number}" for number in range(8)]


def page(*edges: tuple[str, str], state: str = "SETTLED") -> FetchReachabilityGraphResponse:
    found = FetchReachabilityGraphResponse()
    for name in dict.fromkeys(it for edge in edges for it in edge):
        found.nodes.append(
            ReachabilityNode(
                id=f"id-{name}", text=name, workload=f"w/{name}", clusters=["clusters/east"]
            )
        )
    for caller, called in edges:
        edge = found.edges.add(
            caller=f"id-{caller}",
            destination=f"id-{called}",
            ports=[80],
            state=Convergence.State.Value(state),
        )
        edge.intents.append("projects/p/x/interclusterIntents/i")
        edge.operations.add(action="ALLOW").http.methods.append("GET")
    return found


def drawn(*edges: tuple[str, str], state: str = "SETTLED") -> Picture:
    return picture_of([page(*edges, state=state)])


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own text


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=20))
@examples(100)
def test_callers_stand_left_of_whom_they_call_but_where_a_cycle_closes(
    edges: list[tuple[str, str]],
) -> None:
    laid = layers(NAMES, edges)
    column = {it: index for index, items in enumerate(laid.columns) for it in items}
    assert {it for it in column if isinstance(it, str)} == set(NAMES)
    assert len(column) == sum(map(len, laid.columns))
    for index, (caller, called) in enumerate(edges):
        path = laid.paths[index]
        ends = (called, caller) if index in laid.turned else (caller, called)
        assert (path[0], path[-1]) == ends
        steps = [column[it] for it in path]
        if caller != called:
            assert steps == list(range(steps[0], steps[0] + len(path)))
    assert layers(NAMES, edges) == laid


@given(st.permutations(NAMES), st.data())
@examples(50)
def test_without_a_cycle_nothing_is_turned(order: list[str], data: st.DataObject) -> None:
    pairs = [(one, other) for index, one in enumerate(order) for other in order[index + 1 :]]
    edges = data.draw(st.lists(st.sampled_from(pairs), max_size=15))
    assert not layers(NAMES, edges).turned


def test_pages_become_one_picture_in_a_stable_order() -> None:
    pages = [page(("web", "cart")), page(("web", "db"), ("cart", "db"))]
    found = picture_of(pages)
    assert found == picture_of(reversed(pages))
    assert [it.text for it in found.nodes] == ["cart", "db", "web"]
    assert found.edges[0].note == "ALLOW GET\nby interclusterIntents/i"


def test_mermaid_has_every_end_and_edge_and_marks_trouble() -> None:
    found = list(mermaid(drawn(("web", "cart"), ("cart", "db"), state="REFUSED")))
    assert found == [
        "flowchart LR",
        '  subgraph c0["east"]',
        '    n0["cart"]',
        '    n1["db"]',
        '    n2["web"]',
        "  end",
        '  n0 -->|"80 REFUSED"| n1',
        '  n2 -->|"80 REFUSED"| n0',
        "  linkStyle 0,1 stroke:#c0392b,stroke-dasharray:5",
    ]


def test_what_others_wrote_cannot_break_out_of_a_picture() -> None:
    evil = 'a"]; click n0 "javascript:x" <script>&\x1b'
    lines = list(mermaid(drawn((evil, "b"))))
    assert '    n0["a#34;]; click n0 #34;javascript:x#34; #60;script#62;#38;#92;x1b"]' in lines
    root = parsed(svg(drawn((evil, "b"))))
    assert [it.text for it in root.iter(f"{SVG}text")].count(evil.replace("\x1b", "\\x1b")) == 1


def test_svg_has_a_box_for_every_end_and_a_way_for_every_edge() -> None:
    edges = [("web", "cart"), ("cart", "db"), ("web", "db"), ("db", "web"), ("db", "db")]
    text = svg(drawn(*edges))
    root = parsed(text)
    boxes = [it for it in root.iter(f"{SVG}rect") if it.get("class") == "box"]
    assert len(boxes) == 3
    assert len([it for it in root.iter(f"{SVG}path") if it.get("class") == "way"]) == 5
    tips = [it.text or "" for it in root.iter(f"{SVG}title")]
    assert "ALLOW GET\nby interclusterIntents/i\nSETTLED" in tips
    x = {text.text: float(text.get("x", 0)) for text in root.iter(f"{SVG}text")}
    assert x["web"] < x["cart"] < x["db"]
    assert svg(drawn(*edges)) == text


def test_nothing_is_a_picture_too() -> None:
    empty = picture_of([])
    assert list(mermaid(empty)) == ["flowchart LR"]
    assert parsed(svg(empty)).tag == f"{SVG}svg"
