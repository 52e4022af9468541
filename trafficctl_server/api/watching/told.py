"""Which resources a watcher with a label filter knows, so that it hears when one leaves it."""

from collections.abc import Collection

from trafficctl_server.api.watching.encoding import EncodedRecord
from trafficctl_server.api.watching.interest import Interest
from trafficctl_server.store.records import Change, ChangeKind


class Told:
    """Turns a change of a resource into the change that the watcher sees.

    A stream that resumes does not know which of the resources that changed since had passed the
    filter before: such a one, when it does not pass now, is told as DELETED once.
    """

    def __init__(self, interest: Interest) -> None:
        self._interest = interest
        self._passing: dict[str, bool] = {}
        self._complete = False

    def know(self, passing: Collection[str]) -> None:
        """Take the names of all that pass now, but for those that changes told of already."""
        self._passing = {**dict.fromkeys(passing, True), **self._passing}
        self._passing = {name: True for name, passes in self._passing.items() if passes}
        self._complete = True

    def seen_as(self, change: Change, encoded: EncodedRecord) -> ChangeKind | None:
        """Give what the watcher is told; none: nothing."""
        if self._interest.labels is None:
            return change.change
        passed = self._passing.get(change.name, False if self._complete else None)
        passes = self._interest.has_labels(encoded.labels)
        if change.change is ChangeKind.DELETED:
            self._note(change.name, passes=False)
            known = passes if passed is None else passed
            return ChangeKind.DELETED if known else None
        self._note(change.name, passes=passes)
        if change.change is ChangeKind.ADDED:
            return ChangeKind.ADDED if passes else None
        if passes:
            return ChangeKind.ADDED if passed is False else ChangeKind.UPDATED
        return None if passed is False else ChangeKind.DELETED

    def _note(self, name: str, *, passes: bool) -> None:
        if passes or not self._complete:
            self._passing[name] = passes
        else:
            self._passing.pop(name, None)
