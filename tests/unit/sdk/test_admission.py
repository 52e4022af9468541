"""What a plugin must be to become a driver."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from trafficctl_sdk import (
    HOOK_API,
    Capability,
    DriverInfo,
    Host,
    Rendering,
    ScopeKind,
    Support,
    TrafficSlice,
    Violation,
    hookimpl,
)
from trafficctl_sdk.admission.hooks import SPECIFICATIONS, check_signature, implemented_hooks
from trafficctl_sdk.admission.info import check_info
from trafficctl_sdk.admission.refusal import NotAdmittedError

RENDER = "trafficctl_render_slice"
GOOD = DriverInfo(name="paper", hook_api=HOOK_API, scope_kinds=(ScopeKind.DESTINATION,))


def exact(slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's own word
    raise NotImplementedError


def without_argument() -> Rendering:
    raise NotImplementedError


def other_name(slices: TrafficSlice) -> Rendering:
    raise NotImplementedError


def with_default(slice: TrafficSlice | None = None) -> Rendering:  # noqa: A002 - the hook's own word
    raise NotImplementedError


def keyword_only(*, slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's own word
    raise NotImplementedError


def variadic(*slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's own word
    raise NotImplementedError


def other_type(slice: Mapping[str, str]) -> Rendering:  # noqa: A002 - the hook's own word
    raise NotImplementedError


def unannotated(slice):  # type: ignore[no-untyped-def] # noqa: A002, ANN001, ANN201 - what is refused
    raise NotImplementedError


def other_return(slice: TrafficSlice) -> str:  # noqa: A002 - the hook's own word
    raise NotImplementedError


async def awaited(slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's own word
    raise NotImplementedError


def unreadable(slice: "OnlyForTypeCheckers") -> Rendering:  # type: ignore[name-defined] # noqa: A002, F821 - what is refused
    raise NotImplementedError


@pytest.mark.parametrize("function", [exact, without_argument])
def test_a_signature_may_leave_arguments_out(function: object) -> None:
    check_signature(RENDER, function)  # type: ignore[arg-type] # a hook of any shape


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (other_name, "argument slices of trafficctl_render_slice is unknown; the hook takes slice"),
        (with_default, "has a default"),
        (keyword_only, "plain argument"),
        (variadic, "plain argument"),
        (other_type, "must be TrafficSlice"),
        (unannotated, "has no annotation; it is TrafficSlice"),
        (other_return, "annotated to return Rendering"),
        (awaited, "must be a plain def"),
        (unreadable, "outside of TYPE_CHECKING"),
    ],
)
def test_a_wrong_signature_is_refused_with_what_is_right(function: object, words: str) -> None:
    with pytest.raises(NotAdmittedError, match=words):
        check_signature(RENDER, function)  # type: ignore[arg-type] # a hook of any shape


def test_a_return_annotation_may_be_narrower_but_not_of_other_elements() -> None:
    def narrower(settings: Mapping[str, str], host: Host) -> tuple[Violation, ...]:
        raise NotImplementedError

    def other(settings: Mapping[str, str], host: Host) -> tuple[str, ...]:
        raise NotImplementedError

    check_signature("trafficctl_configure", narrower)
    with pytest.raises(NotAdmittedError, match="Sequence"):
        check_signature("trafficctl_configure", other)


def test_an_acting_hook_must_be_async() -> None:
    def healthy() -> str:
        raise NotImplementedError

    with pytest.raises(NotAdmittedError, match="must be async def"):
        check_signature("trafficctl_check_health", healthy)


@pytest.mark.parametrize("hook", SPECIFICATIONS)
def test_every_specification_satisfies_itself(hook: str) -> None:
    check_signature(hook, SPECIFICATIONS[hook])


def test_hooks_are_found_in_modules_and_instances() -> None:
    class Driver:
        @hookimpl
        def trafficctl_render_slice(self, slice: TrafficSlice) -> Rendering:  # noqa: A002 - the hook's own word
            raise NotImplementedError

    hooks = implemented_hooks(Driver())

    assert set(hooks) == {RENDER}
    check_signature(RENDER, hooks[RENDER])
    with pytest.raises(NotAdmittedError, match="names the class Driver"):
        implemented_hooks(Driver)


def test_a_hook_that_does_not_exist_is_refused_with_the_one_that_is_meant() -> None:
    @hookimpl
    def trafficctl_render_slices() -> None:
        raise NotImplementedError

    plugin = SimpleNamespace(trafficctl_render_slices=trafficctl_render_slices)
    with pytest.raises(NotAdmittedError, match="is trafficctl_render_slice meant"):
        implemented_hooks(plugin)


def test_a_hook_without_its_marker_is_refused() -> None:
    with pytest.raises(NotAdmittedError, match="trafficctl_explain lacks @hookimpl"):
        implemented_hooks(SimpleNamespace(trafficctl_explain=exact))


@pytest.mark.parametrize(
    ("options", "words"), [({"wrapper": True}, "is a wrapper"), ({"specname": RENDER}, "specname")]
)
def test_a_wrapper_and_a_renamed_hook_are_refused(options: dict[str, Any], words: str) -> None:
    def renamed(slice: TrafficSlice) -> Iterator[None]:  # noqa: A002 - the hook's own word
        raise NotImplementedError

    plugin = SimpleNamespace(trafficctl_render_slice=hookimpl(**options)(renamed))
    with pytest.raises(NotAdmittedError, match=words):
        implemented_hooks(plugin)


@pytest.mark.parametrize("declared", [(0, 9), (2, 0), (1, HOOK_API[1] + 1)])
def test_another_major_or_a_newer_minor_version_is_refused(declared: tuple[int, int]) -> None:
    with pytest.raises(NotAdmittedError, match=rf"hook version {declared[0]}\.{declared[1]}"):
        check_info("paper", replace(GOOD, hook_api=declared))


@pytest.mark.parametrize(
    ("info", "words"),
    [
        ("paper", "answered str"),
        (replace(GOOD, name="stone"), "calls itself 'stone'"),
        (replace(GOOD, hook_api="1.0"), "tuple of two numbers"),  # type: ignore[arg-type] # what is refused
        (replace(GOOD, hook_api=(1, True)), "tuple of two numbers"),
        (replace(GOOD, kind="service_mesh"), "kind must be a DriverKind"),  # type: ignore[arg-type] # what is refused
        (replace(GOOD, scope_kinds=("destination",)), "tuple of ScopeKind"),  # type: ignore[arg-type] # what is refused
        (replace(GOOD, facts_consumed="mesh.version"), "tuples of text"),  # type: ignore[arg-type] # what is refused
        (replace(GOOD, settings_schema={"a": 1}), "map text to text"),  # type: ignore[dict-item] # what is refused
        (replace(GOOD, capabilities=("a",)), "tuple of Capability"),  # type: ignore[arg-type] # what is refused
    ],
)
def test_a_driver_that_says_nonsense_of_itself_is_refused(info: object, words: str) -> None:
    with pytest.raises(NotAdmittedError, match=words):
        check_info("paper", info)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("mesh.ports.port", "no kind of intent"),
        ("outbound", "names no field"),
        ("outbound.hosts.ports.prt", "outbound.hosts.ports has no 'prt'; there is port"),
        ("outbound.hosts.host.name", "outbound.hosts.host has no 'name'"),
        ("intercluster.ports.protocol", "ends at an enum; add one of its values: HTTP"),
        ("intercluster.ports.protocol.FTP", "has no 'FTP'; there is HTTP"),
        ("", "no kind of intent"),
    ],
)
def test_a_capability_that_names_nothing_is_refused(path: str, words: str) -> None:
    with pytest.raises(NotAdmittedError, match=words):
        check_info("paper", replace(GOOD, capabilities=(Capability(path=path),)))


def test_capabilities_name_leaves_empty_branches_and_values() -> None:
    paths = (
        "intercluster.ports.port",
        "intercluster.ports.protocol.HTTP",
        "outbound.callers.access.all_requests",
        "outbound.callers.egress.dedicated_gateway",
        "inbound.callers.external.source_ranges",
    )
    info = replace(GOOD, capabilities=tuple(Capability(path=path) for path in paths))

    assert check_info("paper", info) is info


def test_a_capability_stands_once_and_a_partial_one_is_explained() -> None:
    port = Capability(path="intercluster.ports.port")
    with pytest.raises(NotAdmittedError, match="twice"):
        check_info("paper", replace(GOOD, capabilities=(port, port)))
    with pytest.raises(NotAdmittedError, match="PARTIAL needs a note"):
        check_info("paper", replace(GOOD, capabilities=(replace(port, support=Support.PARTIAL),)))
