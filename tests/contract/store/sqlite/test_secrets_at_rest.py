from collections.abc import Callable
from pathlib import Path

from trafficctl_server.store.records import Write
from trafficctl_server.store.sealing import Sealer
from trafficctl_server.store.sqlite.store import SqliteStore

SECRET = b"swordfish-of-the-kubeconfig"
PUBLIC = b"not-a-secret-at-all"


def on_disk(folder: Path, files: str = "*") -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob(files)))


async def test_a_sealed_secret_is_in_no_file_of_the_store(
    store: SqliteStore, path: Path, create: Callable[..., Write]
) -> None:
    sealer = Sealer(bytes(range(32)))
    sealed = sealer.seal(SECRET, "clusters/east")
    await store.commit(create("clusters/east", body=PUBLIC + b" " + sealed.encode()))
    assert PUBLIC in on_disk(path.parent, "*-wal")
    assert SECRET not in on_disk(path.parent)
    found = await store.get("clusters/east")
    assert found is not None
    assert sealer.unseal(found.body.split()[1].decode(), "clusters/east") == SECRET
    await store.close()
    assert PUBLIC in on_disk(path.parent, "store.db")
    assert SECRET not in on_disk(path.parent)
