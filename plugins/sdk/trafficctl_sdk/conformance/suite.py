"""The class that an author subclasses."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import pytest

from trafficctl_sdk.conformance.findings import State
from trafficctl_sdk.conformance.kit import Kit
from trafficctl_sdk.conformance.trial import Trial
from trafficctl_sdk.slices import TrafficSlice


class DriverConformance:
    """Every check over one driver, each as a test of its own.

    :cvar driver: name of its entry point; where no wheel is installed, what the entry point names:
        ``module[:attribute]``, with a dot in it.
    :cvar settings: what ``trafficctl_configure`` is given.
    :cvar mesh_version: of the technology in the kit's clusters, if the driver asks for it.
    :cvar examples: mixes of fields that hypothesis tries, for each kind of intent and way out.
    :cvar known: id of a check → why it is known to fail. It must fail.
    """

    driver: ClassVar[str] = ""
    settings: ClassVar[Mapping[str, str]] = {}
    mesh_version: ClassVar[str] = ""
    examples: ClassVar[int] = 25
    known: ClassVar[Mapping[str, str]] = {}
    _kit: ClassVar[Kit | None] = None

    @classmethod
    def slices(cls) -> Sequence[TrafficSlice]:
        """Give slices of your own that are looked at besides those of the kit."""
        return ()

    @classmethod
    def kit(cls) -> Kit:
        """Give the one run over this class's driver."""
        if "_kit" not in vars(cls) or cls._kit is None:
            trial = Trial(
                driver=cls.driver,
                settings=cls.settings,
                own=cls.slices(),
                mesh_version=cls.mesh_version,
                examples=cls.examples,
            )
            cls._kit = Kit(trial, cls.known)
        return cls._kit

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Make one test for each check; called by pytest when it collects the class."""
        metafunc.parametrize("check", self.kit().ids())

    def test_conforms(self, check: str) -> None:
        """Look at one check."""
        found = self.kit().find(check)
        match found.state:
            case State.FAILED:
                pytest.fail(found.text, pytrace=False)
            case State.SKIPPED:
                pytest.skip(found.text)
            case State.KNOWN:
                pytest.xfail(found.text)
            case State.PASSED:
                pass
