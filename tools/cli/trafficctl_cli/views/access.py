"""Rules of access in a few words."""

from typing import Any

from trafficctl_cli.views.columns import enum_word


def rule_text(rule: Any) -> str:
    """Say what a rule allows or denies."""
    kind = rule.WhichOneof("operation")
    if kind == "http":
        paths = ", ".join(map(_path, rule.http.paths))
        said = f"{'|'.join(rule.http.methods)} {paths}".strip()
    elif kind == "grpc":
        said = ", ".join(rule.grpc.methods)
    else:
        said = "all requests"
    more = len(rule.headers) + len(rule.claims)
    conditions = f" with {more} more condition{'s' if more > 1 else ''}" if more else ""
    return f"{enum_word(rule, 'action')} {said}{conditions}"


def _path(path: Any) -> str:
    kind = path.WhichOneof("match")
    if kind == "prefix":
        return f"{path.prefix.rstrip('/')}/*"
    return f"*{path.suffix}" if kind == "suffix" else str(path.exact or path.template)
