"""A disk that refuses single steps for as long as a test wants."""

import errno
from dataclasses import dataclass, field


@dataclass(slots=True)
class BadDisk:
    """Give it as ``on_step`` of a town.

    :ivar refused: steps of ``DiskFiles`` that fail, such as ``open_folder west`` (the whole tree of
        that cluster) or ``rename gateway.shop.yaml``.
    """

    refused: set[str] = field(default_factory=set)

    def __call__(self, step: str) -> None:
        if step in self.refused:
            raise OSError(errno.EROFS, "read-only")

    def take_away(self, cluster: str) -> None:
        """Let nothing work in a cluster's tree."""
        self.refused.add(f"open_folder {cluster}")

    def bring_back(self, cluster: str) -> None:
        self.refused.discard(f"open_folder {cluster}")
