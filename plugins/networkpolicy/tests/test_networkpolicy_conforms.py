"""The NetworkPolicy driver holds to what every driver must."""

from trafficctl_sdk.conformance import DriverConformance


class TestConformance(DriverConformance):
    driver = "networkpolicy"
