"""Label selectors over labels of which not all may be known."""

from collections.abc import Mapping
from dataclasses import dataclass

from trafficctl_networkpolicy.evaluation.answers import Answer, every, unknown
from trafficctl_networkpolicy.evaluation.fields import Json, items, mapping, text, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Labels of pods, or of a namespace.

    :ivar complete: there are no others.
    :ivar owner: whose they are, for people; ``kind`` is what is missing where they are not enough.
    """

    known: Mapping[str, str]
    complete: bool
    owner: str
    kind: str
    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Demand:
    """One condition on the value of one label; none: the label is not there."""

    key: str
    operator: str
    values: frozenset[str]

    def holds(self, value: str | None) -> bool:
        match self.operator:
            case "In":
                return value in self.values
            case "NotIn":
                return value not in self.values
            case "Exists":
                return value is not None
            case _:
                return value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selector:
    """A selector; without demands it selects everything."""

    demands: tuple[_Demand, ...]

    def selects(self, labels: Labels) -> Answer:
        """Say whether labels fulfil every demand."""
        return every(_fulfils(it, labels) for it in self.demands)


def selector(body: Json) -> Selector:
    """Read a selector."""
    wanted = mapping(body, "matchLabels")
    demands = [
        _Demand(key=key, operator="In", values=frozenset({str(value)}))
        for key, value in wanted.items()
    ]
    demands += [
        _Demand(
            key=text(it, "key"),
            operator=text(it, "operator"),
            values=frozenset(texts(it, "values")),
        )
        for it in items(body, "matchExpressions")
    ]
    return Selector(demands=tuple(demands))


def _fulfils(demand: _Demand, labels: Labels) -> Answer:
    value = labels.known.get(demand.key)
    if value is not None or labels.complete:
        return demand.holds(value)
    return unknown(
        labels.kind,
        labels.cluster,
        f"whether {labels.owner} has the label {demand.key} is not known",
    )
