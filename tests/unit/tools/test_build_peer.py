"""Peers are looked for on PATH, then in the cache, then built; a fake ``go`` counts its builds."""

import os
from pathlib import Path

import pytest

from tools.build_peer import PeerMissingError, find_or_build, main

GO = """\
#!/bin/sh
case "$1" in
env) echo "$FAKE_GO_VERSION" ;;
build)
  echo built >> "$FAKE_GO_BUILDS"
  test -z "$FAKE_GO_FAILS" || { echo "$FAKE_GO_FAILS" >&2; exit 1; }
  while [ "$1" != -o ]; do shift; done
  echo program > "$2" ;;
esac
"""


@pytest.fixture
def builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file to which each build of the fake ``go`` adds a line."""
    place = tmp_path / "bin"
    executable(place / "go", GO)
    monkeypatch.setenv("PATH", f"{place}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("FAKE_GO_BUILDS", str(tmp_path / "builds"))
    monkeypatch.setenv("FAKE_GO_VERSION", "go1.26")
    monkeypatch.setenv("FAKE_GO_FAILS", "")
    return tmp_path / "builds"


def executable(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)


def test_a_second_look_builds_nothing(builds: Path, tmp_path: Path) -> None:
    first = find_or_build("grpcurl")
    assert first.read_text() == "program\n"
    assert first.is_relative_to(tmp_path / "cache" / "trafficctl-peers")
    assert find_or_build("grpcurl") == first
    assert builds.read_text() == "built\n"


def test_another_version_of_go_builds_anew(builds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find_or_build("grpcurl")
    monkeypatch.setenv("FAKE_GO_VERSION", "go1.27")
    assert find_or_build("grpcurl") != first
    assert builds.read_text() == "built\nbuilt\n"


def test_path_comes_first(builds: Path, tmp_path: Path) -> None:
    executable(tmp_path / "bin" / "grpcurl", "#!/bin/sh\n")
    assert find_or_build("grpcurl") == tmp_path / "bin" / "grpcurl"
    assert not builds.exists()


def test_a_failed_build_says_why_and_leaves_nothing_to_be_found(
    builds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_GO_FAILS", "no such module")
    with pytest.raises(PeerMissingError, match="no such module"):
        find_or_build("grpcurl")
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    monkeypatch.setenv("FAKE_GO_FAILS", "")
    assert find_or_build("grpcurl").exists()
    assert builds.read_text() == "built\nbuilt\n"


def test_without_go_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["grpcurl"]) == 1
    assert "and Go, to build it, is not either" in capsys.readouterr().err
