"""The paper mesh holds to what every driver must."""

from trafficctl_sdk.conformance import DriverConformance


class TestConformance(DriverConformance):
    driver = "trafficctl_example.plugin"
