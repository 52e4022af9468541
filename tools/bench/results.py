"""What a row of the table is."""

from dataclasses import dataclass, field
from typing import Final

TIMES: Final = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One measured row.

    :ivar figure: what is measured, as the table names it.
    :ivar ceiling: what bounds it, measured in the same run; empty: an absolute figure.
    :ivar measured: the figure with its unit.
    :ivar wanted: the figure that it must reach, with its unit.
    :ivar met: whether it does; none: it could not be measured.
    :ivar how: how it was measured, in a few sentences.
    :ivar details: what else was seen, one line each.
    """

    figure: str
    ceiling: str
    measured: str
    wanted: str
    met: bool | None
    how: str
    details: tuple[str, ...] = field(default=())


def ratio(
    figure: str,
    ceiling: str,
    found: float,
    *,
    least: float = 0.0,
    most: float = 0.0,
    how: str,
    details: tuple[str, ...] = (),
) -> Result:
    """Give a row that compares with its ceiling.

    :param least: the ratio must be at least this; else it must be at most ``most``.
    """
    return Result(
        figure=figure,
        ceiling=ceiling,
        measured=f"{found:.2f} {TIMES}",
        wanted=f"≥ {least} {TIMES}" if least else f"≤ {most} {TIMES}",
        met=found >= least if least else found <= most,
        how=how,
        details=details,
    )


def at_most(
    figure: str, found: float, most: float, unit: str, *, how: str, details: tuple[str, ...] = ()
) -> Result:
    """Give a row that stands for itself."""
    return Result(
        figure=figure,
        ceiling="",
        measured=f"{found:.1f} {unit}",
        wanted=f"≤ {most:g} {unit}",
        met=found <= most,
        how=how,
        details=details,
    )


def not_measured(figure: str, ceiling: str, wanted: str, why: str) -> Result:
    """Give a row that could not be measured."""
    return Result(
        figure=figure,
        ceiling=ceiling,
        measured="—",
        wanted=wanted,
        met=None,
        how=why,
    )
