"""Every check, in the order in which they are looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from trafficctl_sdk.conformance.checks import (
    answering,
    arriving,
    costing,
    declaring,
    explaining,
    mixing,
    naming,
    repeating,
)
from trafficctl_sdk.conformance.trial import Trial

Look: TypeAlias = Callable[[Trial], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that is demanded of every driver.

    :ivar id: stable; ``known`` and reports name it.
    :ivar look: raises where the driver does not hold to it; its docstring says what it demands.
    :ivar after: checks without which this one says nothing: it is skipped where one of them failed.
    """

    id: str
    look: Look
    after: tuple[str, ...] = ()


_DECLARED: Final = ("info.declaration",)
_RENDERS: Final = ("render.answers",)
_PURE: Final = ("render.inputs", "render.pure")
_STEADY: Final = ("render.independent",)

FIELDS: Final = "fields."
"""What the checks of declared fields begin with; the path of the capability follows."""
BEFORE_FIELDS: Final = ("validate.pure", *_STEADY)

CHECKS: Final = (
    Check(id="info.hooks", look=declaring.hooks),
    Check(id="info.declaration", look=declaring.information, after=("info.hooks",)),
    Check(id="info.facts", look=declaring.facts, after=_DECLARED),
    Check(id="info.settings", look=declaring.settings, after=_DECLARED),
    Check(id="validate.answers", look=answering.validates, after=_DECLARED),
    Check(id="validate.pure", look=answering.validates_purely, after=("validate.answers",)),
    Check(id="render.answers", look=answering.renders, after=_DECLARED),
    Check(id="render.scopes", look=answering.scopes, after=_RENDERS),
    Check(id="render.inputs", look=repeating.inputs, after=_RENDERS),
    Check(id="render.pure", look=repeating.pure, after=_RENDERS),
    Check(id="render.repeats", look=repeating.repeats, after=_PURE),
    Check(id="render.owned", look=repeating.owned, after=("render.repeats",)),
    Check(id="render.independent", look=repeating.independent, after=("render.owned",)),
    Check(id="render.order", look=repeating.order, after=_STEADY),
    Check(id="render.mixes", look=mixing.stands, after=("render.order",)),
    Check(id="render.process", look=repeating.process, after=_STEADY),
    Check(id="names.own", look=naming.own, after=_RENDERS),
    Check(id="names.stable", look=naming.stable, after=BEFORE_FIELDS),
    Check(id="names.distinct", look=naming.distinct, after=(*_STEADY, "names.own")),
    Check(id="waves", look=arriving.waves, after=_RENDERS),
    Check(id="explain.agrees", look=explaining.agrees, after=_RENDERS),
    Check(id="explain.pure", look=explaining.pure, after=("explain.agrees",)),
    Check(id="time.bounded", look=costing.bounded, after=_RENDERS),
    Check(id="time.growth", look=costing.growth, after=_RENDERS),
)
