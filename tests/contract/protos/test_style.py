import shutil
from pathlib import Path

import pytest

from tools.protos.checks import breaking, lint
from tools.protos.compiler import compile_image
from tools.protos.layout import ACCEPTED, CHECK, PACKAGE, PROTO


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Give a copy of our .proto files that a test may change."""
    shutil.copytree(PROTO / PACKAGE, tmp_path / "proto" / PACKAGE)
    return tmp_path / "proto"


def change(sources: Path, file: str, before: str, after: str) -> None:
    path = sources / PACKAGE / file
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after, 1))


def test_our_files_have_no_lint(tmp_path: Path) -> None:
    assert lint(compile_image(tmp_path)) == []


def test_a_missing_comment_is_lint(sources: Path, tmp_path: Path) -> None:
    comment = "  // When it was last set.\n"
    change(sources, "common.proto", comment, "")
    found = lint(compile_image(tmp_path, sources))
    assert len(found) == 1
    assert "set_time" in found[0]


def test_nothing_breaks_the_accepted_interface(tmp_path: Path) -> None:
    advice = f"change it back, or if no client can have it yet: {CHECK} --accept"
    assert breaking(compile_image(tmp_path, comments=False), ACCEPTED.read_bytes()) == [], advice


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("uint32 port = 1 [", "int64 port = 1 [", "type"),
        ("uint32 port = 1 [", "uint32 port = 19 [", "deleted"),
        ("uint32 port = 1 [", "uint32 number = 1 [", "name"),
        ("    GRPC_WEB = 4;", "    GRPCWEB = 4;", "GRPC_WEB"),
    ],
)
def test_what_would_break_a_client_is_caught(
    sources: Path, tmp_path: Path, before: str, after: str, told: str
) -> None:
    change(sources, "common.proto", before, after)
    found = breaking(compile_image(tmp_path, sources, comments=False), ACCEPTED.read_bytes())
    assert any(told in line for line in found)


def test_a_new_field_breaks_nobody(sources: Path, tmp_path: Path) -> None:
    before = "message SafetyBrake {\n"
    change(sources, "common.proto", before, before + "  // A trial.\n  bool trial = 99;\n")
    found = breaking(compile_image(tmp_path, sources, comments=False), ACCEPTED.read_bytes())
    assert found == []
