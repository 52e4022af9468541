"""Whether a plugin may be a driver: stricter than pluggy, which compares argument names only.

Everything that would otherwise show at the first call, or never, is said here, before it.
"""

import difflib
import inspect
from collections.abc import Callable, Mapping
from typing import Any, Final, get_args, get_origin, get_type_hints

from trafficctl_sdk import hookspecs
from trafficctl_sdk.admission.refusal import NotAdmittedError
from trafficctl_sdk.markers import PROJECT

INFO_HOOK: Final = "trafficctl_driver_info"
_PREFIX: Final = f"{PROJECT}_"
_IMPLEMENTED: Final = f"{PROJECT}_impl"
_SPECIFIED: Final = f"{PROJECT}_spec"
_WRAPPERS: Final = ("wrapper", "hookwrapper")

SPECIFICATIONS: Final[Mapping[str, Callable[..., Any]]] = {
    name: value for name, value in vars(hookspecs).items() if hasattr(value, _SPECIFIED)
}


def implemented_hooks(plugin: object) -> dict[str, Callable[..., Any]]:
    """Give the hooks that a module or an instance implements.

    :raises NotAdmittedError: a hook that is unknown, unmarked or a wrapper, or a class instead of
        an instance.
    """
    if inspect.isclass(plugin):
        raise NotAdmittedError(
            f"the entry point names the class {plugin.__name__}; name a module or an instance"
        )
    hooks: dict[str, Callable[..., Any]] = {}
    for name in dir(plugin):
        value = inspect.getattr_static(plugin, name)
        function = getattr(value, "__func__", value)
        options = getattr(function, _IMPLEMENTED, None)
        if options is None:
            _check_unmarked(name, function)
            continue
        if options.get("specname"):
            raise NotAdmittedError(f"{name} uses specname; give the function the hook's own name")
        if any(options.get(kind) for kind in _WRAPPERS):
            raise NotAdmittedError(f"{name} is a wrapper; each driver is called alone")
        if name not in SPECIFICATIONS:
            raise NotAdmittedError(f"no hook is named {name}{_suggestion(name)}")
        hooks[name] = getattr(plugin, name)
    return hooks


def _check_unmarked(name: str, function: object) -> None:
    if (
        name.startswith(_PREFIX)
        and inspect.isfunction(function)
        and not hasattr(function, _SPECIFIED)
    ):
        raise NotAdmittedError(f"{name} lacks @hookimpl; mark it, or name it otherwise")


def _suggestion(name: str) -> str:
    close = difflib.get_close_matches(name, SPECIFICATIONS, n=1)
    return f"; is {close[0]} meant" if close else f"; hooks are {', '.join(SPECIFICATIONS)}"


def check_signature(name: str, function: Callable[..., Any]) -> None:
    """Compare colour, arguments and annotations with the specification.

    Arguments may be left out, as a driver of an older minor version does; a return annotation may
    be narrower.

    :raises NotAdmittedError: something differs.
    """
    specification = SPECIFICATIONS[name]
    _check_colour(name, specification, function)
    wanted = _hints(name, specification)
    actual = _hints(name, function)
    for parameter in inspect.signature(function).parameters.values():
        label = f"argument {parameter.name} of {name}"
        if parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            raise NotAdmittedError(f"{label} must be a plain argument, neither * nor keyword-only")
        if parameter.default is not inspect.Parameter.empty:
            raise NotAdmittedError(f"{label} has a default; the host always passes a value")
        if parameter.name not in wanted:
            expected = ", ".join(key for key in wanted if key != "return") or "no argument"
            raise NotAdmittedError(f"{label} is unknown; the hook takes {expected}")
        if parameter.name not in actual:
            raise NotAdmittedError(f"{label} has no annotation; it is {_show(wanted, parameter)}")
        if not _same(actual[parameter.name], wanted[parameter.name]):
            raise NotAdmittedError(
                f"{label} is annotated {_show(actual, parameter)}, must be "
                f"{_show(wanted, parameter)}"
            )
    if "return" not in actual or not _narrower(actual["return"], wanted["return"]):
        raise NotAdmittedError(f"{name} must be annotated to return {_text(wanted['return'])}")


def _check_colour(
    name: str, specification: Callable[..., Any], function: Callable[..., Any]
) -> None:
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise NotAdmittedError(f"{name} is a generator; return the whole answer")
    if inspect.iscoroutinefunction(specification) != inspect.iscoroutinefunction(function):
        colour = "async def" if inspect.iscoroutinefunction(specification) else "a plain def"
        raise NotAdmittedError(f"{name} must be {colour}")


def _hints(name: str, function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return get_type_hints(function)
    except (NameError, AttributeError, TypeError) as error:
        raise NotAdmittedError(
            f"annotations of {name} cannot be read at run time ({error}); import their types "
            "outside of TYPE_CHECKING"
        ) from error


def _same(actual: object, wanted: object) -> bool:
    if get_origin(wanted) is None:
        return actual == wanted
    return get_origin(actual) is get_origin(wanted) and get_args(actual) == get_args(wanted)


def _narrower(actual: object, wanted: object) -> bool:
    if _same(actual, wanted):
        return True
    origin, wanted_origin = get_origin(actual), get_origin(wanted)
    if not isinstance(origin, type) or not isinstance(wanted_origin, type):
        return isinstance(actual, type) and isinstance(wanted, type) and issubclass(actual, wanted)
    elements = tuple(item for item in get_args(actual) if item is not Ellipsis)
    return issubclass(origin, wanted_origin) and elements == get_args(wanted)


def _show(hints: Mapping[str, object], parameter: inspect.Parameter) -> str:
    return _text(hints[parameter.name])


def _text(annotation: object) -> str:
    return annotation.__name__ if inspect.isclass(annotation) else str(annotation)
