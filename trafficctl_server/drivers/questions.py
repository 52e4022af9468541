"""What a worker answers, hooks most of all: how arguments arrive and answers leave."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.explain import ExplainRequest, Inventory, PlacedObject, Verdict
from trafficctl_sdk.facts import Fact
from trafficctl_sdk.intent_kinds import INTENT_KINDS
from trafficctl_sdk.manifests import Rendering
from trafficctl_sdk.slices import TrafficSlice

from trafficctl_server.drivers.comparison import pair_data, read_sides

T = TypeVar("T")
R = TypeVar("R")

RENDER: Final = "trafficctl_render_slice"
VALIDATE: Final = "trafficctl_validate_intent"
EXPLAIN: Final = "trafficctl_explain"
EXPLAIN_CALLS: Final = "trafficctl_explain_calls"
CHECK_HEALTH: Final = "trafficctl_check_health"
COMPARE_CALLS: Final = "compare_calls"
"""No hook: the worker asks ``trafficctl_explain_calls`` on two sides and tells what differs."""

DECIDING: Final = frozenset({RENDER, VALIDATE, EXPLAIN, EXPLAIN_CALLS})


class WrongAnswerError(Exception):
    """A hook answered something of another type than its specification says."""


def _render_arguments(data: Any) -> dict[str, object]:
    return {"slice": from_json(TrafficSlice, data)}


def _validate_arguments(data: Any) -> dict[str, object]:
    return {
        "intent": from_json(INTENT_KINDS[data["kind"]], data["intent"]),
        "facts": _facts(data),
    }


def _explain_arguments(data: Any) -> dict[str, object]:
    return {
        "request": from_json(ExplainRequest, data["request"]),
        **_surroundings(data),
    }


def _explain_calls_arguments(data: Any) -> dict[str, object]:
    return {
        "requests": tuple(from_json(ExplainRequest, item) for item in data["requests"]),
        **_surroundings(data),
    }


def _compare_calls_arguments(data: Any) -> dict[str, object]:
    requests = tuple(from_json(ExplainRequest, item) for item in data["requests"])
    sides = [
        {"requests": requests, "objects": it.objects, "inventory": it.inventory}
        for it in read_sides(data)
    ]
    return {"sides": sides}


def _surroundings(data: Any) -> dict[str, object]:
    return {
        "objects": tuple(from_json(PlacedObject, item) for item in data["objects"]),
        "inventory": from_json(Inventory, data["inventory"]),
    }


def _facts(data: Any) -> tuple[Fact, ...]:
    return tuple(from_json(Fact, item) for item in data["facts"])


_ARGUMENTS: Final[Mapping[str, Callable[[Any], dict[str, object]]]] = {
    RENDER: _render_arguments,
    VALIDATE: _validate_arguments,
    EXPLAIN: _explain_arguments,
    EXPLAIN_CALLS: _explain_calls_arguments,
    COMPARE_CALLS: _compare_calls_arguments,
    CHECK_HEALTH: lambda _: {},
}


def hook_of(question: str) -> str:
    """Give the hook that answers a question."""
    return EXPLAIN_CALLS if question == COMPARE_CALLS else question


def hook_calls(question: str) -> int:
    """Say how often a hook is called for one question; each call has the whole time limit."""
    return 2 if question == COMPARE_CALLS else 1


def arguments(hook: str, data: Any) -> dict[str, object]:
    """Make a hook's keyword arguments of what the host sent.

    :raises DecodeError: host and worker have different SDKs.
    """
    return _ARGUMENTS[hook](data)


def answer_data(hook: str, answer: object) -> Any:
    """Give a hook's answer as JSON types.

    :raises WrongAnswerError: its type, or that of something in it, is wrong.
    """
    match hook:
        case str() if hook == CHECK_HEALTH:
            if not isinstance(answer, str):
                raise WrongAnswerError(f"answered {_named(answer)}, must be text")
            return answer
        case str() if hook == VALIDATE:
            return _messages(Violation, answer, "violations")
        case str() if hook == EXPLAIN_CALLS:
            return _messages(Verdict, answer, "verdicts")
        case str() if hook == COMPARE_CALLS:
            return _compared(answer)
        case str() if hook == EXPLAIN:
            return _message(Verdict, answer)
        case _:
            return _message(Rendering, answer)


def _compared(answers: Any) -> list[str | list[dict[str, Any]]]:
    before, after = (_all(Verdict, it, "verdicts") for it in answers)
    if len(before) != len(after):
        raise WrongAnswerError(f"gave {len(before)} verdicts, and {len(after)} on the same calls")
    return [_written(pair_data, *pair) for pair in zip(before, after, strict=True)]


def _messages(cls: type[T], answer: object, what: str) -> list[dict[str, Any]]:
    return [_written(to_json, item) for item in _all(cls, answer, what)]


def _message(cls: type[T], value: object) -> dict[str, Any]:
    return _written(to_json, _one(cls, value))


def _all(cls: type[T], answer: object, what: str) -> list[T]:
    if not isinstance(answer, Sequence) or isinstance(answer, str):
        raise WrongAnswerError(f"answered {_named(answer)}, must be {what}")
    return [_one(cls, item) for item in answer]


def _one(cls: type[T], value: object) -> T:
    if not isinstance(value, cls):
        raise WrongAnswerError(f"answered {_named(value)}, must be {cls.__name__}")
    return value


def _written(write: Callable[..., R], *values: object) -> R:
    try:
        return write(*values)
    except (TypeError, ValueError, AttributeError, RecursionError) as error:
        what = type(values[0]).__name__
        raise WrongAnswerError(f"answered a {what} that is no JSON: {error}") from error


def _named(value: object) -> str:
    if value is None:
        return "None"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
