"""What the server says is wrong with changes, at its place in the user's files."""

import re
from collections.abc import Sequence
from typing import Any, Final

from trafficctl_cli.documents.wishes import Problem, Wishes, invalid
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.failures import Failure, FieldProblem, conflict_lines

_CHANGE: Final = re.compile(r"(?:plan\.)?changes\[(\d+)\](?:\.apply\.[a-z_]+|\.apply|\.delete)?\.?")


def refused(failure: Failure, wishes: Wishes, first: int = 0) -> CommandError:
    """Give the error for a refusal of changes.

    :param first: the index of the first change that was sent.
    """
    problems, others = _placed(failure.fields, wishes, first)
    if not problems:
        return failure.as_error()
    error = invalid(problems)
    more = [f"and {failure.omitted} more that did not fit into the answer"]
    lines = [*error.lines, *others, *(more if failure.omitted else ())]
    return CommandError(failure.exit, lines)


def unsolved(plan: Any, wishes: Wishes) -> CommandError:
    """Give the error for a plan that has problems."""
    fields = [
        FieldProblem(it.field, it.description) for it in plan.problems.bad_request.field_violations
    ]
    problems, others = _placed(fields, wishes, 0)
    for conflict in plan.problems.conflicts:
        said, *more = conflict_lines(conflict)
        text = "\n".join((said.removeprefix(conflict.field).strip(), *more))
        found = _problem(conflict.field, text, wishes, 0)
        if found is None:
            others += [said, *more]
        else:
            problems.append(found)
    exit_code = Exit.INVALID if fields else Exit.CONFLICT
    if not problems:
        return CommandError(exit_code, others or ["the plan cannot be applied"])
    return CommandError(exit_code, [*invalid(problems).lines, *others])


def _placed(
    fields: Sequence[FieldProblem], wishes: Wishes, first: int
) -> tuple[list[Problem], list[str]]:
    problems, others = [], []
    for it in fields:
        found = _problem(it.path, it.text, wishes, first)
        if found is None:
            others.append(f"{it.path}: {it.text}" if it.path else it.text)
        else:
            problems.append(found)
    return problems, others


def _problem(path: str, text: str, wishes: Wishes, first: int) -> Problem | None:
    found = _CHANGE.match(path)
    if found is None or first + int(found[1]) >= len(wishes):
        return None
    return wishes.problem(first + int(found[1]), path[found.end() :], text)
