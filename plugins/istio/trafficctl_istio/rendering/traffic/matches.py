"""Conditions of routes as Istio's matches."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from trafficctl_sdk.model.access import HeaderMatch, PathMatch
from trafficctl_sdk.model.traffic_policy import RequestMatch

from trafficctl_istio.objects.shapes import Json, present
from trafficctl_istio.refusals import refuse

_META: Final = re.compile(r"([\\.+*?()|\[\]{}^$])")
_WILDCARD: Final = re.compile(r"(\{\*\*\}|\{\*\})")


def request_matches(stated: RequestMatch) -> Iterable[Json]:
    """Give the matches that are one condition together: any of them will do."""
    rest = present(
        method=_methods(stated.methods),
        headers={it.name.lower(): _text(it) for it in _sorted(stated.headers) if not it.absent},
        withoutHeaders={it.name.lower(): {} for it in _sorted(stated.headers) if it.absent},
        queryParams={it.name: _parameter(it) for it in _sorted(stated.query_parameters)},
    )
    for uri in path_matches(stated.path) if stated.path else [None]:
        yield present(uri=uri, **rest)


def path_matches(path: PathMatch) -> list[Json]:
    """Give the matches of one path. A prefix means whole segments: a plain one takes ``/ab`` too.

    A root prefix takes everything.
    """
    if path.exact is not None:
        return [{"exact": path.exact}]
    if path.prefix is not None:
        below = path.prefix.rstrip("/")
        return [{"exact": below}, {"prefix": f"{below}/"}] if below else [{"prefix": "/"}]
    if path.suffix is not None:
        return [{"regex": f".*{quoted(path.suffix)}"}]
    return [{"regex": "".join(_segments(path.template or ""))}]


def narrowed(condition: Json, match: Json) -> Json | None:
    """Give what holds where both hold; none: nothing does.

    :raises Refused: both ask for a path, one of them by an expression.
    """
    ours, theirs = condition.get("uri"), match.get("uri")
    if not isinstance(ours, dict) or not isinstance(theirs, dict) or ours == {"prefix": "/"}:
        return {**condition, **match}
    if "regex" in theirs:
        raise refuse(
            "traffic_policy.routes.matches.path",
            "istio.path",
            "below a path_prefix only exact paths and prefixes can be matched",
        )
    uri = _common(ours, theirs)
    return {**condition, **match, "uri": uri} if uri else None


def _common(one: Json, other: Json) -> Json:
    if "exact" in other and "exact" not in one:
        one, other = other, one
    wanted = str(one.get("exact", one.get("prefix")))
    if "exact" in one:
        fits = other == one or ("prefix" in other and wanted.startswith(str(other["prefix"])))
        return one if fits else {}
    prefix = str(other["prefix"])
    if wanted.startswith(prefix):
        return one
    return other if prefix.startswith(wanted) else {}


def _segments(template: str) -> Iterable[str]:
    for part in _WILDCARD.split(template):
        yield {"{*}": "[^/]+", "{**}": ".*"}.get(part, quoted(part))


def _methods(methods: Sequence[str]) -> Json | None:
    if not methods:
        return None
    names = sorted(set(methods))
    return {"exact": names[0]} if len(names) == 1 else {"regex": "|".join(names)}


def _text(stated: HeaderMatch) -> Json:
    """Give the match of a header's value; an empty one asks that it is there."""
    return present(
        exact=stated.exact,
        prefix=stated.prefix,
        regex=stated.regex if stated.suffix is None else f".*{quoted(stated.suffix)}",
    )


def _parameter(stated: HeaderMatch) -> Json:
    """Give the match of a query parameter, for which an empty match would ask nothing."""
    return _text(stated) or {"regex": ".*"}


def quoted(text: str) -> str:
    """Write a text so that a regular expression takes it literally."""
    return _META.sub(r"\\\1", text)


def _sorted(stated: Iterable[HeaderMatch]) -> list[HeaderMatch]:
    return sorted(stated, key=lambda it: it.name.lower())
