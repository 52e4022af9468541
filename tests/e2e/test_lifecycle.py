"""The server from its start to its end, and what an operator reads when it does not start."""

import json
from pathlib import Path

import grpc
import pytest

from tests.e2e.calls import Client, Refusal
from tests.e2e.conftest import Installed
from tests.e2e.running import Server, run_server, running_server

CLUSTER = {"clusterId": "east", "cluster": {"serviceMesh": "istio", "directory": {}}}
WATCH = {"parents": ["clusters/-"], "types": ["trafficctl.dev/Cluster"]}


def errors(text: str) -> list[str]:
    """Give the error lines of a log, every line of which must be JSON."""
    lines = [json.loads(line) for line in text.splitlines()]
    return [line["event"] for line in lines if line["level"] == "error"]


def test_sigterm_ends_streams_with_a_reason_and_the_server_with_0(
    server: Server, client: Client
) -> None:
    stream = client.watch(WATCH)
    for message in stream:
        if message.get("bookmark") == "SNAPSHOT_END":
            break

    code = server.stop()

    with pytest.raises(Refusal) as ended:
        list(stream)
    assert (ended.value.code, ended.value.reason) == (
        grpc.StatusCode.UNAVAILABLE,
        "SERVER_DRAINING",
    )
    assert code == 0
    events = [line["event"] for line in server.log() if line["room"] == "api.listener"]
    assert events == ["listening", "draining", "closed"]
    assert not [line for line in server.log() if line["level"] == "error"]


def test_what_was_answered_is_there_after_a_restart(installed: Installed, tmp_path: Path) -> None:
    with running_server(installed.server, tmp_path) as first:
        with grpc.insecure_channel(first.address) as channel:
            created = Client(channel).ask("ClusterService/CreateCluster", CLUSTER)
        assert first.stop() == 0
    with (
        running_server(installed.server, tmp_path) as second,
        grpc.insecure_channel(second.address) as channel,
    ):
        found = Client(channel).ask("ClusterService/GetCluster", {"name": "clusters/east"})
    assert {name: found[name] for name in ("uid", "etag", "createTime")} == {
        name: created[name] for name in ("uid", "etag", "createTime")
    }


def test_a_second_server_on_the_same_state_says_so_in_one_line(
    installed: Installed, server: Server, client: Client, tmp_path: Path
) -> None:
    done = run_server(installed.server, tmp_path, "serve", SERVER__STATE_DIR=str(server.state))
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = errors(done.stderr)
    assert line.startswith("another server uses this database")
    assert client.ask("ClusterService/CreateCluster", CLUSTER)["name"] == "clusters/east"


def test_a_second_server_on_the_same_port_says_so_in_one_line(
    installed: Installed, server: Server, tmp_path: Path
) -> None:
    done = run_server(installed.server, tmp_path, "serve", SERVER__LISTEN=server.address)
    assert done.returncode == 1
    assert errors(done.stderr) == [
        f"cannot listen on {server.address}: address already in use; change server.listen"
    ]
    assert "Traceback" not in done.stderr


def test_settings_are_checked_before_anything_is_written(
    installed: Installed, tmp_path: Path
) -> None:
    file = tmp_path / "trafficctl.toml"
    file.write_text('[server]\nlisten = "0.0.0.0:50051"\n[limits]\nmessage_size = "1B"\n')

    checked = run_server(installed.server, tmp_path, "check-config", "--config", str(file))
    served = run_server(
        installed.server, tmp_path, "serve", "--config", str(file), SERVER__LISTEN=""
    )

    assert (checked.returncode, served.returncode) == (2, 2)
    assert "message_size" in checked.stderr
    assert "0.0.0.0:50051" in served.stderr
    assert "Traceback" not in checked.stderr + served.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["trafficctl.toml"]


def test_fine_settings_are_called_fine(installed: Installed, tmp_path: Path) -> None:
    done = run_server(installed.server, tmp_path, "check-config")
    assert (done.returncode, done.stdout, done.stderr) == (0, "the settings are fine\n", "")
