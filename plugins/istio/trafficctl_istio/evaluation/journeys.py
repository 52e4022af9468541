"""A call on its way: where it has been, where it goes next, or how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from trafficctl_sdk.explain import Decision, Hop, MissingFact, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trafficctl_sdk.explain import HopKind, HopTls

    from trafficctl_istio.evaluation.heads import Head
    from trafficctl_istio.evaluation.pods import Pods
    from trafficctl_istio.evaluation.streams import Stream


class Place(NamedTuple):
    """Where a stream arrives.

    :ivar port: number that is listened on there.
    :ivar called: number of the port as the sender calls it; 0: of a gateway's from outside.
    :ivar pods: there; none: a host outside.
    :ivar subset: of the pods there, that was asked for.
    """

    address: str
    port: int
    called: int = 0
    pods: Pods | None = None
    cluster: str = ""
    host: str = ""
    subset: str = ""


class Journey(NamedTuple):
    """A call so far.

    :ivar share: of all such calls that come this way, 0 to 1; 0: only after others failed.
    :ivar address: IP address that the next station sees; empty: not known.
    :ivar original_address: IP address of the client in front of all proxies; empty: not known.
    """

    share: float = 1.0
    hops: tuple[Hop, ...] = ()
    notes: tuple[str, ...] = ()
    address: str = ""
    original_address: str = ""

    # Every step of every way makes new ones: ``replace`` would be a third of all the work.

    def note(self, text: str) -> Journey:
        """Add a sentence to the account."""
        return Journey(
            share=self.share,
            hops=self.hops,
            notes=(*self.notes, text),
            address=self.address,
            original_address=self.original_address,
        )

    def past(self, hop: Hop) -> Journey:
        """Add a station."""
        return Journey(
            share=self.share,
            hops=(*self.hops, hop),
            notes=self.notes,
            address=self.address,
            original_address=self.original_address,
        )

    def left(self, hop: Hop) -> Journey:
        """Add a station that sends the call on: the next one sees no address of before."""
        return Journey(
            share=self.share,
            hops=(*self.hops, hop),
            notes=self.notes,
            original_address=self.original_address,
        )

    def with_part(self, part: float) -> Journey:
        """Take a part of the calls."""
        return self if part == 1 else self._replace(share=self.share * part)


class Leg(NamedTuple):
    """The call goes on: a stream to a place."""

    journey: Journey
    place: Place
    stream: Stream


class End(NamedTuple):
    """The call ended.

    :ivar place: where it ended up; none: it got nowhere.
    """

    journey: Journey
    kind: VerdictKind
    place: Place | None = None
    missing: tuple[MissingFact, ...] = ()


class Station(NamedTuple):
    """A proxy that the call is at, before it is known what happens there.

    :ivar address: that the call was sent to.
    :ivar tls: how it was spoken to.
    :ivar identity: that it sees calling, without scheme.
    """

    kind: HopKind
    cluster: str
    party: str
    address: str
    tls: HopTls
    identity: str = ""

    def hop(self, decision: Decision, heads: Iterable[Head] = ()) -> Hop:
        """Make the hop, with the objects that decide there."""
        decided = {it.id: it for it in heads}
        return Hop(
            kind=self.kind,
            cluster=self.cluster,
            party=self.party,
            address=self.address,
            tls=self.tls,
            decision=decision,
            identity=f"spiffe://{self.identity}" if self.identity else "",
            objects=tuple(sorted(decided)),
            intents=tuple(sorted({name for it in decided.values() for name in it.intents})),
        )


class Visit(NamedTuple):
    """A call at a station, with the objects that decided there so far."""

    journey: Journey
    station: Station
    heads: tuple[Head, ...] = ()

    def by(self, *heads: Head | None) -> Visit:
        """Add objects that decide."""
        added = tuple([it for it in heads if it is not None])
        if not added:
            return self
        return Visit(journey=self.journey, station=self.station, heads=self.heads + added)

    def told(self, text: str) -> Visit:
        """Add a sentence to the account."""
        return Visit(journey=self.journey.note(text), station=self.station, heads=self.heads)

    def part(self, part: float) -> Visit:
        """Take a part of the calls."""
        return self if part == 1 else self._replace(journey=self.journey.with_part(part))

    def leaves(self, place: Place, stream: Stream) -> Leg:
        """Send the call on."""
        passed = self.station.hop(Decision.PASSES, self.heads)
        return Leg(journey=self.journey.left(passed), place=place, stream=stream)

    def ends(
        self,
        kind: VerdictKind,
        text: str = "",
        place: Place | None = None,
        missing: MissingFact | None = None,
    ) -> End:
        """End the call here."""
        last = self.station.hop(DECISIONS[kind], self.heads)
        journey = self.journey.past(last)
        return End(
            journey=journey.note(text) if text else journey,
            kind=kind,
            place=place,
            missing=(missing,) if missing is not None else (),
        )

    def lacks(self, kind: str, text: str, place: Place | None = None) -> End:
        """End the call here because a fact is not known."""
        fact = MissingFact(kind=kind, cluster=self.station.cluster, text=text)
        return self.ends(VerdictKind.UNKNOWN, text, place, fact)


DECISIONS: Final = {
    VerdictKind.ALLOWED: Decision.PASSES,
    VerdictKind.UNKNOWN: Decision.NOT_DECIDED,
    VerdictKind.DENIED: Decision.REFUSES,
    VerdictKind.UNREACHABLE: Decision.REFUSES,
}
