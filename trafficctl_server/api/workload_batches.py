"""Many workloads changed as one: the scheduler moves things."""

from collections.abc import Iterator
from typing import Any, Final

from google.protobuf.message import Message
from trafficctl.v2.workload_pb2 import BatchUpdateWorkloadsResponse
from trafficctl_sdk.errors import Violation

from trafficctl_server.api.change_requests import change_request
from trafficctl_server.api.checks import refuse, request_violations
from trafficctl_server.api.field_behaviors import clear_outputs
from trafficctl_server.api.interceptors.call import Context
from trafficctl_server.api.messages import to_message
from trafficctl_server.api.resource_names import WILDCARD, name_violations
from trafficctl_server.api.resource_types import RESOURCE_TYPES
from trafficctl_server.api.revision_metadata import tell_revision
from trafficctl_server.api.writing import builder, update_violations
from trafficctl_server.intents.intake import Intake
from trafficctl_server.intents.kinds import WORKLOAD

_METHOD: Final = "trafficctl.v2.WorkloadService/BatchUpdateWorkloads"
_OF: Final = RESOURCE_TYPES[WORKLOAD.name]


class WorkloadBatches:
    """All of them, at one revision, or none."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake

    async def batch_update(self, request: Any, context: Context) -> Message:
        """Change workloads and answer them in the order of the requests.

        :raises Failure: why one of them cannot be.
        """
        change = change_request(request, _METHOD)
        for each in request.requests:
            clear_outputs(each.workload)
        refuse(
            request_violations(request),
            name_violations(_OF.parents, request.parent, "parent", wildcards=True),
            list(_each(request)),
        )
        builds = [
            (
                each.workload.name,
                builder(_OF, each.workload, each.update_mask.paths, f"requests[{index}].workload."),
                each.allow_missing,
                each.workload.etag,
            )
            for index, each in enumerate(request.requests)
        ]
        changed = await self._intake.update_workloads(builds, change)
        tell_revision(context, max((it.revision for it in changed), default=0))
        return BatchUpdateWorkloadsResponse(
            workloads=[to_message(it, _OF.message) for it in changed]
        )


def _each(request: Any) -> Iterator[Violation]:
    for index, each in enumerate(request.requests):
        path = f"requests[{index}]."
        wrong = update_violations(_OF, each, path)
        yield from wrong
        name = each.workload.name
        if not wrong and not _stands_below(request.parent, name):
            yield Violation(
                field=f"{path}workload.name",
                rule="name.parent",
                description=f"{name} does not stand below {request.parent}: use - in the parent",
            )
        for field in ("validate_only", "request_id"):
            if getattr(each, field):
                yield Violation(
                    field=f"{path}{field}",
                    rule="requests.whole",
                    description=f"{field} holds for all of them: set it on the request itself",
                )


def _stands_below(parent: str, name: str) -> bool:
    return all(
        wanted in (WILDCARD, given)
        for wanted, given in zip(parent.split("/"), name.split("/"), strict=False)
    )
