"""The conformance kit: what every driver must hold to, whatever it renders.

A driver's whole conformance file is a subclass of :class:`DriverConformance`; the command
``trafficctl-conformance`` runs the same checks. Here lives what can be checked of any driver
without the server; what is right for one technology is in that driver's own tests. Nothing else
of the SDK may import it: it brings pytest and hypothesis (``trafficctl-sdk[conformance]``).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trafficctl_sdk.conformance.suite import DriverConformance

__all__ = ["DriverConformance"]


def __getattr__(name: str) -> object:
    """Bring pytest in where it is asked for: the command does without."""
    if name != "DriverConformance":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from trafficctl_sdk.conformance.suite import DriverConformance  # noqa: PLC0415 - see above

    return DriverConformance
