"""Kubernetes objects as YAML that people can read, review and diff.

The same object gives the same bytes. Strings are quoted wherever any YAML 1.1 or 1.2 reader
could take them for another type, as the readers of a tree (kubectl, Argo CD, Flux) differ.
"""

import re
from collections.abc import Mapping

import orjson
import yaml

from trafficctl_server.clusters.target import canonical_json

_TOP = ("apiVersion", "kind", "metadata", "spec")
_METADATA = ("name", "namespace", "labels", "annotations")
_UNCERTAIN = re.compile(
    r"[-+.0-9~]|(?:y|n|yes|no|on|off|true|false|null|nan|inf)\Z", re.IGNORECASE | re.ASCII
)
_NO_FOLDING = 1 << 30
_DEEPEST = 100
_STR = "tag:yaml.org,2002:str"


class NotAnObject(ValueError):  # noqa: N818 - says what the text is
    """The text does not read as one Kubernetes object."""


class _Dumper(yaml.CSafeDumper):
    """A dumper whose idea of a string is its own."""


def _represent_str(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "'" if _UNCERTAIN.match(text) else "|" if _is_clean_block(text) else None
    return dumper.represent_scalar(_STR, text, style=style)


def _is_clean_block(text: str) -> bool:
    lines = text.removesuffix("\n").split("\n")
    return (
        "\n" in text
        and not lines[0].startswith(" ")
        and all((lines[0], lines[-1]))
        and all(line.isprintable() and not line.endswith(" ") for line in lines)
    )


_Dumper.add_representer(str, _represent_str)


def to_yaml(body: Mapping[str, object]) -> bytes:
    """Write one object: block style, keys in the order of Kubernetes, then by name.

    ValueError where the body holds anything that JSON has no word for.
    """
    ordered = _first(orjson.loads(canonical_json(body)), _TOP)
    metadata = ordered.get("metadata")
    if isinstance(metadata, dict):
        ordered["metadata"] = _first(metadata, _METADATA)
    text: str = yaml.dump(
        ordered,
        Dumper=_Dumper,
        default_flow_style=False,
        sort_keys=False,
        allow_unicode=True,
        width=_NO_FOLDING,
    )
    return text.encode()


def _first(fields: dict[str, object], first: tuple[str, ...]) -> dict[str, object]:
    return {name: fields[name] for name in first if name in fields} | fields


def read_object(content: bytes) -> dict[str, object]:
    """Read one object; NotAnObject for anything else.

    Aliases and deep nesting are refused before anything is built: a few hundred bytes of
    aliases can stand for gigabytes.
    """
    try:
        _check_shape(content)
        body = yaml.load(content, Loader=yaml.CSafeLoader)
    except NotAnObject:
        raise
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, UnicodeError) as error:
        raise NotAnObject("does not read as YAML") from error
    if not isinstance(body, dict):
        raise NotAnObject("is not one object")
    return body


def _check_shape(content: bytes) -> None:
    depth = 0
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise NotAnObject("has aliases")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise NotAnObject("is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
