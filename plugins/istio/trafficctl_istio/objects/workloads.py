"""The kinds of Kubernetes itself that a gateway of our own is made of."""

from collections.abc import Mapping, Sequence
from typing import Final

from trafficctl_istio.objects.shapes import Json, namespaced, present

_PLACES: Final = ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
_BUSY_PERCENT: Final = 80


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
    namespace: str, name: str, *, labels: Mapping[str, str], revision: str
) -> Json:
    """Give the Deployment of a gateway proxy that Istio's injector completes.

    It says no number of replicas: that is the HorizontalPodAutoscaler's. See
    https://istio.io/latest/docs/setup/additional-setup/gateway/: the image ``auto`` is
    replaced by the one of the injecting control plane.
    """
    pod_labels = {**labels, "sidecar.istio.io/inject": "true"}
    if revision:
        pod_labels["istio.io/rev"] = revision
    spec = {
        "selector": {"matchLabels": dict(labels)},
        "template": {
            "metadata": {
                "annotations": {"inject.istio.io/templates": "gateway"},
                "labels": dict(sorted(pod_labels.items())),
            },
            "spec": {
                "serviceAccountName": name,
                "topologySpreadConstraints": [_spread(labels, place) for place in _PLACES],
                "containers": [_injected_proxy()],
            },
        },
    }
    return namespaced("apps/v1", "Deployment", namespace, name, spec=spec)


def scaled_by_load(namespace: str, name: str, *, least: int, most: int) -> Json:
    """Give the HorizontalPodAutoscaler of the Deployment of the same name.

    Without a source of metrics it keeps to its bounds and holds the least number.
    """
    spec = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name},
        "minReplicas": least,
        "maxReplicas": most,
        "metrics": [
            {
                "type": "Resource",
                "resource": {
                    "name": "cpu",
                    "target": {"type": "Utilization", "averageUtilization": _BUSY_PERCENT},
                },
            }
        ],
    }
    return namespaced("autoscaling/v2", "HorizontalPodAutoscaler", namespace, name, spec=spec)


def disrupted_one_by_one(namespace: str, name: str, *, labels: Mapping[str, str]) -> Json:
    """Give the PodDisruptionBudget of the pods with these labels.

    One may be missing even where there is only one: a node must be able to drain.
    """
    spec = {"maxUnavailable": 1, "selector": {"matchLabels": dict(labels)}}
    return namespaced("policy/v1", "PodDisruptionBudget", namespace, name, spec=spec)


def _spread(labels: Mapping[str, str], place: str) -> Json:
    return {
        "maxSkew": 1,
        "topologyKey": place,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": dict(labels)},
    }


def _injected_proxy() -> Json:
    privileges: Json = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "runAsNonRoot": True,
    }
    return {
        "name": "istio-proxy",
        "image": "auto",
        "resources": {
            "requests": {"cpu": "100m", "memory": "128Mi"},
            "limits": {"memory": "1Gi"},
        },
        "securityContext": privileges,
    }
