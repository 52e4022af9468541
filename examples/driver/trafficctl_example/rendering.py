"""One workload's callers as one ConfigMap."""

from trafficctl_sdk import Effect, Manifest, object_name
from trafficctl_sdk.model.access import AccessRule
from trafficctl_sdk.slices import Grant, WorkloadSlice

_WAVE = 0


def render_workload(workload: WorkloadSlice) -> Manifest:
    """Write down who may call, port by port; equal slices give equal bytes."""
    lines: dict[str, set[str]] = {}
    for grant in workload.grants:
        lines.setdefault(f"port-{grant.port}", set()).update(_lines(grant))
    body = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {
            "name": object_name(
                f"callers-of-{workload.service}", workload.namespace, workload.service
            ),
            "namespace": workload.namespace,
        },
        "data": {port: "\n".join(sorted(lines[port])) for port in sorted(lines)},
    }
    return Manifest(body=body, wave=_WAVE, effect=Effect.OPENS)


def _lines(grant: Grant) -> list[str]:
    return [
        f"{caller}: {_operation(rule)}"
        for caller in grant.principals or ("anyone",)
        for rule in grant.access
    ]


def _operation(rule: AccessRule) -> str:
    if rule.http is None:
        return "everything"
    paths = ", ".join(sorted(path.exact for path in rule.http.paths if path.exact))
    return f"{', '.join(sorted(rule.http.methods))} {paths}".rstrip()
