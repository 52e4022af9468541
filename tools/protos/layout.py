"""Where the .proto files are and where what is made of them goes."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PROTO: Final = ROOT / "proto"
PACKAGE: Final = Path("trafficctl/v2")
PROTO_PACKAGE: Final = "trafficctl.v2"
VALIDATE: Final = Path("buf/validate")
MODEL: Final = ROOT / "plugins/sdk/trafficctl_sdk/model"
ACCEPTED: Final = PROTO / "accepted.binpb"

GENERATE: Final = "python -m tools.generate_stubs"
CHECK: Final = "python -m tools.lint_protos"


def proto_files() -> list[str]:
    """Give our .proto files, relative to the folder ``proto``, sorted."""
    return sorted(path.relative_to(PROTO).as_posix() for path in PROTO.glob(f"{PACKAGE}/*.proto"))
