"""What is kept of an intent is what is read again, and the same where it is equal."""

from trafficctl_sdk.slices import Scope, ScopeKind

from trafficctl_server.compile.footprint import Footprint, References
from trafficctl_server.compile.names import WorkloadId
from trafficctl_server.compile.openings import Door
from trafficctl_server.intents.footprint_codec import KeptIntent, KeptReader, written

CART = Scope(kind=ScopeKind.WORKLOAD, key="shop/cart")
HOST = Scope(kind=ScopeKind.EXPOSED_HOST, key="*.example.com")
DOORS = (
    Door(cluster="east", gateway="main", port=443, tls=True),
    Door(cluster="east", gateway="main", port=80, tls=False),
)
FOUND = Footprint(scopes=(HOST, CART), outer="shop/cart", doors=DOORS, keys=("service/shop/cart",))
REFERENCES = References([WorkloadId("p1", "shop", "front")], ["", "east"])
KEPT = KeptIntent(FOUND, REFERENCES, b"\x00packed\xff")
MARK = 7


def reader() -> KeptReader:
    return KeptReader({it: it for it in (CART, HOST)}.__getitem__)


def test_it_is_read_as_it_was_written() -> None:
    again = reader().read(written(KEPT, MARK), MARK)
    assert again is not None
    assert (again.references, again.packed) == (REFERENCES, KEPT.packed)
    assert set(again.footprint.scopes) == set(FOUND.scopes)
    assert set(again.footprint.doors) == set(FOUND.doors)
    assert (again.footprint.outer, again.footprint.keys) == (FOUND.outer, FOUND.keys)
    nothing = KeptIntent(Footprint(), References([], []), b"")
    assert reader().read(written(nothing, 0), 0) == nothing


def test_what_is_equal_is_one_object() -> None:
    one, other = reader(), KEPT._replace(packed=b"another")
    first, second = one.read(written(KEPT, MARK), MARK), one.read(written(other, MARK), MARK)
    assert first is not None
    assert second is not None
    assert first.footprint is second.footprint
    assert any(it is CART for it in first.footprint.scopes)


def test_nothing_is_read_of_what_another_packed_or_what_is_damaged() -> None:
    kept = written(KEPT, MARK)
    assert reader().read(kept, MARK + 1) is None
    for end in range(len(kept)):
        assert reader().read(kept[:end], MARK) is None
        damaged = bytes((*kept[:end], kept[end] ^ 1, *kept[end + 1 :]))
        assert reader().read(damaged, MARK) is None
