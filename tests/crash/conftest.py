"""The long loops run when they are asked for: ``pytest -m crash``."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "crash" in config.option.markexpr:
        return
    long = [it for it in items if it.get_closest_marker("crash") is not None]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [it for it in items if it not in long]
