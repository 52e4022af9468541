"""Records that were read or written lately, as they were committed last."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence

from trafficctl_server.store.records import (
    Change,
    ChangeKind,
    ProgressPut,
    Put,
    Record,
    Remove,
    Write,
)


class RecentRecords:
    """Spares reads the way to the file's thread and back; knows its own writes only.

    A read says when it begins, so that what a commit overtook is not kept.

    :param limit: so many records are kept, the ones read or written last.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._records: OrderedDict[str, Record] = OrderedDict()
        self._reads: dict[str, object] = {}

    def get(self, name: str) -> Record | None:
        """Give a record as it is committed; none: it must be read, or there is none."""
        record = self._records.get(name)
        if record is not None:
            self._records.move_to_end(name)
        return record

    def begin(self, name: str) -> object:
        """Begin a read; give what :meth:`end` is to be given."""
        read = self._reads[name] = object()
        return read

    def end(self, name: str, read: object, record: Record | None) -> None:
        """Keep what a read gave, unless the name was written meanwhile."""
        if self._reads.get(name) is not read:
            return
        del self._reads[name]
        if record is not None:
            self._keep(record)

    def committed(self, writes: Sequence[Write], changes: Iterable[tuple[Change, bool]]) -> None:
        """Take over what these writes changed, each with whether it is more than progress.

        Of progress alone only what was kept goes on being kept: most of it nobody asks for.
        """
        asked = {it.name for write in writes for it in write.progress if it.name in self._records}
        self.forget(writes)
        for change, wish in changes:
            if change.change is ChangeKind.DELETED:
                self._records.pop(change.name, None)
            elif wish or change.name in asked:
                self._keep(change.record)

    def forget(self, writes: Iterable[Write]) -> None:
        """Keep nothing of what these writes name, done or not."""
        for write in writes:
            rows: tuple[Put | ProgressPut | Remove, ...] = (
                *write.puts,
                *write.progress,
                *write.removes,
            )
            for it in rows:
                self._records.pop(it.name, None)
                self._reads.pop(it.name, None)

    def _keep(self, record: Record) -> None:
        self._records[record.name] = record
        if len(self._records) > self._limit:
            self._records.popitem(last=False)
