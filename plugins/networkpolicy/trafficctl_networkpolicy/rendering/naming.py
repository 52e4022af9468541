"""Names of objects: readable, unlike any other scope's, and stable."""

from trafficctl_sdk.names import object_name
from trafficctl_sdk.slices import Scope


def name_in_scope(scope: Scope, readable: str, *key: str) -> str:
    """Name an object of a scope.

    Two objects of one namespace get different names if their scope or ``key`` differs.
    """
    return object_name(readable, str(scope), *key)
