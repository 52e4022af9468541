"""What a slice may ask for beyond what the driver expresses; all of it is refused, never ignored.

The host refuses undeclared fields before a slice is made. These checks hold the same line for
what reaches rendering, so that nothing can become silently weaker than asked.
"""

from collections.abc import Iterable
from typing import Final

from trafficctl_sdk.codec import leaves
from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.model.traffic_policy import TrafficPolicy

_BALANCING: Final = frozenset({"load_balancing.round_robin"})
_LOCALITY: Final = frozenset({"locality.prefer_local", "locality.spread"})
DESTINATION_POLICY: Final = _BALANCING | _LOCALITY
"""What a traffic policy may say of a destination in the mesh."""
EXTERNAL_POLICY: Final = _BALANCING
"""What a traffic policy may say of a host outside."""
NO_POLICY: Final[frozenset[str]] = frozenset()


def refuse(field: str, rule: str, description: str) -> Refused:
    """Give the refusal of one field."""
    return Refused(Violation(field=field, rule=rule, description=description))


def check_policies(policies: Iterable[TrafficPolicy | None], expressed: frozenset[str]) -> None:
    """Refuse traffic policies that say more than is rendered.

    :raises Refused: with every field that is not in ``expressed``.
    """
    patterns = {leaf.pattern for policy in policies if policy for leaf in leaves(policy)}
    unknown = sorted(patterns - expressed)
    if unknown:
        raise Refused(
            *(
                Violation(
                    field=f"traffic_policy.{pattern}",
                    rule="FIELD_NOT_SUPPORTED",
                    description="the Istio driver does not render this here; leave it out",
                )
                for pattern in unknown
            )
        )
