import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from trafficctl_server.settings.loading import load_settings
from trafficctl_server.settings.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


def fields(group: type[BaseModel], path: str = "") -> Iterator[tuple[str, Any]]:
    for name, field in group.model_fields.items():
        models = [
            kind
            for kind in (field.annotation, *get_args(field.annotation))
            if isinstance(kind, type) and issubclass(kind, BaseModel)
        ]
        for model in models:
            yield from fields(model, f"{path}{name}.")
        if path:
            yield f"{path}{name}", field


def test_the_pages_are_what_the_code_says() -> None:
    """If this fails, run: python tools/generate_references.py."""
    done = subprocess.run(  # noqa: S603 - our own tool
        [sys.executable, ROOT / "tools" / "generate_references.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "field"), [pytest.param(name, field, id=name) for name, field in fields(Settings)]
)
def test_every_setting_says_what_it_is_and_its_default(name: str, field: Any) -> None:
    assert field.description
    assert field.is_required() or "Default: " in field.description
    row = f"| `{name.rpartition('.')[2]}` | `TRAFFICCTL_{name.upper().replace('.', '__')}"
    assert row in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_the_page_s_example_can_be_used(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert tomllib.loads(example)
    file = tmp_path / "example.toml"
    file.write_text(example)
    assert load_settings(file, {}).drivers.options == {"example": {"color": "blue"}}
