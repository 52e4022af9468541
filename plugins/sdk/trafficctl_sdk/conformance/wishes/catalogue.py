"""Every wish of the kit."""

from functools import cache

from trafficctl_sdk.conformance.wishes.outside import exposure_wishes, outside_wishes
from trafficctl_sdk.conformance.wishes.policies import (
    mutual_tls_wishes,
    override_wishes,
    policy_wishes,
)
from trafficctl_sdk.conformance.wishes.requests import access_wishes, token_wishes
from trafficctl_sdk.conformance.wishes.services import service_wishes
from trafficctl_sdk.conformance.wishes.wish import Wish


@cache
def wishes(kind: str) -> tuple[Wish, ...]:
    """Give what an intent of a kind can say, one thing after the other."""
    every = (
        *service_wishes(),
        *access_wishes(),
        *token_wishes(),
        *mutual_tls_wishes(),
        *policy_wishes(),
        *override_wishes(),
        *outside_wishes(),
        *exposure_wishes(),
    )
    return tuple(it for it in every if kind in it.kinds)
