"""Create and update over a real socket, as a client sees them."""

import asyncio
import uuid
from typing import Any

import pytest
from google.rpc import error_details_pb2
from trafficctl.v2 import (
    inbound_intent_pb2,
    intercluster_intent_pb2,
)
from trafficctl.v2.convergence_pb2 import Convergence
from trafficctl_sdk.errors import Violation

from tests.integration.api.calls import INTENT, SERVICE, create, get, update
from tests.integration.api.site import (
    GROUP,
    Refused,
    Site,
    intercluster,
)


async def test_what_is_created_is_read_back_as_it_was_answered(site: Site) -> None:
    await site.group()
    created = await create(site)
    assert created.message.name == INTENT
    assert created.message.generation == 1
    assert uuid.UUID(created.message.uid).version == 4
    assert created.message.reconciling
    assert created.revision == created.message.revision > 0
    read = await get(site)
    assert read.message == created.message
    assert read.revision >= created.revision


async def test_outputs_that_a_client_sends_are_ignored(site: Site) -> None:
    await site.group()
    forged = intercluster()
    forged.name, forged.uid, forged.generation, forged.revision = "x", "y", 9, 10_000
    forged.creator = "root"
    forged.state = 99  # no number is too wrong to be ignored
    created = (await create(site, intercluster_intent=forged)).message
    assert created.name == INTENT
    assert created.uid != "y"
    assert created.generation == 1
    assert created.revision < 10_000
    assert created.creator == ""
    assert created.state == Convergence.State.PROGRESSING


async def test_everything_wrong_with_a_request_is_said_at_once(site: Site) -> None:
    wrong = intercluster(ports=[{"port": 70000, "protocol": "HTTP"}], display_name="x" * 64)
    wrong.MergeFromString(b"\xa2\x1f\x01a")  # field 500
    with pytest.raises(Refused) as error:
        await create(
            site, parent="projects/A/x", intercluster_intent_id="none", intercluster_intent=wrong
        )
    assert error.value.reason == "VIOLATIONS"
    assert set(error.value.fields) == {
        *("parent", "intercluster_intent_id"),
        *("ports[0].port", "display_name", "500"),
    }


async def test_an_enum_number_that_nobody_knows_is_refused_with_its_path(site: Site) -> None:
    await site.group()
    wrong = intercluster()
    wrong.callers[0].access[0].action = 99
    with pytest.raises(Refused) as error:
        await create(site, intercluster_intent=wrong)
    assert error.value.fields == ["callers[0].access[0].action"]


async def test_a_list_of_enums_holds_no_unspecified_one(site: Site) -> None:
    await site.group()
    retries = {"attempts": 1, "idempotence": "IDEMPOTENT", "conditions": ["RESET", 0]}
    with pytest.raises(Refused) as error:
        await create(site, intercluster_intent=intercluster(traffic_policy={"retries": retries}))
    assert error.value.fields == ["traffic_policy.retries.conditions[1]"]


async def test_a_second_create_of_a_name_is_refused_and_changes_nothing(site: Site) -> None:
    await site.group()
    first = await create(site)
    with pytest.raises(Refused) as error:
        await create(site, intercluster_intent=intercluster(display_name="second"))
    assert error.value.reason == "ALREADY_EXISTS"
    info = error.value.detail(error_details_pb2.ResourceInfo)
    assert (info.resource_type, info.resource_name) == ("trafficctl.dev/InterclusterIntent", INTENT)
    assert (await get(site)).message == first.message


async def test_an_intent_needs_its_group(site: Site) -> None:
    with pytest.raises(Refused) as error:
        await create(site)
    assert error.value.reason == "NOT_FOUND"
    assert error.value.detail(error_details_pb2.ResourceInfo).resource_name == GROUP


async def test_of_contradicting_creates_at_once_exactly_one_wins(site: Site) -> None:
    await site.group()
    await site.cluster()
    await site.workload(placements=[{"cluster": "clusters/east"}])

    async def one(name: str, mode: str) -> str:
        wish = intercluster(mutual_tls={"mode": mode})
        try:
            await create(site, intercluster_intent_id=name, intercluster_intent=wish)
        except Refused as error:
            return error.reason
        return ""

    answers = await asyncio.gather(one("a", "STRICT"), one("b", "PERMISSIVE"))
    assert sorted(answers) == ["", "INTENT_CONFLICT"]


# Concurrency and masks


async def test_an_update_with_an_old_etag_is_aborted_and_tells_the_current_one(site: Site) -> None:
    await site.group()
    created = (await create(site)).message
    changed = await update(site, wish=intercluster(display_name="mine", etag=created.etag))
    assert changed.message.etag != created.etag
    with pytest.raises(Refused) as error:
        await update(site, wish=intercluster(display_name="yours", etag=created.etag))
    assert error.value.reason == "ETAG_MISMATCH"
    assert error.value.metadata["current"] == changed.message.etag
    assert (await get(site)).message.display_name == "mine"


async def test_of_updates_with_one_etag_at_once_exactly_one_wins(site: Site) -> None:
    await site.group()
    etag = (await create(site)).message.etag

    async def one(title: str) -> str:
        wish = intercluster_intent_pb2.InterclusterIntent(display_name=title, etag=etag)
        try:
            await update(site, wish=wish)
        except Refused as error:
            return error.reason
        return ""

    answers = await asyncio.gather(*(one(f"title {it}") for it in range(8)))
    assert sorted(answers) == ["", *["ETAG_MISMATCH"] * 7]


async def test_the_state_of_an_intent_changes_no_etag(site: Site) -> None:
    await site.group()
    etag = (await create(site)).message.etag
    await site.progress(INTENT, state="SETTLED", observed_generation=1)
    settled = (await get(site)).message
    assert settled.etag == etag
    assert settled.state == Convergence.State.SETTLED
    assert not settled.reconciling


async def test_an_update_without_a_mask_changes_what_is_sent(site: Site) -> None:
    await site.group()
    await create(site, intercluster_intent=intercluster(labels={"team": "a"}))
    wish = intercluster_intent_pb2.InterclusterIntent(display_name="title")
    changed = (await update(site, wish=wish)).message
    assert changed.display_name == "title"
    assert dict(changed.labels) == {"team": "a"}
    assert changed.ports[0].port == 80
    # People's texts are no new generation.
    assert changed.generation == 1


async def test_a_star_replaces_and_what_results_is_checked(site: Site) -> None:
    await site.group()
    await create(site, intercluster_intent=intercluster(labels={"team": "a"}))
    replaced = await update(site, "*", wish=intercluster(ports=[{"port": 81, "protocol": 1}]))
    assert not replaced.message.labels
    assert replaced.message.generation == 2
    with pytest.raises(Refused) as error:
        await update(site, "*", wish=intercluster_intent_pb2.InterclusterIntent())
    assert {"destination", "ports", "callers"} <= set(error.value.fields)
    assert (await get(site)).message == replaced.message


async def test_a_mask_names_nested_fields(site: Site) -> None:
    await site.group()
    policy = {"timeout": "3s", "load_balancing": {"round_robin": {}}}
    await create(site, intercluster_intent=intercluster(traffic_policy=policy))
    wish = intercluster(traffic_policy={"timeout": "5s"})
    changed = (await update(site, "traffic_policy.timeout", wish=wish)).message
    assert changed.traffic_policy.timeout.seconds == 5
    assert changed.traffic_policy.load_balancing.HasField("round_robin")


async def test_wrong_masks_are_violations(site: Site) -> None:
    await site.group()
    await create(site)
    with pytest.raises(Refused) as error:
        await update(site, "state", "nothing", "ports.port", "labels.a")
    assert error.value.rules == ["update_mask.path"] * 4
    assert set(error.value.fields) == {"update_mask"}


async def test_an_update_that_changes_nothing_writes_nothing(site: Site) -> None:
    await site.group()
    created = await create(site)
    before = site.store.revision
    again = await update(site, wish=intercluster())
    assert again.message.etag == created.message.etag
    assert again.message.generation == 1
    assert site.store.revision == before


async def test_a_missing_resource_is_created_by_update_only_when_asked(site: Site) -> None:
    await site.group()
    with pytest.raises(Refused) as error:
        await update(site, wish=intercluster())
    assert error.value.reason == "NOT_FOUND"
    made = await update(site, wish=intercluster(), allow_missing=True)
    assert made.message.generation == 1
    assert (await get(site)).message == made.message


async def test_an_update_needs_a_name(site: Site) -> None:
    request = intercluster_intent_pb2.UpdateInterclusterIntentRequest()
    with pytest.raises(Refused) as error:
        await site.call(SERVICE, "UpdateInterclusterIntent", request)
    assert error.value.fields == ["name"]


async def test_a_secret_is_never_answered_and_stays_over_updates(site: Site) -> None:
    """Through the store: sealed there, gone from every answer, kept by an update without it."""
    await site.group()
    inline = {"certificate_chain": "CHAIN", "private_key": "TOP-SECRET-KEY"}
    wish = {
        "destination": {"workload": "cart"},
        "callers": [{"any_client": {"identity": "ANYONE"}, "access": [{"action": 1}]}],
        "listeners": [
            {
                "port": 443,
                "protocol": "HTTPS",
                "service_port": 80,
                "simple": {"certificate": {"inline": inline}},
            }
        ],
        "exposed_hosts": [{"fqdn": "shop.example.com"}],
        "mutual_tls": {"mode": "PERMISSIVE"},
    }
    request = inbound_intent_pb2.CreateInboundIntentRequest(
        parent=GROUP, inbound_intent_id="cart", inbound_intent=wish
    )
    request.inbound_intent.callers[0].access[0].all_requests.SetInParent()
    call = "InboundIntentService"
    try:
        created = (await site.call(call, "CreateInboundIntent", request)).message
    except Refused as error:
        pytest.fail(f"{error} {list(zip(error.fields, error.rules, strict=True))}")
    assert b"TOP-SECRET" not in created.SerializeToString()
    record = await site.store.get(created.name)
    assert record is not None
    assert b"TOP-SECRET" not in record.body
    created.display_name = "changed"
    answered = await site.call(
        call,
        "UpdateInboundIntent",
        inbound_intent_pb2.UpdateInboundIntentRequest(inbound_intent=created),
    )
    assert answered.message.generation == 1
    record = await site.store.get(created.name)
    assert record is not None
    stored: Any = site.desk.bodies.wish(record)
    assert stored.listeners[0].simple.certificate.inline.private_key == "TOP-SECRET-KEY"


async def test_what_drivers_object_to_is_a_violation(site: Site) -> None:
    await site.group()
    await site.cluster(gateways=[{"id": "ew", "role": "EAST_WEST", "addresses": ["192.0.2.1"]}])
    for name in ("cart", "web"):
        await site.workload(name, service=name, placements=[{"cluster": "clusters/east"}])
    site.drivers.objections = (Violation(field="ports[0]", rule="mesh.port", description="no"),)
    with pytest.raises(Refused) as error:
        await create(site)
    assert error.value.rules == ["mesh.port"]


async def test_a_field_that_is_not_served_is_refused_with_its_path(site: Site) -> None:
    with pytest.raises(Refused) as error:
        await site.group(rollout={"waves": [{"clusters": {"all_clusters": {}}}], "batch_size": 2})
    assert error.value.reason == "FIELD_NOT_SUPPORTED"
    assert error.value.fields == ["rollout.waves[0].clusters.all_clusters", "rollout.batch_size"]


async def test_a_duration_that_nothing_can_hold_is_refused_with_its_path(site: Site) -> None:
    await site.group()
    wrong = intercluster(traffic_policy={"connection_limits": {"max_pending": 1}})
    wrong.traffic_policy.connection_limits.connect_timeout.seconds = 2**63 - 1
    with pytest.raises(Refused) as error:
        await create(site, intercluster_intent=wrong)
    assert error.value.fields == ["traffic_policy.connection_limits.connect_timeout"]
