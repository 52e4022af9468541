"""The driver that is looked at: found, admitted, configured and asked, as the server does it."""

import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from trafficctl_sdk.admission.hooks import INFO_HOOK, implemented_hooks
from trafficctl_sdk.admission.refusal import NotAdmittedError
from trafficctl_sdk.codec import canonical
from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.intent_kinds import Intent
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.markers import ENTRY_POINT_GROUP
from trafficctl_sdk.slices import TrafficSlice

if TYPE_CHECKING:
    from trafficctl_sdk.driver_info import DriverInfo

CONFIGURE: Final = "trafficctl_configure"
VALIDATE: Final = "trafficctl_validate_intent"
RENDER: Final = "trafficctl_render_slice"
EXPLAIN: Final = "trafficctl_explain"
EXPLAIN_CALLS: Final = "trafficctl_explain_calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A rendering, with its canonical bytes."""

    rendering: Rendering
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """The driver refused the slice."""

    violations: tuple[Violation, ...]

    @property
    def data(self) -> bytes:
        """The refusal as bytes."""
        return canonical([[it.field, it.rule, it.description] for it in self.violations])


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """The driver failed, or answered what is no answer."""

    text: str

    @property
    def data(self) -> bytes:
        """The failure as bytes."""
        return self.text.encode()


Answer: TypeAlias = Rendered | Turned | Raised


class KitHost:
    """The host that the kit lends; what is logged goes nowhere."""

    version = "0"

    def log(self, event: str, **fields: str | float | bool) -> None:
        """Take a log line."""


class Subject:
    """One driver.

    :ivar name: of its entry point; empty where a module is looked at that no wheel brings.
    :ivar distribution: name of its wheel; empty there too, as is ``version``.
    :ivar refusals: what ``trafficctl_configure`` says of the settings.
    :ivar changed: slices that the driver changed when it was first asked about them.
    """

    def __init__(self, driver: str, settings: Mapping[str, str]) -> None:
        """Find and import a driver.

        :param driver: name of its entry point, or ``module[:attribute]``, which has a dot.
        :raises NotAdmittedError: there is no such driver, or it cannot be imported or admitted.
        """
        point = _entry_point(driver)
        self.name = point.name
        self.distribution = point.dist.name if point.dist is not None else ""
        self.version = point.dist.version if point.dist is not None else ""
        self.settings = settings
        self.plugin = _loaded(point)
        self.hooks = implemented_hooks(self.plugin)
        if INFO_HOOK not in self.hooks:
            raise NotAdmittedError(f"{INFO_HOOK} is missing; a driver must say what it is")
        self.info = cast("DriverInfo", _told(self.hooks[INFO_HOOK]))
        self.changed: list[TrafficSlice] = []
        self._memory: dict[bytes, Answer] = {}
        self.refusals = self._configured()

    def _configured(self) -> tuple[Violation, ...]:
        if CONFIGURE not in self.hooks:
            return ()
        try:
            return tuple(self.call(CONFIGURE, settings=dict(self.settings), host=KitHost()))
        except Exception as error:
            raise NotAdmittedError(
                f"{CONFIGURE} failed: {type(error).__name__}: {error}"
            ) from error

    def call(self, hook: str, **values: object) -> Any:
        """Call a hook with those of the values that it takes."""
        function = self.hooks[hook]
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        return function(**{name: values[name] for name in names if name in values})

    def render(self, traffic_slice: TrafficSlice) -> Answer:
        """Render a slice now."""
        try:
            rendering = self.call(RENDER, slice=traffic_slice)
        except Refused as refused:
            return Turned(violations=tuple(refused.violations))
        except Exception as error:  # noqa: BLE001 - whatever a driver raises is its answer
            return Raised(text=f"{type(error).__name__}: {error}")
        if not isinstance(rendering, Rendering):
            return Raised(text=f"answered {type(rendering).__name__}, must be a Rendering")
        try:
            return Rendered(rendering=rendering, data=canonical(rendering))
        except (TypeError, ValueError, RecursionError, AttributeError) as error:
            return Raised(text=f"the rendering is not JSON: {error}")

    def answer(self, traffic_slice: TrafficSlice) -> Answer:
        """Give what the driver said of a slice when it was first asked."""
        key = canonical(traffic_slice)
        if key not in self._memory:
            self._memory[key] = self.render(traffic_slice)
            if canonical(traffic_slice) != key:
                self.changed.append(traffic_slice)
        return self._memory[key]

    def violations(self, intent: Intent) -> Sequence[Violation]:
        """Ask what is wrong with an intent; nothing, if the driver has no such hook."""
        if VALIDATE not in self.hooks:
            return ()
        return tuple(self.call(VALIDATE, intent=intent, facts=()))


def _entry_point(driver: str) -> importlib.metadata.EntryPoint:
    if "." in driver or ":" in driver:
        return importlib.metadata.EntryPoint("", driver, ENTRY_POINT_GROUP)
    found = tuple(importlib.metadata.entry_points(group=ENTRY_POINT_GROUP, name=driver))
    if not found:
        known = sorted(it.name for it in importlib.metadata.entry_points(group=ENTRY_POINT_GROUP))
        raise NotAdmittedError(
            f"no driver {driver!r} is installed here; there is {', '.join(known) or 'none'}"
        )
    if len(found) > 1:
        raise NotAdmittedError(f"several wheels bring a driver {driver!r}; the server loads none")
    return found[0]


def _told(hook: Callable[[], object]) -> object:
    try:
        return hook()
    except Exception as error:
        raise NotAdmittedError(f"{INFO_HOOK} failed: {type(error).__name__}: {error}") from error


def _loaded(point: importlib.metadata.EntryPoint) -> object:
    try:
        return point.load()
    except Exception as error:
        raise NotAdmittedError(
            f"{point.value} cannot be imported: {type(error).__name__}: {error}"
        ) from error
