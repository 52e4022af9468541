"""The Istio driver holds to what every driver must."""

from trafficctl_sdk.conformance import DriverConformance


class TestConformance(DriverConformance):
    driver = "istio"
    mesh_version = "1.30"
