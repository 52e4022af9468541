"""The order in which the objects of a scope arrive; removal goes backwards.

What opens goes before what closes, so that no wanted call is refused on the way: a policy that
lets callers in comes before the one that shuts the namespace to all others.
"""

from enum import IntEnum


class Wave(IntEnum):
    """Lower arrives earlier."""

    ALLOW = 30
    DENY_ALL = 110
