"""Which clusters a selector means."""

from collections.abc import Iterable, Mapping

from trafficctl_sdk.model.cluster import Cluster
from trafficctl_sdk.model.common import ClusterSelector

from trafficctl_server.compile.names import last_id

_Expression = ClusterSelector.Labels.MatchExpression


def selected(selector: ClusterSelector, clusters: Mapping[str, Cluster]) -> tuple[str, ...]:
    """Give the sorted ids of the clusters that a selector means, of those that exist."""
    if selector.names is not None:
        wanted = {last_id(name) for name in selector.names.clusters}
        return tuple(sorted(wanted & clusters.keys()))
    if selector.labels is not None:
        labels = selector.labels
        return tuple(sorted(c for c, it in clusters.items() if _matches(labels, it.labels)))
    return tuple(sorted(clusters))


def selects(selector: ClusterSelector | None, cluster: str, labels: Mapping[str, str]) -> bool:
    """Say whether a selector means one cluster; none at all means every cluster."""
    if selector is None or selector.all_clusters is not None:
        return True
    if selector.names is not None:
        return any(last_id(name) == cluster for name in selector.names.clusters)
    return selector.labels is not None and _matches(selector.labels, labels)


def names_clusters(selector: ClusterSelector | None) -> Iterable[str]:
    """Give the ids that a selector names one by one; others depend on every cluster."""
    if selector is None or selector.names is None:
        return ()
    return (last_id(name) for name in selector.names.clusters)


def _matches(wanted: ClusterSelector.Labels, labels: Mapping[str, str]) -> bool:
    return all(labels.get(key) == value for key, value in wanted.match_labels.items()) and all(
        _holds(expression, labels) for expression in wanted.match_expressions
    )


def _holds(expression: _Expression, labels: Mapping[str, str]) -> bool:
    present = expression.key in labels
    match expression.operator:
        case _Expression.Operator.IN:
            return present and labels[expression.key] in expression.values
        case _Expression.Operator.NOT_IN:
            return not present or labels[expression.key] not in expression.values
        case _Expression.Operator.EXISTS:
            return present
        case _:
            return not present
