"""One run of the kit over one driver: the driver, and the slices that it is asked about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from trafficctl_sdk.codec import canonical
from trafficctl_sdk.conformance.probes import Probes, probes
from trafficctl_sdk.conformance.subject import RENDER, Answer, Subject
from trafficctl_sdk.conformance.wishes.bases import ways
from trafficctl_sdk.conformance.wishes.crowds import crowd
from trafficctl_sdk.conformance.world.namespaces import namespace_slices
from trafficctl_sdk.conformance.world.slicing import slices_of
from trafficctl_sdk.conformance.world.without_mesh import by_pods, left_alone, namespaces_by_pods
from trafficctl_sdk.driver_info import DriverKind
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.intent_kinds import INTENT_KINDS, ConnectivityIntent
from trafficctl_sdk.slices import ScopeKind, TrafficSlice

CONNECTIVITY = tuple(it for it in INTENT_KINDS if it != "dns-provider")
_CROWD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one intent.

    :ivar violations: what validation finds.
    :ivar answers: each slice that the driver renders, with its answer.
    """

    intent: ConnectivityIntent
    violations: tuple[Violation, ...]
    answers: tuple[tuple[TrafficSlice, Answer], ...]


@dataclass(kw_only=True)
class Trial:
    """What the checks look at.

    :ivar driver: as the author names it.
    :ivar own: slices that the author adds.
    :ivar mesh_version: of the technology in the clusters of the kit's world.
    :ivar examples: mixes of fields that hypothesis tries, for each kind of intent and way out.
    """

    driver: str
    settings: Mapping[str, str] = field(default_factory=dict)
    own: Sequence[TrafficSlice] = ()
    mesh_version: str = ""
    examples: int = 25
    _violations: dict[int, tuple[ConnectivityIntent, tuple[Violation, ...]]] = field(
        default_factory=dict
    )
    _outcomes: dict[int, Outcome] = field(default_factory=dict)

    @cached_property
    def subject(self) -> Subject:
        """The driver, imported at the first use."""
        return Subject(self.driver, self.settings)

    @cached_property
    def declared(self) -> frozenset[str]:
        """The paths of the capabilities."""
        return frozenset(it.path for it in self.subject.info.capabilities)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of connectivity intents of which anything is declared."""
        named = {it.partition(".")[0] for it in self.declared}
        return tuple(it for it in CONNECTIVITY if it in named)

    @cached_property
    def meshed(self) -> bool:
        """Whether the clusters that the driver serves have a mesh."""
        return self.subject.info.kind is DriverKind.SERVICE_MESH

    @cached_property
    def scope_kinds(self) -> frozenset[ScopeKind]:
        """The kinds of scopes that the driver renders; none without the hook for it."""
        return frozenset(self.subject.info.scope_kinds if RENDER in self.subject.hooks else ())

    @cached_property
    def probes(self) -> Probes:
        """What can be asked of the declared fields."""
        return probes(self.kinds, self.declared)

    def slices_of(self, intent: ConnectivityIntent) -> tuple[TrafficSlice, ...]:
        """Give the slices of an intent that this driver renders."""
        made = slices_of(intent, self.mesh_version)
        if not self.meshed:
            made = by_pods(made, intent)
        return tuple(it for it in made if it.scope.kind in self.scope_kinds)

    @cached_property
    def namespaces(self) -> tuple[TrafficSlice, ...]:
        """The slices of namespaces, if this driver renders such."""
        if ScopeKind.NAMESPACE not in self.scope_kinds:
            return ()
        made = namespace_slices(self.mesh_version)
        return made if self.meshed else namespaces_by_pods(made)

    def violations(self, intent: ConnectivityIntent) -> tuple[Violation, ...]:
        """Give what validation found when it was first asked about an intent."""
        found = self._violations.get(id(intent))
        if found is None:
            # Held, so that its id stays its own.
            found = self._violations[id(intent)] = intent, tuple(self.subject.violations(intent))
        return found[1]

    def outcome(self, intent: ConnectivityIntent) -> Outcome:
        """Give what came of an intent when it was first looked at."""
        found = self._outcomes.get(id(intent))
        if found is None:
            found = self._outcomes[id(intent)] = Outcome(
                intent=intent,
                violations=self.violations(intent),
                answers=tuple((it, self.subject.answer(it)) for it in self.slices_of(intent)),
            )
        return found

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The paths whose honesty is looked at, sorted: those declared, and who may call."""
        also = {it for it in self.probes.by_leaf if it not in self.declared}
        for kind in self.kinds:
            if f"{kind}.callers.access.action.ALLOW" not in self.declared:
                also -= {it for it in also if it.startswith(f"{kind}.")}
        return tuple(sorted(self.declared | also))

    def crowds(self, size: int) -> Iterator[TrafficSlice]:
        """Give slices with so many callers, of every declared kind of intent and way."""
        for kind in self.kinds:
            for way in ways(kind, self.declared):
                for intent in crowd(kind, self.declared, way, size):
                    yield from self.slices_of(intent)

    @cached_property
    def stock(self) -> tuple[TrafficSlice, ...]:
        """Every slice that most checks look at, each once: the author's, and the kit's."""
        found: dict[bytes, TrafficSlice] = {}
        for it in self._every():
            found.setdefault(canonical(it), it)
        return tuple(found.values())

    def _every(self) -> Iterator[TrafficSlice]:
        yield from self.own
        yield from self.crowds(_CROWD)
        yield from self.namespaces
        for path in sorted(self.probes.by_leaf):
            for probe in self.probes.by_leaf[path]:
                if ".overrides." not in path:
                    found = self.slices_of(probe.intent)
                    yield from found
                    yield from () if self.meshed else map(left_alone, found)
