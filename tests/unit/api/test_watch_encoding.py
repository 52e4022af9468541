"""Changes as bytes: made once for all watchers, and readable in a row."""

from trafficctl.v2.watch_pb2 import WatchResponse
from trafficctl_sdk.model.cluster import Cluster

from trafficctl_server.api.watching import encoding
from trafficctl_server.api.watching.encoding import Encoding, head
from trafficctl_server.store.records import ChangeKind, Record


def record(name: str = "clusters/east", revision: int = 7) -> Record:
    return Record(
        name=name,
        kind="Cluster",
        uid="u",
        etag="e",
        generation=1,
        revision=revision,
        create_time=0,
        update_time=0,
        delete_time=None,
        body=b"",
        progress=b"",
        schema=1,
    )


class Presenter:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, found: Record) -> Cluster:
        self.asked += 1
        return Cluster(name=found.name, revision=found.revision, labels={"a": "b"})


def test_a_change_is_encoded_once_for_all_watchers() -> None:
    presenter = Presenter()
    shared = Encoding(presenter)
    first, second = shared.record(record()), shared.record(record())
    assert presenter.asked == 1
    assert first.fragment(ChangeKind.UPDATED) is second.fragment(ChangeKind.UPDATED)
    assert first.labels == {"a": "b"}
    shared.record(record(revision=8))
    assert presenter.asked == 2


def test_a_head_and_fragments_in_a_row_are_one_message() -> None:
    shared = Encoding(Presenter())
    east, west = shared.record(record()), shared.record(record("clusters/west"))
    parts = [
        head(9, more=True),
        east.fragment(ChangeKind.ADDED),
        west.fragment(ChangeKind.DELETED),
    ]
    message = WatchResponse.FromString(b"".join(parts))
    kinds = WatchResponse.Change.Kind
    assert (message.revision, message.more, message.bookmark) == (9, True, 0)
    assert [(it.kind, it.resource.cluster.name) for it in message.changes] == [
        (kinds.ADDED, "clusters/east"),
        (kinds.DELETED, "clusters/west"),
    ]


def test_the_oldest_are_forgotten() -> None:
    presenter = Presenter()
    shared = Encoding(presenter)
    most = encoding._MOST
    for revision in range(most + 1):
        shared.record(record(revision=revision))
    shared.record(record(revision=1))
    assert presenter.asked == most + 1
    shared.record(record(revision=0))
    assert presenter.asked == most + 2
