"""Refusals that every scope may give.

The host refuses undeclared fields before a slice is made. What reaches rendering is held to the
same line, so that nothing can become silently weaker than asked.
"""

from trafficctl_sdk.errors import Refused, Violation


def refuse(field: str, rule: str, description: str) -> Refused:
    """Give the refusal of one field."""
    return Refused(Violation(field=field, rule=rule, description=description))
