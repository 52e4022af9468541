"""The frame that all objects share."""

from typing import Final, TypeAlias

Json: TypeAlias = dict[str, object]
"""A JSON object."""
_NOTHING: Final[tuple[object, ...]] = (None, [], {})


def namespaced(api_version: str, kind: str, namespace: str, name: str, **content: object) -> Json:
    """Give an object that lives in a namespace; ``content`` stands beside its metadata."""
    return {
        "apiVersion": api_version,
        "kind": kind,
        "metadata": {"name": name, "namespace": namespace},
        **content,
    }


def present(**content: object) -> Json:
    """Give what is set: empty lists, empty objects and ``None`` would say something else."""
    found: Json = {}
    for key, value in content.items():  # a comprehension would be one more call
        # What is true is something; only the rest has to be compared.
        if value or value not in _NOTHING:
            found[key] = value
    return found


def unshared(content: Json) -> Json:
    """Give an equal object in which no part stands in two places."""
    return {key: _unshared(value) for key, value in content.items()}


def _unshared(value: object) -> object:
    if isinstance(value, dict):
        return {key: _unshared(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_unshared(item) for item in value]
    return value
