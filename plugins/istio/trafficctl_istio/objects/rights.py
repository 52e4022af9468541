"""The kinds of ``rbac.authorization.k8s.io/v1``."""

from typing import Final

from trafficctl_istio.objects.shapes import Json, namespaced

_GROUP: Final = "rbac.authorization.k8s.io"
_API: Final = f"{_GROUP}/v1"


def secret_reader(namespace: str, name: str) -> Json:
    """Give a Role that reads the Secrets of its namespace.

    Istio asks for ``list`` before it hands any of them to a proxy, and that knows no names.
    """
    rules = [{"apiGroups": [""], "resources": ["secrets"], "verbs": ["get", "list", "watch"]}]
    return namespaced(_API, "Role", namespace, name, rules=rules)


def role_binding(namespace: str, name: str, *, role: str, account: str) -> Json:
    """Give a RoleBinding of a Role to a service account of the same namespace."""
    return namespaced(
        _API,
        "RoleBinding",
        namespace,
        name,
        roleRef={"apiGroup": _GROUP, "kind": "Role", "name": role},
        subjects=[{"kind": "ServiceAccount", "name": account, "namespace": namespace}],
    )
