"""What access rules and clusters' selectors mean, as the oracle reads them."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from trafficctl_sdk.explain import ExplainRequest
from trafficctl_sdk.model.access import AccessRule, HeaderMatch, HttpOperation, PathMatch
from trafficctl_sdk.model.common import ClusterSelector, Protocol

HTTP_FAMILY: Final = frozenset(
    {Protocol.Value.HTTP, Protocol.Value.HTTP2, Protocol.Value.GRPC, Protocol.Value.GRPC_WEB}
)


Issuers = Mapping[str, str]
"""Issuers of tokens, by the ids of their providers."""


def admitted(rules: Iterable[AccessRule], call: ExplainRequest, issuers: Issuers) -> bool:
    """Refused if any DENY matches, else admitted if any ALLOW does."""
    actions = {it.action for it in rules if _matches(it, call, issuers)}
    return AccessRule.Action.DENY not in actions and AccessRule.Action.ALLOW in actions


def _matches(rule: AccessRule, call: ExplainRequest, issuers: Issuers) -> bool:
    return (
        _asks_for(rule, call)
        and all(_header(it, call.headers) for it in rule.headers)
        and all(
            any(
                (has.issuer, has.path) == (issuers[it.jwt_provider], it.path)
                and set(has.values) & set(it.values)
                for has in call.claims
            )
            for it in rule.claims
        )
    )


def _header(match: HeaderMatch, headers: Mapping[str, str]) -> bool:
    value = headers.get(match.name)
    if match.absent is not None or value is None:
        return match.absent is not None and value is None
    if match.exact is not None:
        return value == match.exact
    if match.prefix is not None:
        return value.startswith(match.prefix)
    return match.present is not None or value.endswith(match.suffix or "")


def _asks_for(rule: AccessRule, call: ExplainRequest) -> bool:
    if rule.all_requests is not None:
        return True
    if rule.http is not None:
        return _http(rule.http, call)
    assert rule.grpc is not None
    return call.method == "POST" and any(
        call.path.startswith(f"/{it[:-1]}") if it.endswith("/*") else call.path == f"/{it}"
        for it in rule.grpc.methods
    )


def _http(http: HttpOperation, call: ExplainRequest) -> bool:
    if not call.method or not ("*" in http.methods or call.method in http.methods):
        return False
    return any(_path(it, call.path) for it in http.paths)


def _path(match: PathMatch, path: str) -> bool:
    if match.exact is not None:
        return path == match.exact
    if match.prefix is not None:
        return below(match.prefix, path)
    if match.suffix is not None:
        return path.endswith(match.suffix)
    assert match.template is not None
    pattern = re.escape(match.template).replace(r"\{\*\*\}", ".*").replace(r"\{\*\}", "[^/]+")
    return re.fullmatch(pattern, path) is not None


def below(prefix: str, path: str) -> bool:
    """Say whether a path is a prefix or continues it by whole segments."""
    base = prefix.rstrip("/")
    return path == base or path.startswith(f"{base}/")


def selects(selector: ClusterSelector | None, cluster: str, labels: Mapping[str, str]) -> bool:
    if selector is None or selector.all_clusters is not None:
        return True
    if selector.names is not None:
        return f"clusters/{cluster}" in selector.names.clusters
    assert selector.labels is not None
    return selector.labels.match_labels.items() <= labels.items()
