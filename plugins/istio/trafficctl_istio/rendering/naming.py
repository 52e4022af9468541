"""Names of objects: readable, unlike any other scope's, and stable."""

from trafficctl_sdk.names import object_name
from trafficctl_sdk.slices import Scope


def name_in_scope(scope: Scope, readable: str, *key: str) -> str:
    """Name an object of a scope.

    Two objects of one kind and namespace get different names if their scope or ``key`` differs.
    """
    return object_name(readable.replace("*", "any").replace(".", "-"), str(scope), *key)


def service_host(service: str, namespace: str, cluster_domain: str) -> str:
    """Give the fully qualified name of a Service of this cluster."""
    return f"{service}.{namespace}.svc.{cluster_domain}"
