"""Groups of intents: their state follows from sums over their intents."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trafficctl_server.reconcile.told import Counted


@dataclass(slots=True)
class Group:
    """What a group's state follows from: its intents, and their sums."""

    uid: str = ""
    generation: int = 0
    intents: dict[str, Counted] = field(default_factory=dict)
    states: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)

    def put(self, intent: str, counted: Counted) -> None:
        """Take what an intent is in now."""
        self.drop(intent)
        self.intents[intent] = counted
        state, counts = counted
        self.states[state] += 1
        self.total.update(counts)

    def drop(self, intent: str) -> bool:
        """Know an intent no more; say whether it was known."""
        before = self.intents.pop(intent, None)
        if before is None:
            return False
        self.states[before[0]] -= 1
        self.total.subtract(before[1])
        return True
