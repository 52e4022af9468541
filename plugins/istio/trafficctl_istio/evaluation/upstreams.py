"""From a chosen destination to the places where its calls arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trafficctl_sdk.explain import VerdictKind

from trafficctl_istio.evaluation.client_tls import ClientTls, client_tls
from trafficctl_istio.evaluation.destination_rules import policy_at
from trafficctl_istio.evaluation.sendings import Sending

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_istio.evaluation.journeys import End, Leg, Visit
    from trafficctl_istio.evaluation.mesh import Mesh
    from trafficctl_istio.evaluation.sendings import Destination
    from trafficctl_istio.evaluation.streams import Stream
    from trafficctl_istio.evaluation.views import View


def upstream(
    visit: Visit, view: View, mesh: Mesh, to: Destination, stream: Stream
) -> Iterator[Leg | End]:
    """Send a stream to a destination, as the proxy's DestinationRule says."""
    rule = view.rule(to.service)
    visit = visit.by(to.service.head, rule.head if rule is not None else None)
    subset = rule.subset(to.subset) if rule is not None and to.subset else None
    if to.subset and subset is None:
        text = f"no DestinationRule seen by {view.pods.party} has subset {to.subset} of {to.host}"
        yield visit.ends(VerdictKind.UNREACHABLE, f"{text} (503)")
        return
    policy = policy_at(rule, to.port.number, subset)
    tls = client_tls(
        policy,
        rule=rule,
        service=to.service,
        port=to.port,
        subset=to.subset,
        proxy=view.pods,
        stream=stream,
    )
    sending = Sending(
        view=view, mesh=mesh, to=to, stream=stream, tls=tls, policy=policy, subset=subset
    )
    yield from sending.goes(visit)


def past_rules(
    visit: Visit, view: View, mesh: Mesh, to: Destination, stream: Stream
) -> Iterator[Leg | End]:
    """Send a stream as it is, by a caller that has no proxy."""
    return Sending(view=view, mesh=mesh, to=to, stream=stream, tls=ClientTls(session=None)).goes(
        visit
    )


def as_it_is(
    visit: Visit, view: View, mesh: Mesh, to: Destination, stream: Stream
) -> Iterator[Leg | End]:
    """Pass a session on to a service; nothing if the proxy does not know the subset."""
    rule = view.rule(to.service) if to.subset else None
    subset = rule.subset(to.subset) if rule is not None else None
    if to.subset and subset is None:
        return
    visit = visit.by(rule.head if rule is not None else None)
    plain = ClientTls(session=None)
    sending = Sending(view=view, mesh=mesh, to=to, stream=stream, tls=plain, subset=subset)
    yield from sending.goes(visit)
