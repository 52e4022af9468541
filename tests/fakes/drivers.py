"""A driver host that calls hooks in this process: same answers, no isolation."""

from collections.abc import Callable, Sequence
from types import ModuleType

from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.explain import ExplainRequest, Inventory, PlacedObject, Verdict
from trafficctl_sdk.facts import Fact
from trafficctl_sdk.intent_kinds import Intent
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_server.drivers.comparison import Side, pair_data, read_pair
from trafficctl_server.drivers.results import (
    Failure,
    FailureKind,
    RefusedSlice,
    RenderOutcome,
    RenderResult,
)
from trafficctl_server.drivers.roster import DriverState, DriverStatus, Isolation
from trafficctl_server.drivers.slice_bytes import slice_digest

Render = Callable[[TrafficSlice], Rendering]


class InProcessDrivers:
    """Has the face of ``DriverHost``; drivers are modules or plain functions.

    :ivar rendered: every slice that was rendered, in order.
    """

    def __init__(self) -> None:
        self.rendered: list[TrafficSlice] = []
        self._statuses: dict[str, DriverStatus] = {}
        self._render: dict[str, Render] = {}
        self._validate: dict[str, Callable[..., Sequence[Violation]]] = {}
        self._explain: dict[str, Callable[..., Verdict]] = {}
        self._explain_calls: dict[str, Callable[..., Sequence[Verdict]]] = {}

    def add_module(self, module: ModuleType) -> None:
        """Load a driver's plugin module."""
        self.add(
            module.trafficctl_driver_info(),
            module.trafficctl_render_slice,
            getattr(module, "trafficctl_validate_intent", None),
        )
        name = module.trafficctl_driver_info().name
        if hasattr(module, "trafficctl_explain"):
            self._explain[name] = module.trafficctl_explain
        if hasattr(module, "trafficctl_explain_calls"):
            self._explain_calls[name] = module.trafficctl_explain_calls

    def add(
        self,
        info: DriverInfo,
        render: Render,
        validate: Callable[..., Sequence[Violation]] | None = None,
        version: str = "1",
    ) -> None:
        """Load a driver, or another version of it."""
        self._render[info.name] = render
        if validate is not None:
            self._validate[info.name] = validate
        self._statuses[info.name] = DriverStatus(
            name=info.name,
            distribution=f"trafficctl-{info.name}",
            version=version,
            state=DriverState.LOADED,
            isolation=Isolation(pids=(), time_limit=0, memory_limit=0),
            rendering_version=version,
            hook_api=info.hook_api,
            kind=info.kind,
            scope_kinds=info.scope_kinds,
            capabilities=info.capabilities,
        )

    def remove(self, name: str) -> None:
        """Have a driver no longer."""
        del self._statuses[name]

    @property
    def roster(self) -> tuple[DriverStatus, ...]:
        return tuple(self._statuses[it] for it in sorted(self._statuses))

    def driver(self, name: str) -> DriverStatus | None:
        return self._statuses.get(name)

    async def render(self, name: str, slices: Sequence[TrafficSlice]) -> Sequence[RenderResult]:
        results = []
        for it in slices:
            self.rendered.append(it)
            outcome: RenderOutcome
            try:
                outcome = self._render[name](it)
            except Refused as refused:
                outcome = RefusedSlice(violations=refused.violations)
            except Exception as error:  # noqa: BLE001 - a driver's fault is an answer
                outcome = Failure(kind=FailureKind.RAISED, text=str(error))
            results.append(
                RenderResult(
                    slice_digest=slice_digest(it),
                    rendering_version=self._statuses[name].rendering_version,
                    outcome=outcome,
                )
            )
        return results

    async def validate_intent(
        self, name: str, intent: Intent, facts: Sequence[Fact]
    ) -> Sequence[Violation]:
        validate = self._validate.get(name)
        return validate(intent=intent, facts=facts) if validate is not None else ()

    async def explain(
        self,
        name: str,
        request: ExplainRequest,
        objects: Sequence[PlacedObject],
        inventory: Inventory,
    ) -> Verdict:
        explain = self._explain[name]
        return explain(request=request, objects=objects, inventory=inventory)

    async def explain_calls(
        self,
        name: str,
        requests: Sequence[ExplainRequest],
        objects: Sequence[PlacedObject],
        inventory: Inventory,
    ) -> tuple[Verdict, ...]:
        explain = self._explain_calls[name]
        return tuple(explain(requests=requests, objects=objects, inventory=inventory))

    async def compare_calls(
        self, name: str, requests: Sequence[ExplainRequest], before: Side, after: Side
    ) -> tuple[tuple[Verdict, Verdict], ...]:
        was, now = [
            await self.explain_calls(name, requests, it.objects, it.inventory)
            for it in (before, after)
        ]
        return tuple(read_pair(pair_data(*pair)) for pair in zip(was, now, strict=True))
