"""A host outside: what of it can be held, which the policies of the calling namespace hold."""

from collections.abc import Iterator

from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.manifests import Notice, Rendering
from trafficctl_sdk.model.convergence import Convergence
from trafficctl_sdk.slices import ExternalSlice, Origin, Resolution, TrafficSlice

from trafficctl_networkpolicy.access import lets_everything
from trafficctl_networkpolicy.outside import NAMES_ONLY

_BY_ADDRESS = (Resolution.STATED, Resolution.AS_DIALLED)


def render(slice_: TrafficSlice, body: ExternalSlice) -> Rendering:
    """Give no object: a policy for one host would close all others to its pods.

    Authors are told what is not held: the name; where the namespace may call anything, all of it.

    :raises Refused: only the name of the host is known, or more is asked for than packets show.
    """
    violations = tuple(_violations(_host(slice_.origins[0]) if slice_.origins else "hosts", body))
    if violations:
        raise Refused(*violations)
    return Rendering(notices=tuple(_advisory(slice_, body)))


def _violations(host: str, body: ExternalSlice) -> Iterator[Violation]:
    if body.resolution not in _BY_ADDRESS or not body.addresses:
        yield Violation(field=host, rule="networkpolicy.addresses", description=NAMES_ONLY)
    if any(it.originate is not None or it.traffic_policy is not None for it in body.ports):
        yield Violation(
            field=f"{host}.ports",
            rule="networkpolicy.proxy",
            description="without a mesh nothing encrypts or shapes calls: leave originate and"
            " traffic_policy out",
        )
    if any(it.caller.egress is not None or not lets_everything(it.access) for it in body.grants):
        yield Violation(
            field="callers",
            rule="networkpolicy.access",
            description="NetworkPolicy lets connections out and reads nothing of them: allow all"
            " requests, on no egress path",
        )


def _advisory(slice_: TrafficSlice, body: ExternalSlice) -> Iterator[Notice]:
    for origin in slice_.origins:
        host = _host(origin)
        text = (
            f"the name {body.host} is not looked at: whatever is at its addresses may be called"
            if body.declared_only
            else f"pods of namespace {body.namespace} may call anything: the cluster's record holds"
            " them to what is declared by outbound_scope DECLARED_ONLY"
        )
        yield Notice(
            intent=origin.intent,
            reason=Convergence.Reason.ADVISORY_ONLY.value,
            field=f"{host}.host" if body.declared_only else "callers",
            text=text,
        )


def _host(origin: Origin) -> str:
    """Give the path of the host in an intent about it."""
    return next((it for it in origin.fields if it.startswith("hosts[")), "hosts")
