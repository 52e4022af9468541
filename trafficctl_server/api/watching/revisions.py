"""Puts the changes of one revision after the other into letters."""

from typing import Final

from trafficctl_server.api.watching.encoding import head
from trafficctl_server.api.watching.mailbox import Letter

_MOST_BYTES: Final = 1 << 20
"""After so many a letter ends; one resource more fits into what clients take, 4 MiB."""


class RevisionLetters:
    """The letters of one revision: all but its last say ``more``.

    :param open_ended: what follows is no change, so the last one says ``more`` too.
    """

    def __init__(self, revision: int, *, open_ended: bool = False) -> None:
        self.revision = revision
        self._open_ended = open_ended
        self._fragments: list[bytes] = []
        self._size = 0
        self._begun = False

    def add(self, fragment: bytes) -> Letter | None:
        """Add a change; answers a letter that is full without it."""
        full = None
        if self._fragments and self._size + len(fragment) > _MOST_BYTES:
            full = self._letter(more=True)
        self._fragments.append(fragment)
        self._size += len(fragment)
        return full

    def end(self) -> Letter | None:
        """End the revision; answers its last letter, if it has any."""
        if not self._fragments and not self._begun:
            return None
        return self._letter(more=self._open_ended)

    def _letter(self, *, more: bool) -> Letter:
        data = b"".join((head(self.revision, more=more), *self._fragments))
        self._fragments.clear()
        self._size = 0
        self._begun = True
        return Letter(revision=self.revision, whole=not more, data=data)
