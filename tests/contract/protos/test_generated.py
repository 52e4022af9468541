import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.protos.layout import GENERATE, ROOT

BRAKE = "message SafetyBrake {\n"
IMPORT = 'import "google/protobuf/timestamp.proto";'
COPIED = ("proto", "plugins/sdk", "tools", "pyproject.toml")


def generate(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own tool
        [sys.executable, "-m", "tools.generate_stubs", *arguments],
        check=False,
        capture_output=True,
        cwd=root,
        env={"PATH": ""},
        text=True,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for name in COPIED:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return root


def test_stubs_and_model_are_fresh_and_compile_without_warnings() -> None:
    done = generate(ROOT, "--check")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.crash
def test_stale_files_are_named_with_the_command_and_made_fresh_by_it(checkout: Path) -> None:
    edited = checkout / "plugins/sdk/trafficctl_sdk/model/common.py"
    missing = checkout / "proto/trafficctl/v2/watch_pb2.py"
    orphan = checkout / "proto/trafficctl/v2/gone_pb2.py"
    edited.write_text(edited.read_text() + "\n")
    missing.unlink()
    orphan.write_text("")

    found = generate(checkout, "--check")
    assert found.returncode == 1
    assert found.stderr.splitlines() == [
        f"{path.relative_to(checkout)} is not fresh: run {GENERATE}"
        for path in (edited, orphan, missing)
    ]

    assert generate(checkout).returncode == 0
    assert not orphan.exists()
    assert generate(checkout, "--check").returncode == 0


def test_a_new_field_reaches_stub_and_model(checkout: Path) -> None:
    proto = checkout / "proto/trafficctl/v2/common.proto"
    assert BRAKE in proto.read_text()
    field = "  // Says whether it is a test. Off by default.\n  bool trial = 99;\n"
    proto.write_text(proto.read_text().replace(BRAKE, BRAKE + field))

    assert generate(checkout).returncode == 0
    model = (checkout / "plugins/sdk/trafficctl_sdk/model/common.py").read_text()
    assert "    #: Says whether it is a test. Off by default.\n    trial: bool = " in model
    assert "trial" in (checkout / "proto/trafficctl/v2/common_pb2.pyi").read_text()


@pytest.mark.crash
@pytest.mark.parametrize(
    ("addition", "told"),
    [
        ("bool str = 99;", "SafetyBrake.str: the model needs this name for itself"),
        ("bool first = 98;\n\nbool second = 99;", "SafetyBrake.second has no comment"),
        (
            "// A trial.\nmessage Locality {}\n// A trial.\n.trafficctl.v2.Locality place = 99;",
            "SafetyBrake.place: a nested type is called Locality too",
        ),
        (
            "// A trial.\ngoogle.protobuf.Any any = 99;",
            "SafetyBrake.any: .google.protobuf.Any has no class in the model",
        ),
    ],
)
def test_what_the_model_cannot_hold_is_named(checkout: Path, addition: str, told: str) -> None:
    proto = checkout / "proto/trafficctl/v2/common.proto"
    text = proto.read_text().replace(BRAKE, f"{BRAKE}// A trial.\n{addition}\n")
    proto.write_text(text.replace(IMPORT, f'import "google/protobuf/any.proto";\n{IMPORT}'))
    failed = generate(checkout)
    assert failed.returncode == 1
    assert told in failed.stderr


def test_a_file_that_does_not_compile_changes_nothing(checkout: Path) -> None:
    proto = checkout / "proto/trafficctl/v2/common.proto"
    proto.write_text(proto.read_text() + "message {\n")
    stub = checkout / "proto/trafficctl/v2/common_pb2.py"
    before = stub.read_bytes()

    failed = generate(checkout)
    assert failed.returncode == 1
    assert "common.proto" in failed.stderr
    assert stub.read_bytes() == before
