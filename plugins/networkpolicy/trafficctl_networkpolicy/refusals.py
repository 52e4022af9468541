"""How rendering says no."""

from trafficctl_sdk.errors import Refused, Violation


def refuse(field: str, rule: str, description: str) -> Refused:
    """Give the refusal of one field, to be raised."""
    return Refused(Violation(field=field, rule=f"networkpolicy.{rule}", description=description))
