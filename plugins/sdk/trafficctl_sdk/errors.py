"""What a driver raises and returns when something cannot be so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One thing wrong with one field.

    :ivar field: path as the client wrote it, such as ``ports[0].protocol``.
    :ivar rule: stable id of the rule, such as ``ports.unique``.
    :ivar description: what is wrong and what to do, for a person.
    """

    field: str
    rule: str
    description: str


class Refused(Exception):  # noqa: N818 - an answer, not a failure of the driver
    """A slice asks for something this driver cannot express.

    Raised by :func:`trafficctl_render_slice`; the intents of the slice are shown as refused
    with these violations, and the last good rendering stays in force.
    """

    def __init__(self, *violations: Violation) -> None:
        super().__init__("; ".join(f"{v.field}: {v.description}" for v in violations))
        self.violations = violations
