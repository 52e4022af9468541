"""One driver in a process of its own: ``python -m trafficctl_server.drivers.worker``.

Told by the host which driver to load, then asked question after question until the host closes
the pipe. Everything here happens after :mod:`confinement` and on behalf of one driver.
"""

import errno
import gc
import os
import sys
import threading
import traceback
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from typing import Any, BinaryIO, Final

import pluggy
from trafficctl_sdk import hookspecs
from trafficctl_sdk.admission.hooks import INFO_HOOK, check_signature, implemented_hooks
from trafficctl_sdk.admission.info import check_info
from trafficctl_sdk.admission.refusal import NotAdmittedError
from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.errors import Refused, Violation
from trafficctl_sdk.markers import ENTRY_POINT_GROUP, PROJECT

from trafficctl_server.drivers import confinement, frames
from trafficctl_server.drivers.fingerprint import rendering_version
from trafficctl_server.drivers.questions import (
    COMPARE_CALLS,
    DECIDING,
    WrongAnswerError,
    answer_data,
    arguments,
    hook_calls,
    hook_of,
)
from trafficctl_server.drivers.results import FailureKind

_LONGEST_TEXT: Final = 500
_RESERVE: Final = 1024 * 1024

_LOOKS: Final = (2000, 10, 20)
"""After how many objects, looks, and looks through what these left, garbage is looked for again.

A look at all that a driver keeps takes as long as several answers: by default every few dozen of
them had one.
"""


class HostDoor:
    """The services of the host, as the driver sees them; and the way back for answers."""

    def __init__(self, answers: BinaryIO, version: str) -> None:
        self._answers = answers
        self._version = version
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        """The server's version."""
        return self._version

    def log(self, event: str, **fields: str | float | bool) -> None:
        """Write one JSON log line with the driver's name on it."""
        self.send(frames.encode({"log": {"event": str(event), "fields": _plain(fields)}}))

    def send(self, payload: bytes) -> None:
        """Send one frame; threads of the driver may log at any time."""
        with self._lock:
            self._answers.write(frames.pack(payload))
            self._answers.flush()


def _plain(fields: Mapping[str, object]) -> dict[str, str | int | float | bool]:
    return {
        key: value if isinstance(value, str | int | float | bool) else str(value)
        for key, value in fields.items()
    }


class AdmittedDriver:
    """One admitted driver behind a plugin manager that holds nothing else."""

    def __init__(self, name: str, plugin: object, effects: confinement.SideEffects) -> None:
        """Admit the plugin.

        :raises NotAdmittedError: it cannot be a driver.
        """
        self._effects = effects
        self._functions = implemented_hooks(plugin)
        if INFO_HOOK not in self._functions:
            raise NotAdmittedError(f"{INFO_HOOK} is missing; a driver must say what it is")
        self._manager = pluggy.PluginManager(PROJECT)
        self._manager.add_hookspecs(hookspecs)
        check_signature(INFO_HOOK, self._functions[INFO_HOOK])
        # An older or newer hook version explains a wrong signature; so it is asked first.
        self.info = check_info(name, self._functions[INFO_HOOK]())
        for hook, function in self._functions.items():
            check_signature(hook, function)
        self._manager.register(plugin, name)
        self._manager.check_pending()

    @property
    def hooks(self) -> tuple[str, ...]:
        """Names of the hooks that it implements, sorted."""
        return tuple(sorted(self._functions))

    def call(self, hook: str, values: Mapping[str, object]) -> Any:
        """Call one hook by keyword; None if the driver answers None or has no such hook."""
        answers = getattr(self._manager.hook, hook)(**values)
        return answers[0] if answers else None

    def act(self, hook: str, values: Mapping[str, object]) -> object:
        """Call one acting hook and wait for it."""
        import asyncio  # noqa: PLC0415 - few workers need it, and all would pay for it

        async def answered() -> object:
            return await self.call(hook, values)

        with self._effects.network():
            return asyncio.run(answered())


def load(
    order: Mapping[str, Any], door: HostDoor, effects: confinement.SideEffects
) -> tuple[AdmittedDriver, bytes]:
    """Import, admit and configure the driver that the host ordered.

    :returns: the driver, and the frame that says so.
    :raises NotAdmittedError: it is refused.
    """
    point = EntryPoint(order["name"], order["value"], ENTRY_POINT_GROUP)
    driver = AdmittedDriver(order["name"], point.load(), effects)
    violations = driver.call(
        "trafficctl_configure", {"settings": dict(order["options"]), "host": door}
    )
    if violations:
        raise NotAdmittedError(f"its settings are wrong: {_listed(violations)}")
    loaded = {
        "info": to_json(driver.info),
        "hooks": list(driver.hooks),
        "rendering_version": rendering_version(
            point.module, order["distribution"], order["version"], order["options"]
        ),
    }
    from_json(DriverInfo, loaded["info"])
    return driver, frames.encode({"loaded": loaded})


def _listed(violations: object) -> str:
    if not isinstance(violations, list | tuple) or not all(
        isinstance(item, Violation) for item in violations
    ):
        raise NotAdmittedError("trafficctl_configure must answer violations")
    return "; ".join(f"{item.field}: {item.description}" for item in violations)


def answer(driver: AdmittedDriver, question: Mapping[str, Any]) -> dict[str, Any]:
    """Answer one question; whatever the driver does, short of ending the process, is an answer."""
    hook = question["hook"]
    values = arguments(hook, question["input"])
    try:
        outcome = _outcome(driver, hook, values)
    except Refused as refused:
        return _refused(refused)
    except MemoryError:
        raise
    except BaseException as error:
        if isinstance(error, OSError) and error.errno == errno.ENOMEM:
            raise MemoryError from error
        traceback.print_exc()
        return _failure(FailureKind.RAISED, describe(error))
    try:
        return {"answer": answer_data(hook, outcome)}
    except WrongAnswerError as error:
        return _failure(FailureKind.INVALID_OUTPUT, f"{hook_of(hook)} {error}")


def _outcome(driver: AdmittedDriver, hook: str, values: Mapping[str, Any]) -> object:
    if hook == COMPARE_CALLS:
        return [driver.call(hook_of(hook), side) for side in values["sides"]]
    return driver.call(hook, values) if hook in DECIDING else driver.act(hook, values)


def _refused(refused: Refused) -> dict[str, Any]:
    violations = refused.violations
    if not violations or not all(isinstance(item, Violation) for item in violations):
        return _failure(FailureKind.INVALID_OUTPUT, "raised Refused without violations")
    return {"violations": [to_json(item) for item in violations]}


def _failure(kind: FailureKind, text: str) -> dict[str, Any]:
    return {"failure": {"kind": kind.value, "text": text[:_LONGEST_TEXT]}}


def describe(error: BaseException) -> str:
    """Give an exception as one short line."""
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - an exception of the driver may fail to tell itself
        text = ""
    line = " ".join(text.split()).encode(errors="backslashreplace").decode()
    return f"{type(error).__name__}: {line}"[:_LONGEST_TEXT] if line else type(error).__name__


def _encoded(identity: int, content: Mapping[str, Any]) -> bytes:
    try:
        payload = frames.encode({"id": identity, **content})
    except (TypeError, ValueError, RecursionError) as error:
        failure = _failure(FailureKind.INVALID_OUTPUT, f"the answer is not JSON: {error}")
        return frames.encode({"id": identity, **failure})
    if len(payload) <= frames.LARGEST_ANSWER:
        return payload
    text = f"the answer has {len(payload)} bytes, at most {frames.LARGEST_ANSWER}"
    return frames.encode({"id": identity, **_failure(FailureKind.INVALID_OUTPUT, text)})


def serve(driver: AdmittedDriver, questions: BinaryIO, door: HostDoor, time_limit: int) -> None:
    """Answer until the host closes the pipe.

    :raises MemoryError: the driver went beyond its limit; it has been said to the host, and the
        process, whose memory may be full of what the driver keeps, must end.
    """
    reserve: bytearray | None = bytearray(_RESERVE)
    while (question := frames.read(questions)) is not None:
        confinement.arm(time_limit * hook_calls(question["hook"]))
        exhausted = False
        try:
            payload = _encoded(question["id"], answer(driver, question))
        except MemoryError:
            exhausted = True  # what the driver's frames held is free once this block is left
        confinement.disarm()
        if exhausted:
            reserve = None
            failure = _failure(FailureKind.OUT_OF_MEMORY, "went beyond its memory limit")
            door.send(frames.encode({"id": question["id"], **failure}))
            raise MemoryError
        door.send(payload)
    del reserve


def main() -> None:
    """Load what the host orders, then serve."""
    questions, answers = confinement.take_over_pipes()
    first = frames.read(questions)
    if first is None:
        return
    order = first["load"]
    door = HostDoor(answers, order["server_version"])
    confinement.limit_memory(order["memory_limit"])
    confinement.arm(order["load_limit"])
    refusal = ""
    try:
        driver, loaded = load(order, door, confinement.SideEffects())
    except NotAdmittedError as error:
        refusal = str(error)
    except MemoryError:
        refusal = "went beyond its memory limit while it was loaded"
    except BaseException as error:  # noqa: BLE001 - sys.exit at import must give a reason too
        traceback.print_exc()
        refusal = f"failed while it was loaded: {describe(error)}"
    confinement.disarm()
    if refusal:
        door.send(frames.encode({"refused": refusal[:_LONGEST_TEXT]}))
        return
    gc.freeze()  # what was imported stays: to look through it for garbage would hold up answers
    gc.set_threshold(*_LOOKS)
    door.send(loaded)
    serve(driver, questions, door, order["time_limit"])


def _end(code: int) -> None:
    """End without running what the driver left to be run at exit."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    try:
        main()
    except MemoryError:
        _end(frames.OUT_OF_MEMORY_EXIT)
    _end(0)
