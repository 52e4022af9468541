"""The order in which the objects of a scope arrive; removal goes backwards.

What opens goes before what closes, so that no wanted call is refused on the way: a policy that
lets callers in comes before the one that shuts the namespace to all others. A policy for what some
pods may call closes everything else to them at once, so it holds all that they may call, and comes
after what lets them in over there.
"""

from enum import IntEnum


class Wave(IntEnum):
    """Lower arrives earlier."""

    ALLOW = 30
    CALLS = 100
    """Of pods by fewer labels; those selected by more come before, one wave for each label."""
    DECLARED_ONLY = 105
    DENY_ALL = 110
