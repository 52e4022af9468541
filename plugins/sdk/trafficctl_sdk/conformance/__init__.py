"""The conformance kit: what every driver must hold to, whatever it renders.

A driver's whole conformance file is a subclass of :class:`DriverConformance`; the command
``trafficctl-conformance`` runs the same checks. Here lives what can be checked of any driver
without the server; what is right for one technology is in that driver's own tests. Nothing else
of the SDK may import it: it brings pytest and hypothesis (``trafficctl-sdk[conformance]``).
"""

from trafficctl_sdk.conformance.suite import DriverConformance

__all__ = ["DriverConformance"]
