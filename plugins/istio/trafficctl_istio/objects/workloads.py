"""The kinds of Kubernetes itself that a gateway of our own is made of."""

from collections.abc import Mapping, Sequence

from trafficctl_istio.objects.shapes import Json, namespaced, present


def own_namespace(name: str, labels: Mapping[str, str] | None = None) -> Json:
    """Give a Namespace."""
    return {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": present(name=name, labels=dict(sorted((labels or {}).items()))),
    }


def service_account(namespace: str, name: str) -> Json:
    """Give a ServiceAccount."""
    return namespaced("v1", "ServiceAccount", namespace, name)


def service(
    namespace: str, name: str, *, selector: Mapping[str, str], ports: Sequence[tuple[str, int]]
) -> Json:
    """Give a Service whose ports are the pods' ports.

    :param ports: name and number of each.
    """
    spec = {
        "selector": dict(selector),
        "ports": [
            {"name": name, "port": port, "targetPort": port, "protocol": "TCP"}
            for name, port in ports
        ],
    }
    return namespaced("v1", "Service", namespace, name, spec=spec)


def gateway_deployment(
    namespace: str, name: str, *, labels: Mapping[str, str], revision: str, replicas: int
) -> Json:
    """Give the Deployment of a gateway proxy that Istio's injector completes.

    See https://istio.io/latest/docs/setup/additional-setup/gateway/: the image ``auto`` is
    replaced by the one of the injecting control plane.
    """
    pod_labels = {**labels, "sidecar.istio.io/inject": "true"}
    if revision:
        pod_labels["istio.io/rev"] = revision
    spec = {
        "replicas": replicas,
        "selector": {"matchLabels": dict(labels)},
        "template": {
            "metadata": {
                "annotations": {"inject.istio.io/templates": "gateway"},
                "labels": dict(sorted(pod_labels.items())),
            },
            "spec": {
                "serviceAccountName": name,
                "containers": [_injected_proxy()],
            },
        },
    }
    return namespaced("apps/v1", "Deployment", namespace, name, spec=spec)


def _injected_proxy() -> Json:
    privileges: Json = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "runAsNonRoot": True,
    }
    return {"name": "istio-proxy", "image": "auto", "securityContext": privileges}
