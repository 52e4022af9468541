"""What one write did to each name, told as at most one change per record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trafficctl_server.store.records import Change, ChangeKind, Put, Record


@dataclass(slots=True, kw_only=True)
class Touched:
    """One name within one write.

    :ivar before: the record as the write found it.
    :ivar last: the newest state of the record that the write found.
    :ivar after: what stands now.
    :ivar wish: more than progress changed.
    """

    before: Record | None
    last: Record | None
    after: Record | None
    wish: bool = False

    def become(self, record: Record | None, *, wish: bool) -> None:
        """Take over the next state of the name."""
        self.after = record
        self.wish = self.wish or wish
        if record is not None and (self.before is None or self.before.uid == record.uid):
            self.last = record


def touched(record: Record | None) -> Touched:
    """Answer a name that nothing happened to yet."""
    return Touched(before=record, last=record, after=record)


def record_of(put: Put, found: Record | None, revision: int) -> Record:
    """Answer the record that a put leaves where it found ``found``."""
    kept = found.progress if found is not None and found.uid == put.uid else b""
    return Record(
        name=put.name,
        kind=put.kind,
        uid=put.uid,
        etag=put.etag,
        generation=put.generation,
        revision=revision,
        create_time=put.create_time,
        update_time=put.update_time,
        delete_time=put.delete_time,
        body=put.body,
        progress=kept if put.progress is None else put.progress,
        schema=put.schema,
    )


def told(names: dict[str, Touched], revision: int) -> Iterator[tuple[Change, bool]]:
    """Yield the changes of a write, each with whether more than progress changed."""
    seq = 0
    for touch in names.values():
        for kind, record in _kinds(touch):
            yield _change(kind, record, revision, seq), touch.wish
            seq += 1


def _kinds(touch: Touched) -> Iterator[tuple[ChangeKind, Record]]:
    before, after = touch.before, touch.after
    if before is not None and touch.last is not None and (after is None or after.uid != before.uid):
        yield ChangeKind.DELETED, touch.last
    if after is None or after is before:
        return
    same = before is not None and before.uid == after.uid
    yield (ChangeKind.UPDATED if same else ChangeKind.ADDED), after


def _change(kind: ChangeKind, record: Record, revision: int, seq: int) -> Change:
    return Change(
        revision=revision,
        seq=seq,
        name=record.name,
        kind=record.kind,
        uid=record.uid,
        change=kind,
        record=record,
    )


def cut(found: list[Change], limit: int) -> list[Change]:
    """Cut a feed to whole revisions within ``limit``.

    :param found: in order, ``limit + 1`` of them where there are so many.
    """
    if len(found) <= limit:
        return found
    split = found[limit].revision
    whole = [change for change in found[:limit] if change.revision != split]
    if whole or limit == 0:
        return whole
    part = found[:limit]
    return [*part[:-1], replace(part[-1], more=True)]
