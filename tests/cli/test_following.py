"""``status`` and ``wait``: what became of intents, and following them over every break."""

import json
import time
from collections.abc import Iterator
from typing import Any

import grpc
import pytest
from trafficctl.v2.convergence_pb2 import Convergence
from trafficctl.v2.intercluster_intent_pb2 import InterclusterIntent
from trafficctl.v2.realization_pb2 import Realization
from trafficctl.v2.watch_pb2 import WatchResponse
from trafficctl_cli.server.catalog import TYPES
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.server.following import Interest, follow
from trafficctl_cli.views.status_view import change_line, status_lines

from tests.cli.running import GROUP, Cli

JOHNDOE = f"{GROUP}/interclusterIntents/johndoe"
INTEREST = Interest(("projects/-",), (TYPES["InterclusterIntent"],))


def test_status_has_a_row_for_each_intent_in_each_cluster(cli: Cli) -> None:
    done = cli("status", "--in", GROUP)
    head, *rows = [line.split() for line in done.lines]
    assert head[:4] == ["5", "intents:", "5", "SETTLED"]
    assert rows[0][:5] == ["INTENT", "CLUSTER", "PART", "STATE", "STAGE"]
    assert len(rows) == 8
    west = next(row for row in rows if row[:2] == ["interclusterIntents/johndoe", "west"])
    assert west[2:] == ["serving", "SETTLED", "DELIVERED", "3"]
    assert (done.code, done.err) == (0, "")


def test_status_for_programs(cli: Cli) -> None:
    found = json.loads(cli("status", JOHNDOE, "-o", "json").out)
    assert [(it["cluster"], it["state"], it["objects"]) for it in found] == [
        ("east", "SETTLED", 25),
        ("west", "SETTLED", 3),
    ]
    assert cli("status", JOHNDOE, "-o", "name").lines == [JOHNDOE]
    assert "cluster: west" in cli("status", JOHNDOE, "-o", "yaml").out


def test_wait_ends_when_all_have_come_to_rest(cli: Cli) -> None:
    done = cli("wait", "interclusterIntents/johndoe", GROUP, "--in", GROUP)
    assert (done.code, len(done.lines)) == (0, 5)
    assert f"{JOHNDOE} SETTLED" in done.lines


@pytest.mark.parametrize(
    ("words", "code", "text"),
    [
        (("wait", "projects/nobody"), 4, "no intent is at projects/nobody"),
        (
            ("wait", JOHNDOE, "--for", "gone", "--within", "300ms"),
            7,
            "not gone in time: interclusterIntents/johndoe",
        ),
        (("wait",), 2, "Missing argument"),
        (("wait", JOHNDOE, "--within", "0s"), 2, "is no time"),
        (("status", "nonsense"), 2, "not understood"),
        (("status", "projects/demo/nonsense"), 3, "parents[0]"),
    ],
)
def test_mistakes_end_with_their_code(
    cli: Cli, words: tuple[str, ...], code: int, text: str
) -> None:
    done = cli(*words)
    assert done.code == code
    assert text in done.err


class Server:
    """Stands where the connection stands: each stream is what a list says."""

    def __init__(self, *streams: list[Any]) -> None:
        self.streams = list(streams)
        self.starts: list[int] = []

    def stream(self, _: Any, request: Any, **__: Any) -> Iterator[Any]:
        self.starts.append(request.start_revision)
        for it in self.streams.pop(0):
            if isinstance(it, Failure):
                raise it
            yield it


def message(revision: int, *names: str, gone: bool = False, more: bool = False) -> WatchResponse:
    kinds = WatchResponse.Change
    found = WatchResponse(revision=revision, more=more)
    for name in names:
        change = found.changes.add(kind=kinds.DELETED if gone else kinds.UPDATED)
        change.resource.intercluster_intent.CopyFrom(InterclusterIntent(name=name))
    return found


def mark(revision: int, bookmark: str) -> WatchResponse:
    return WatchResponse(revision=revision, bookmark=bookmark)


def failure(code: str, reason: str = "") -> Failure:
    return Failure(grpc.StatusCode[code], "away", reason)


def followed(server: Any, **options: Any) -> list[tuple[int, list[str], list[str], str]]:
    told: list[tuple[int, list[str], list[str], str]] = []
    news = follow(server, INTEREST, sleep=lambda _: None, **options)
    with pytest.raises(Failure, match="PERMISSION"):
        told.extend(
            (it.revision, sorted(it.resources), sorted(it.changed), it.broken) for it in news
        )
    return told


def test_a_stream_that_breaks_goes_on_after_the_last_whole_revision() -> None:
    server = Server(
        [
            mark(5, "SNAPSHOT_BEGIN"),
            message(5, "a", "b"),
            mark(5, "SNAPSHOT_END"),
            message(6, "c"),
            message(7, "b", gone=True, more=True),
            failure("UNAVAILABLE"),
        ],
        [failure("UNAVAILABLE")],
        [message(7, "b", gone=True), mark(9, "PROGRESS"), failure("RESOURCE_EXHAUSTED")],
        [failure("PERMISSION_DENIED")],
    )
    told = followed(server)
    assert server.starts == [0, 6, 6, 9]
    assert [it for it in told if not it[3]] == [
        (5, ["a", "b"], ["a", "b"], ""),
        (6, ["a", "b", "c"], ["c"], ""),
        (7, ["a", "c"], ["b"], ""),
        (9, ["a", "c"], [], ""),
    ]


def test_history_that_is_gone_is_read_anew_and_what_went_meanwhile_is_gone() -> None:
    server = Server(
        [mark(5, "SNAPSHOT_BEGIN"), message(5, "a", "b"), mark(5, "SNAPSHOT_END")],
        [failure("OUT_OF_RANGE", "HISTORY_COMPACTED")],
        [mark(9, "SNAPSHOT_BEGIN"), message(9, "a"), failure("UNAVAILABLE")],
        [mark(9, "SNAPSHOT_BEGIN"), message(9, "a"), mark(9, "SNAPSHOT_END")],
        [failure("PERMISSION_DENIED")],
    )
    told = followed(server)
    assert server.starts == [0, 5, 0, 0, 9]
    assert told[-1] == (9, ["a"], ["a"], "")


def test_a_server_that_never_answered_is_not_waited_for() -> None:
    server = Server([failure("UNAVAILABLE")])
    with pytest.raises(Failure, match="UNAVAILABLE"):
        list(follow(server, INTEREST))  # type: ignore[arg-type] # stands in its place


def test_a_deadline_ends_it() -> None:
    server = Server([mark(5, "SNAPSHOT_END"), failure("DEADLINE_EXCEEDED")])
    end = time.monotonic() - 1
    told = list(follow(server, INTEREST, deadline=end))  # type: ignore[arg-type] # as above
    assert [it.revision for it in told] == [5]


def test_rows_are_told_apart_where_groups_have_intents_of_one_name() -> None:
    names = [f"projects/p/resourceBundles/b/versions/v/trafficIntentGroups/{it}" for it in "xy"]
    intents = {f"{it}/interclusterIntents/cart": InterclusterIntent() for it in names}
    for name, intent in intents.items():
        intent.name = name
    rows = [str(it).split()[0] for it in status_lines(intents)[1:]]
    assert rows == [
        "trafficIntentGroups/x/interclusterIntents/cart",
        "trafficIntentGroups/y/interclusterIntents/cart",
    ]
    (one,) = [str(it).split()[0] for it in status_lines(dict(list(intents.items())[:1]))[1:]]
    assert one == "interclusterIntents/cart"


def test_a_change_is_one_line() -> None:
    name = f"{GROUP}/interclusterIntents/cart"
    assert change_line(name, None) == f"{name} gone"
    assert change_line(f"{name}/realizations/east", None) == f"{name} east gone"
    realization = Realization(name=f"{name}/realizations/east", cluster="clusters/east")
    realization.convergence.state = Convergence.WAITING
    realization.convergence.reason = Convergence.WORKLOAD_UNKNOWN
    told = change_line(realization.name, realization)
    assert told == f"{name} east WAITING WORKLOAD_UNKNOWN"
