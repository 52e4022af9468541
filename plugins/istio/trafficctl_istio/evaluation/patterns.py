"""How values are matched: in policies, in routes, by label."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Final

_TEMPLATE: Final = re.compile(r"\{\*\*\}|\{\*\}")


def matches(pattern: str, value: str) -> bool:
    """Match as policies do: exact, ``prefix*``, ``*suffix``, or ``*`` for any that is there."""
    if pattern == "*":
        return value != ""
    if pattern.startswith("*"):
        return value.endswith(pattern[1:])
    if pattern.endswith("*"):
        return value.startswith(pattern[:-1])
    return value == pattern


def matches_any(patterns: Collection[str], value: str) -> bool:
    """Say whether any pattern of a policy matches."""
    return any(matches(it, value) for it in patterns)


def matches_path(pattern: str, path: str) -> bool:
    """Match a path as policies do; templates have ``{*}`` for a segment, ``{**}`` for any rest."""
    if "{*" in pattern:
        return _template(pattern).fullmatch(path) is not None
    return matches(pattern, path)


@lru_cache(maxsize=1024)
def _template(pattern: str) -> re.Pattern[str]:
    literal = _TEMPLATE.split(pattern)
    wild = [r"[^/]+" if it == "{*}" else r".*" for it in _TEMPLATE.findall(pattern)]
    parts = [re.escape(literal[0])]
    for between, rest in zip(wild, literal[1:], strict=True):
        parts += [between, re.escape(rest)]
    return re.compile("".join(parts), re.DOTALL)


def selects(selector: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    """Say whether labels have all that a selector asks for; an empty one selects all."""
    return selector.items() <= labels.items()


def within(address: str, blocks: Collection[str]) -> bool:
    """Say whether an IP address is one of some addresses or lies in one of some ranges."""
    try:
        found = ip_address(address)
        return any(found in ip_network(it, strict=False) for it in blocks)
    except ValueError:
        return False
