import re
import subprocess
import sys
import zipfile
from concurrent import futures
from pathlib import Path

import grpc
import pytest
from trafficctl.v2 import cluster_pb2, cluster_pb2_grpc

from tests.contract.protos.interface import methods, resource_options, resources
from tools.protos.layout import PACKAGE, PROTO

README = (PROTO / "README.md").read_text()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = ["-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(PROTO)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)  # noqa: S603 - our own wheel
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the wheel's content alone, as pip installs it."""
    target = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


class Clusters(cluster_pb2_grpc.ClusterServiceServicer):
    def CreateCluster(  # noqa: N802 - the method's name
        self, request: cluster_pb2.CreateClusterRequest, context: grpc.ServicerContext
    ) -> cluster_pb2.Cluster:
        assert context.is_active()
        created = request.cluster
        created.name = f"clusters/{request.cluster_id}"
        created.etag = created.WhichOneof("target") or ""
        return created


def test_wheel_brings_protos_stubs_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for proto in (PROTO / PACKAGE).glob("*.proto"):
        path = f"{PACKAGE}/{proto.name}"
        assert path in names
        assert path.replace(".proto", "_pb2.py") in names
        assert path.replace(".proto", "_pb2.pyi") in names
    assert {f"{PACKAGE}/py.typed", "buf/validate/py.typed"} <= names
    assert {"buf/README.md", "buf/validate/validate_pb2.py"} <= names


def test_wheel_leaves_shared_namespaces_to_others(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    taken = {"trafficctl/__init__.py", "buf/__init__.py", "buf/validate/__init__.py"}
    assert not taken & names


def test_the_readme_client_works_with_the_wheel_alone(installed: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=1))
    cluster_pb2_grpc.add_ClusterServiceServicer_to_server(Clusters(), server)
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    server.start()
    try:
        done = subprocess.run(  # noqa: S603 - the code in our README
            [sys.executable, "-W", "error", "-c", code.replace("127.0.0.1:50051", address)],
            check=False,
            capture_output=True,
            cwd=installed,
            env={"PYTHONPATH": str(installed)},
            text=True,
            timeout=60,
        )
    finally:
        server.stop(grace=None)
    assert (done.stdout, done.stderr) == ("clusters/east directory\n", "")


def test_every_stub_imports_without_warning(installed: Path) -> None:
    modules = [path.stem for path in (installed / PACKAGE).glob("*_pb2*.py")]
    code = "\n".join(f"import trafficctl.v2.{module}" for module in modules)
    done = subprocess.run(  # noqa: S603 - imports of our own modules
        [sys.executable, "-W", "error", "-c", code],
        check=False,
        capture_output=True,
        env={"PYTHONPATH": str(installed)},
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_readme_lists_every_resource_with_its_methods() -> None:
    rows = dict(re.findall(r"^\| (\w+) \|.*\| ([\w ]+) \|$", README, flags=re.MULTILINE))
    del rows["resource"]
    expected: dict[str, set[str]] = {}
    for resource in resources():
        plural = resource_options(resource).plural
        nouns = (resource.name, plural[0].upper() + plural[1:])
        expected[resource.name] = {
            method.name.removesuffix(noun)
            for method in methods()
            for noun in nouns
            if method.containing_service.name == f"{resource.name}Service"
            and method.name.endswith(noun)
        }
    expected["Plan"].add("AddChanges")
    expected["ManagedObject"].add("Adopt")
    assert {name: set(row.split()) for name, row in rows.items()} == expected
