"""What became of intents: one row for each intent in each cluster, what needs people first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from posixpath import commonpath
from typing import Any, Final

from rich.text import Text

from trafficctl_cli.views.columns import enum_word, last, why
from trafficctl_cli.views.screen import Line, plain
from trafficctl_cli.views.table import styled, table

HEAD: Final = ("INTENT", "CLUSTER", "PART", "STATE", "STAGE", "OBJECTS", "WHY")
_ORDER: Final = (
    "REFUSED",
    "HELD",
    "DRIFTED",
    "RETRYING",
    "WAITING",
    "PROGRESSING",
    "DELETING",
    "",
    "SETTLED",
    "NOT_APPLICABLE",
)
BAD: Final = frozenset({"REFUSED", "HELD", "DRIFTED"})
_REALIZATIONS: Final = "/realizations/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An intent in a cluster, or an intent that is in none yet.

    :ivar intent: its whole name.
    """

    intent: str
    cluster: str
    part: str
    state: str
    stage: str
    objects: str
    why: str

    def cells(self, place: str) -> Sequence[str]:
        """Give the cells of the table; the intent's name is the one below a place."""
        intent = self.intent.removeprefix(f"{place}/")
        return (
            intent,
            self.cluster,
            self.part,
            self.state,
            self.stage,
            self.objects,
            self.why,
        )

    def as_json(self) -> dict[str, Any]:
        """Give it for programs."""
        return asdict(self) | {"objects": int(self.objects or 0)}


def rows_of(resources: Mapping[str, Any]) -> list[Row]:
    """Make rows of intents and realizations, by name."""
    found = [_realized(it) for it in resources.values() if _is_realization(it)]
    placed = {it.intent for it in found}
    found += [
        _placeless(it)
        for it in resources.values()
        if not _is_realization(it) and it.name not in placed
    ]
    return sorted(found, key=_urgency)


def summary(resources: Mapping[str, Any], revision: int, broken: str = "") -> Text:
    """Say in one line how all of them are."""
    states = Counter(
        enum_word(it, "state") or "PROGRESSING"
        for it in resources.values()
        if not _is_realization(it)
    )
    line = Text(f"{states.total()} intents")
    for index, state in enumerate(it for it in _ORDER if states[it]):
        line.append(", " if index else ": ")
        line.append(f"{states[state]} ")
        line.append_text(styled(state))
    line.append(f" (revision {revision})", style="dim")
    if broken:
        line.append(plain(f"  connecting again: {broken}"), style="yellow")
    return line


def status_lines(resources: Mapping[str, Any]) -> list[Line]:
    """Give the whole table."""
    rows = rows_of(resources)
    place = _shared_place({it.intent for it in rows})
    return list(table(HEAD, (it.cells(place) for it in rows)))


def _shared_place(names: Iterable[str]) -> str:
    """Give what all names begin with, so that the rest still tells one from another."""
    places = [name.rsplit("/", 2)[0] for name in names]
    shared = commonpath(places).split("/") if places else []
    return "/".join(shared[: len(shared) // 2 * 2])


def needs_people(resources: Mapping[str, Any]) -> bool:
    """Say whether something is refused, held or drifted."""
    return any(it.state in BAD for it in rows_of(resources))


def change_line(name: str, resource: Any | None) -> str:
    """Say in one line what changed, for where no page can be drawn anew."""
    intent, _, cluster = name.partition(_REALIZATIONS)
    if resource is None:
        return " ".join(it for it in (intent, cluster, "gone") if it)
    row = _realized(resource) if _is_realization(resource) else _placeless(resource)
    words = (row.intent, row.cluster, row.state, row.stage, row.why)
    return " ".join(word for word in words if word)


def _is_realization(message: Any) -> bool:
    return bool(message.DESCRIPTOR.name == "Realization")


def _realized(message: Any) -> Row:
    roles = message.DESCRIPTOR.fields_by_name["roles"].enum_type.values_by_number
    parts = [roles[it].name.lower() if it in roles else str(it) for it in message.roles]
    return Row(
        intent=message.name.partition(_REALIZATIONS)[0],
        cluster=last(message.cluster) or "-",
        part="+".join(parts),
        state=enum_word(message.convergence, "state"),
        stage=enum_word(message.convergence, "stage"),
        objects=str(message.object_count),
        why=why(message.convergence),
    )


def _placeless(message: Any) -> Row:
    return Row(
        intent=message.name,
        cluster="",
        part="",
        state=enum_word(message, "state") or "PROGRESSING",
        stage="",
        objects="",
        why="",
    )


def _urgency(row: Row) -> tuple[int, str, str]:
    order = _ORDER.index(row.state) if row.state in _ORDER else 0
    return order, row.intent, row.cluster
