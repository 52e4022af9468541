"""Whether what a driver says of itself can be so."""

from trafficctl_sdk.admission.hooks import INFO_HOOK
from trafficctl_sdk.admission.paths import flaw_of_path
from trafficctl_sdk.admission.refusal import NotAdmittedError
from trafficctl_sdk.driver_info import Capability, DriverInfo, DriverKind, Support
from trafficctl_sdk.markers import HOOK_API
from trafficctl_sdk.slices import ScopeKind


def check_info(name: str, info: object) -> DriverInfo:
    """Check what ``trafficctl_driver_info`` answered.

    :raises NotAdmittedError: it is no DriverInfo, of another hook version, or contradicts itself.
    """
    if not isinstance(info, DriverInfo):
        raise NotAdmittedError(f"{INFO_HOOK} answered {type(info).__name__}, must be a DriverInfo")
    _check_hook_api(info.hook_api)
    if info.name != name:
        raise NotAdmittedError(
            f"the driver calls itself {info.name!r}, its entry point {name!r}; make them equal"
        )
    if not _is_tuple_of((info.kind,), DriverKind):
        raise NotAdmittedError("kind must be a DriverKind")
    if not _is_tuple_of(info.scope_kinds, ScopeKind):
        raise NotAdmittedError("scope_kinds must be a tuple of ScopeKind")
    if not _is_tuple_of(info.facts_produced, str) or not _is_tuple_of(info.facts_consumed, str):
        raise NotAdmittedError("facts_produced and facts_consumed must be tuples of text")
    schema: object = info.settings_schema
    if not isinstance(schema, dict) or not _is_tuple_of((*schema, *schema.values()), str):
        raise NotAdmittedError("settings_schema must map text to text")
    _check_capabilities(info.capabilities)
    return info


def _is_tuple_of(value: object, cls: type) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, cls) for item in value)


def _check_hook_api(declared: object) -> None:
    if (
        not isinstance(declared, tuple)
        or len(declared) != len(HOOK_API)
        or not all(type(number) is int for number in declared)
    ):
        raise NotAdmittedError("hook_api must be a tuple of two numbers; use HOOK_API of the SDK")
    major, minor = declared
    if major != HOOK_API[0] or minor > HOOK_API[1]:
        raise NotAdmittedError(
            f"written for hook version {major}.{minor}, this server has "
            f"{HOOK_API[0]}.{HOOK_API[1]}; install a version of the driver made for it"
        )


def _check_capabilities(capabilities: tuple[Capability, ...]) -> None:
    if not _is_tuple_of(capabilities, Capability):
        raise NotAdmittedError("capabilities must be a tuple of Capability")
    seen: set[str] = set()
    for item in capabilities:
        if not _is_tuple_of((item.path, item.since, item.note), str):
            raise NotAdmittedError("path, since and note of a capability must be text")
        flaw = flaw_of_path(item.path)
        if flaw:
            raise NotAdmittedError(f"capability {item.path!r}: {flaw}")
        if item.path in seen:
            raise NotAdmittedError(f"capability {item.path!r} stands there twice")
        seen.add(item.path)
        if not _is_tuple_of((item.support,), Support):
            raise NotAdmittedError(f"capability {item.path!r}: support must be a Support")
        if item.support is Support.PARTIAL and not item.note:
            raise NotAdmittedError(f"capability {item.path!r}: PARTIAL needs a note on what lacks")
