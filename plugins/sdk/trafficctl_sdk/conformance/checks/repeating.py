"""Equal slices give equal bytes, whatever happens around them."""

import random
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from trafficctl_sdk.conformance.checks.telling import difference, place
from trafficctl_sdk.conformance.elsewhere import ElsewhereError, answers_elsewhere, digest_of
from trafficctl_sdk.conformance.findings import BrokenError
from trafficctl_sdk.conformance.guard import watched
from trafficctl_sdk.conformance.subject import Rendered
from trafficctl_sdk.conformance.trial import Trial

_ORDERED: Final = frozenset(
    {("TrafficPolicy", "routes"), ("FailoverPriority", "labels"), ("Uplinks", "order")}
)
"""Fields whose order is the author's word."""
_MIXED_TWICE: Final = 100


def pure(trial: Trial) -> None:
    """Check that rendering looks at the slice alone: no clock, chance, file or network."""
    with watched() as deeds:
        for it in trial.stock:
            trial.subject.render(it)
    for deed in sorted(deeds):
        raise BrokenError(
            f"trafficctl_render_slice calls {deed.what}; take it from the slice, or leave it out",
            deed.where,
        )


def inputs(trial: Trial) -> None:
    """Check that rendering leaves the slice as it is."""
    for it in trial.stock:
        trial.subject.answer(it)
    for it in trial.subject.changed:
        raise BrokenError("rendering changes the slice that it is given", place(it))


def repeats(trial: Trial) -> None:
    """Check that the same slice twice gives the same bytes."""
    for it in trial.stock:
        one, other = trial.subject.render(it), trial.subject.render(it)
        if one.data != other.data:
            raise BrokenError(
                f"the same slice twice gives other bytes: {difference(one, other)}", place(it)
            )


def owned(trial: Trial) -> None:
    """Check that what is done to a rendering shows up in no other."""
    for it in trial.stock:
        one = trial.subject.render(it)
        if isinstance(one, Rendered):
            for manifest in one.rendering.manifests:
                _deface(manifest.body)
            other = trial.subject.render(it)
            if other.data != one.data:
                raise BrokenError(
                    f"objects of one rendering are part of the next one: {difference(one, other)}",
                    place(it),
                )


def _deface(value: Any) -> None:
    children = value.values() if isinstance(value, dict) else value
    for child in list(children):
        if isinstance(child, dict | list):
            _deface(child)
    if isinstance(value, dict | list):
        value.clear()


def independent(trial: Trial) -> None:
    """Check that what a slice gives does not depend on slices rendered before it."""
    first = [trial.subject.answer(it) for it in trial.stock]
    for it, one in zip(reversed(trial.stock), reversed(first), strict=True):
        other = trial.subject.render(it)
        if one.data != other.data:
            raise BrokenError(
                f"after other slices it gives other bytes: {difference(one, other)}", place(it)
            )


def order(trial: Trial) -> None:
    """Check that another order in the slice changes no byte, where order means nothing."""
    chance = random.Random(0)  # noqa: S311 - an order, no secret
    for index, it in enumerate(trial.stock):
        # Those with many callers come first, and have most that can be mixed.
        orders = (None, chance) if index < _MIXED_TWICE else (chance,)
        for shuffled in (mixed(it, one) for one in orders):
            one, other = trial.subject.answer(it), trial.subject.render(shuffled)
            if one.data != other.data:
                raise BrokenError(
                    f"another order in the slice gives other bytes: {difference(one, other)}",
                    place(it),
                )


def mixed(value: Any, chance: random.Random | None) -> Any:
    """Give a value with its lists and maps in another order: backwards, or by chance."""
    if isinstance(value, tuple):
        return tuple(_reordered([mixed(item, chance) for item in value], chance))
    if isinstance(value, Mapping):
        return dict(_reordered(list(value.items()), chance))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: mixed(getattr(value, one.name), chance)
            for one in fields(value)
            if (type(value).__name__, one.name) not in _ORDERED
        }
        return replace(value, **changed)
    return value


def _reordered(items: list[Any], chance: random.Random | None) -> list[Any]:
    if chance is None:
        return items[::-1]
    chance.shuffle(items)
    return items


def process(trial: Trial) -> None:
    """Check that the bytes depend on no hash seed, time zone or language of the process."""
    try:
        digests = answers_elsewhere(trial.driver, trial.settings, trial.stock)
    except ElsewhereError as error:
        raise BrokenError(f"it cannot be used in another process: {error}", trial.driver) from error
    for it, digest in zip(trial.stock, digests, strict=True):
        if digest_of(trial.subject.answer(it)) != digest:
            raise BrokenError(
                "another process gives other bytes: look for set, hash(), time zone or language",
                place(it),
            )
