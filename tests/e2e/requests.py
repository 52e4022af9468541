"""The bookinfo example as the requests of a client that creates one resource after the other."""

from pathlib import Path
from typing import Any

import yaml

from tests.fakes.wheels import ROOT

EXAMPLE = ROOT / "examples" / "bookinfo"
FILES = ("clusters.yaml", "workloads.yaml", "john.yaml")
"""In an order in which each finds what it needs."""


def requests() -> list[tuple[str, dict[str, Any]]]:
    """Give method and body of each request."""
    texts = ((EXAMPLE / name).read_text() for name in FILES)
    return [_request(it) for text in texts for it in yaml.safe_load_all(text)]


def _request(document: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    kind, name = document.pop("kind"), Path(document.pop("name"))
    field = f"{kind[0].lower()}{kind[1:]}"
    parent = str(name.parent.parent)
    place = {} if parent == "." else {"parent": parent}
    return (
        f"trafficctl.v2.{kind}Service/Create{kind}",
        {**place, f"{field}Id": name.name, field: document},
    )
