"""Every hook that a driver may implement.

Two colours, never mixed. Deciding hooks are plain functions: pure and deterministic, called in a
worker process under a time and a memory limit. Acting hooks are ``async def``: idempotent, under
a deadline. A driver implements ``trafficctl_driver_info`` and what its capabilities need.

The host is stricter than pluggy: names, annotations and colour must be those written here, and
neither defaults nor ``*`` are taken. Arguments may be left out; a return annotation may be
narrower.
"""

from collections.abc import Mapping, Sequence

from trafficctl_sdk.driver_info import DriverInfo
from trafficctl_sdk.errors import Violation
from trafficctl_sdk.explain import ExplainRequest, Inventory, PlacedObject, Verdict
from trafficctl_sdk.facts import Fact
from trafficctl_sdk.host import Host
from trafficctl_sdk.intent_kinds import Intent
from trafficctl_sdk.manifests import Manifest, Record, Rendering
from trafficctl_sdk.markers import hookspec
from trafficctl_sdk.records import RecordChange, RecordOutcome, ZoneFacts
from trafficctl_sdk.slices import TrafficSlice


@hookspec
def trafficctl_driver_info() -> DriverInfo:  # type: ignore[empty-body] # a specification has no body
    """Say what this driver is and what it enforces.

    Called once, first, before any other hook. Pure.

    :returns: name, hook version and capabilities; another major version of the hooks, or a newer
        minor one, is refused before anything else is called.
    """


@hookspec
def trafficctl_configure(settings: Mapping[str, str], host: Host) -> Sequence[Violation]:  # type: ignore[empty-body] # a specification has no body
    """Validate and accept the driver's settings.

    Called once after ``trafficctl_driver_info``, in each process that uses the driver.

    :param settings: the server's settings below ``drivers.<name>``, as written.
    :param host: the services that the host lends.
    :returns: every mistake, with the setting's name as its field; the driver is refused if any.
    """


@hookspec
def trafficctl_validate_intent(  # type: ignore[empty-body] # a specification has no body
    intent: Intent, facts: Sequence[Fact]
) -> Sequence[Violation]:
    """Say what is wrong with an intent beyond what capabilities can say.

    Called when an intent is created or updated, for each applicable driver. Pure.

    :param intent: the intent as it would be stored, of a kind that the capabilities name.
    :param facts: facts of the clusters concerned, of the kinds that the driver consumes.
    :returns: every violation, with paths as the client wrote them; none: the intent is fine.
    """


@hookspec
def trafficctl_render_slice(slice: TrafficSlice) -> Rendering:  # type: ignore[empty-body] # noqa: A002 - the word of the design, and called by keyword
    """Say what this driver writes for one slice.

    Called for each slice of a declared scope kind whose digest changed. Pure: equal slices give
    equal renderings, byte for byte, in any order and any process.

    :param slice: one scope as one cluster must see it, with all facts that matter.
    :returns: the whole content; an empty rendering removes what is there.
    :raises Refused: the slice asks for something that cannot be expressed.
    """


@hookspec
def trafficctl_explain(  # type: ignore[empty-body] # a specification has no body
    request: ExplainRequest, objects: Sequence[PlacedObject], inventory: Inventory
) -> Verdict:
    """Give the technology's own verdict on one call, from objects alone.

    Shares no code with rendering, so that each can prove the other. Pure.

    :param request: caller, destination, port, method and path.
    :param objects: rendered or observed objects of the clusters concerned.
    :param inventory: clusters, Services and pods that the call may concern.
    :returns: allowed, denied, unreachable or unknown, with every station and what decides there.
    """


@hookspec
def trafficctl_explain_calls(  # type: ignore[empty-body] # a specification has no body
    requests: Sequence[ExplainRequest], objects: Sequence[PlacedObject], inventory: Inventory
) -> Sequence[Verdict]:
    """Give the verdicts on many calls, as ``trafficctl_explain`` gives them one by one.

    Called in its place where many calls are asked about over the same objects, which are then
    read once. A driver without it is asked about each call alone. Pure.

    :param requests: at most 250, under the time limit of one call of a hook.
    :param objects: those that any of the calls may concern; none of them is changed by the others
        being there.
    :returns: one verdict for each request, in their order.
    """


@hookspec
async def trafficctl_check_health() -> str:  # type: ignore[empty-body] # a specification has no body
    """Say whether the driver can do its work; an empty text means yes.

    Called at intervals, in a worker process. Idempotent; reads only; may use the network.
    """


@hookspec
async def trafficctl_observe(cluster: str) -> Sequence[Fact]:  # type: ignore[empty-body] # a specification has no body
    """Publish facts of one cluster for other drivers.

    Called at intervals and after a change of the cluster. Idempotent; reads only.

    :param cluster: id of the cluster.
    :returns: all facts of the declared kinds that hold now.
    """


@hookspec
async def trafficctl_confirm(manifests: Sequence[Manifest]) -> Sequence[bool]:  # type: ignore[empty-body] # a specification has no body
    """Say which manifests are in effect, in their order: the barrier between two waves.

    Idempotent; reads only.
    """


@hookspec
async def trafficctl_zone_facts(zones: Sequence[str]) -> Sequence[ZoneFacts]:  # type: ignore[empty-body] # a specification has no body
    """Give identity, limits and serial of DNS zones. Reads only."""


@hookspec
async def trafficctl_list_records(zone: str) -> Sequence[Record]:  # type: ignore[empty-body] # a specification has no body
    """Give all record sets of one zone. Reads only."""


@hookspec
async def trafficctl_apply_changes(  # type: ignore[empty-body] # a specification has no body
    zone: str, changes: Sequence[RecordChange]
) -> Sequence[RecordOutcome]:
    """Write changes of one zone.

    Idempotent: a change that already holds is done. A bad record fails alone.

    :returns: one outcome for each change, in their order.
    """
