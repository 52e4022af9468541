"""The life of a plan, as a client leads it: drafted, filled, computed, applied."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from trafficctl.v2.plan_pb2 import Plan

from trafficctl_cli.documents.wishes import Wishes
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import TYPES, method
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.staging.complaints import refused, unsolved

MOST: Final = 1000  # changes of one request, by the interface
SIZE: Final = 3 << 20  # bytes of one request; the server takes 4 MiB
LONG: Final = 300.0  # seconds for what works on the whole plan; no server allows more
_TRIES: Final = 5
Tell = Callable[[str], None]


def project_of(wishes: Wishes, place: str) -> str:
    """Say in which project the plan of some wishes is.

    :param place: says it where all wishes are about the inventory.
    :raises CommandError: nobody says it, or they are in several.
    """
    if len(wishes.projects) > 1:
        names = ", ".join(sorted(wishes.projects))
        raise CommandError(
            Exit.USAGE, [f"one plan is about one project, and these are in {names}: apply each"]
        )
    for project in wishes.projects:
        return f"projects/{project}"
    collection, _, rest = place.partition("/")
    if collection != "projects" or not rest:
        raise CommandError(Exit.USAGE, ["say with --in projects/... whose plan it is to be"])
    return f"projects/{rest.partition('/')[0]}"


def drafted(connection: Connection, project: str, wishes: Wishes, plan_id: str, tell: Tell) -> Any:
    """Make a plan of all wishes, computed; what went wrong leaves none behind.

    :raises CommandError: with everything that is wrong, at its place.
    :raises Failure: the server could not.
    """
    create, add = method("CreatePlan"), method("AddPlanChanges")
    plan = connection.call(create, create.request(parent=project, plan_id=plan_id, plan=Plan()))
    with dropped_on_error(connection, plan.name):
        for first, part in wishes.chunks(MOST, SIZE):
            tell(f"sending change {first + 1} of {len(wishes)}")
            try:
                connection.call(add, add.request(name=plan.name, changes=part), timeout=LONG)
            except Failure as failure:
                raise refused(failure, wishes, first) from None
        tell(f"computing {len(wishes)} changes")
        return computed(connection, plan.name, wishes)


def computed(connection: Connection, name: str, wishes: Wishes) -> Any:
    """Compute a plan.

    :raises CommandError: it has problems.
    :raises Failure: the server could not.
    """
    compute = method("ComputePlan")
    try:
        plan = connection.call(compute, compute.request(name=name), timeout=LONG)
    except Failure as failure:
        raise refused(failure, wishes) from None
    if plan.HasField("problems"):
        raise unsolved(plan, wishes)
    return plan


def applied(connection: Connection, plan: Any, wishes: Wishes | None = None) -> Any:
    """Apply a plan.

    :param wishes: what it is made of: where something moved meanwhile, it is computed again.
    :raises CommandError: it has problems by now.
    :raises Failure: the server refuses.
    """
    apply = method("ApplyPlan")
    for left in reversed(range(_TRIES)):
        request = apply.request(name=plan.name, digest=plan.digest)
        try:
            return connection.call(apply, request, timeout=LONG)
        except Failure as failure:
            if wishes is None or failure.reason != "PLAN_STALE" or not left:
                raise
        plan = computed(connection, plan.name, wishes)
    raise AssertionError  # the last try returned or raised


def object_changes(connection: Connection, name: str) -> Iterator[Any]:
    """Read what a plan does to objects."""
    changes = method("ListObjectChanges")
    return connection.pages(changes, changes.request(parent=name), "changes")


def reach_changes(connection: Connection, name: str) -> Iterator[Any]:
    """Read who gains and who loses access by a plan."""
    changes = method("ListReachChanges")
    return connection.pages(changes, changes.request(parent=name), "changes")


def drop(connection: Connection, name: str) -> None:
    """Delete a plan that nobody is to see; one that cannot be deleted expires by itself."""
    delete = TYPES["Plan"].method("Delete")
    with suppress(Failure):
        connection.call(delete, delete.request(name=name, allow_missing=True))


@contextmanager
def dropped_on_error(connection: Connection, name: str) -> Iterator[None]:
    """Delete a plan if the block does not end well."""
    try:
        yield
    except BaseException:
        drop(connection, name)
        raise
