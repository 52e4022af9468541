"""What a request must be before anybody looks at what it asks for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from google.protobuf.message import Message
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.messages import UnknownValueError, to_model
from trafficctl_server.api.unknown_fields import unknown_fields
from trafficctl_server.api.validation import violations
from trafficctl_server.api.value_ranges import range_violations
from trafficctl_server.intents.failures import Violations


def request_violations(request: Message, resource: str = "") -> list[Violation]:
    """Give what is wrong with a request by itself.

    Fields that nobody knows, values that nothing can hold, and broken constraints.

    :param resource: the field that holds a resource; what is wrong below it gets its path in the
        resource, as all later checks give it.
    """
    strange, out_of_range = unknown_fields(request), range_violations(request)
    constraints = violations(request)
    if not (strange or out_of_range or constraints):
        return []
    unknown = [
        Violation(
            field=path,
            rule="field.unknown",
            description="this server has no such field: leave it out, or ask a newer server",
        )
        for path in strange
    ]
    said = {violation.field for violation in out_of_range}
    broken = (violation for violation in constraints if violation.field not in said)
    prefix = f"{resource}." if resource else ""
    return [
        replace(found, field=found.field.removeprefix(prefix))
        for found in (*unknown, *out_of_range, *broken)
    ]


def refuse(*groups: Sequence[Violation]) -> None:
    """Refuse a request for everything that is wrong, if anything is.

    :param groups: what one check says of a field, later ones need not repeat.
    :raises Violations: something is wrong.
    """
    if not any(groups):
        return
    found: list[Violation] = []
    for group in groups:
        said = {violation.field for violation in found}
        found += [violation for violation in group if violation.field not in said]
    raise Violations(found)


def model_of(message: Message, path: str = "") -> Any:
    """Give the model's object of a message that keeps all constraints.

    :param path: where the message stands in the request, with a dot at its end; empty: it is
        what paths start from.
    :raises Violations: an enum has a number that means nothing here.
    """
    try:
        return to_model(message)
    except UnknownValueError as error:
        violation = Violation(
            field=f"{path}{error.path}", rule="enum.known", description=error.problem
        )
        raise Violations([violation]) from None
