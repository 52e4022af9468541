"""What comes back of a call that was judged on two sides."""

import pytest
from trafficctl_sdk.explain import MissingFact, Verdict, VerdictKind

from trafficctl_server.drivers.comparison import pair_data, read_pair

ALLOWED, DENIED = (Verdict(kind=it, text="why") for it in (VerdictKind.ALLOWED, VerdictKind.DENIED))
UNKNOWN = Verdict(kind=VerdictKind.UNKNOWN, missing=(MissingFact(kind="gateway_address"),))


@pytest.mark.parametrize("pair", [(ALLOWED, DENIED), (DENIED, UNKNOWN), (UNKNOWN, UNKNOWN)])
def test_what_differs_or_is_unknown_comes_back_whole(pair: tuple[Verdict, Verdict]) -> None:
    assert read_pair(pair_data(*pair)) == pair


def test_of_what_is_alike_only_the_kind_comes_back() -> None:
    alike = Verdict(kind=VerdictKind.ALLOWED)
    assert read_pair(pair_data(ALLOWED, ALLOWED)) == (alike, alike)
