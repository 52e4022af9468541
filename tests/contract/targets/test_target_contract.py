"""What every target promises to delivery."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from trafficctl_server.clusters.target import (
    Delivered,
    Drift,
    Drifted,
    ObjectKey,
    Refused,
    Target,
    TargetReplaced,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.contract.targets.conftest import Sample


@pytest.fixture
def target(make_target: Callable[..., Target]) -> Target:
    return make_target()


async def test_an_identity_is_claimed_once_and_stays(
    target: Target, make_target: Callable[..., Target]
) -> None:
    assert await target.identify() is None

    identity = await target.claim()

    assert identity
    assert await target.claim() == identity
    assert await make_target().identify() == identity
    assert await make_target(cluster="west").identify() is None


async def test_two_targets_have_two_identities(make_target: Callable[..., Target]) -> None:
    assert await make_target().claim() != await make_target(cluster="west").claim()


async def test_nothing_is_written_to_a_target_that_is_not_the_one_meant(
    target: Target, sample: Sample
) -> None:
    write = sample.write("a")
    with pytest.raises(TargetReplaced) as unclaimed:
        await target.apply([write], identity="somebody")
    identity = await target.claim()
    with pytest.raises(TargetReplaced) as other:
        await target.apply([write], identity="somebody")

    assert (unclaimed.value.found, other.value.found) == (None, identity)
    (seen,) = await target.observe([write.key])
    assert seen.digest is None


async def test_written_objects_are_observed_as_ours(target: Target, sample: Sample) -> None:
    identity = await target.claim()
    writes = [sample.write("a"), sample.write("b", "bank"), sample.write("shop", "")]

    outcomes = await target.apply(writes, identity=identity)
    seen = await target.observe([write.key for write in writes])

    assert outcomes == [Delivered(digest=write.digest) for write in writes]
    assert [(one.key, one.digest, one.ours, one.problem) for one in seen] == [
        (write.key, write.digest, True, "") for write in writes
    ]


async def test_repeating_a_batch_changes_nothing(target: Target, sample: Sample) -> None:
    identity = await target.claim()
    writes = [sample.write("a"), sample.delete("b")]
    await target.apply(writes, identity=identity)

    again = await target.apply(writes, identity=identity)

    assert again == [
        Delivered(digest=writes[0].digest, changed=False),
        Delivered(digest="", changed=False),
    ]


async def test_an_update_and_a_delete_take_effect(target: Target, sample: Sample) -> None:
    identity = await target.claim()
    await target.apply([sample.write("a"), sample.write("b")], identity=identity)
    update = sample.write("a", value=2, written=1)

    outcomes = await target.apply([update, sample.delete("b")], identity=identity)
    updated, deleted = await target.observe([update.key, sample.delete("b").key])

    assert outcomes == [Delivered(digest=update.digest), Delivered(digest="")]
    assert updated.digest == update.digest
    assert (deleted.digest, deleted.ours, deleted.problem) == (None, False, "")


async def test_an_object_of_another_installation_is_left_alone(
    make_target: Callable[..., Target], sample: Sample
) -> None:
    first = make_target(instance="server-1")
    second = make_target(instance="server-2")
    identity = await first.claim()
    theirs = sample.write("a")
    await first.apply([theirs], identity=identity)
    sample.instance = "server-2"
    ours = sample.write("a", value=2)

    (refused,) = await second.apply([ours], identity=identity)
    (seen,) = await second.observe([ours.key])
    await second.apply([sample.delete("a", value=2)], identity=identity)

    assert isinstance(refused, Refused)
    assert refused.reason == "FOREIGN_OBJECT"
    assert refused.owner == "trafficctl server-1"
    assert refused.observed_digest == theirs.digest
    assert (seen.digest, seen.ours) == (theirs.digest, False)
    assert (await first.observe([theirs.key]))[0].digest == theirs.digest


async def test_a_write_that_cannot_be_holds_up_no_other(target: Target, sample: Sample) -> None:
    identity = await target.claim()
    bad = replace(
        sample.write("x"),
        key=ObjectKey(group="", kind="Service", namespace="shop", name="x" * 300),
    )

    first, second, third = await target.apply(
        [sample.write("a"), bad, sample.write("b")], identity=identity
    )

    assert isinstance(first, Delivered)
    assert isinstance(second, Refused)
    assert second.reason == "NAME_TOO_LONG"
    assert isinstance(third, Delivered)


async def test_drift_follows_the_policy_until_something_new_is_wanted(
    target: Target, sample: Sample
) -> None:
    identity = await target.claim()
    # The ledger knows 1 as written, while 5 is what somebody put there.
    await target.apply([sample.write("a", value=5)], identity=identity)
    report = sample.write("a", value=1, written=1, drift=Drift.REPORT)
    newer = sample.write("a", value=2, written=1, drift=Drift.REPORT)

    (reported,) = await target.apply([report], identity=identity)
    (after_report,) = await target.observe([report.key])
    (unrecorded,) = await target.apply(
        [replace(report, attempted_digests=(after_report.digest or "",))], identity=identity
    )
    (written,) = await target.apply([newer], identity=identity)

    assert isinstance(reported, Drifted)
    assert reported.reason == "EDITED_BY"
    assert after_report.digest == sample.write("a", value=5).digest == reported.observed_digest
    assert unrecorded == Delivered(digest=report.digest)
    assert written == Delivered(digest=newer.digest)


async def test_a_removed_object_comes_back_or_is_reported(target: Target, sample: Sample) -> None:
    identity = await target.claim()
    report = sample.write("a", written=1, drift=Drift.REPORT)

    (reported,) = await target.apply([report], identity=identity)
    (repaired,) = await target.apply([replace(report, drift=Drift.REPAIR)], identity=identity)

    assert isinstance(reported, Drifted)
    assert reported.reason == "DELETED_BY"
    assert repaired == Delivered(digest=report.digest)


async def test_what_is_there_is_read_back_whoever_wrote_it(
    target: Target, make_target: Callable[..., Target], sample: Sample
) -> None:
    missing = ObjectKey(group="", kind="ConfigMap", namespace="shop", name="none")
    (nothing,) = await target.read([sample.write("a").key])
    assert (nothing.body, nothing.problem) == (None, "")
    identity = await target.claim()
    write = sample.write("a")
    await target.apply([write], identity=identity)

    there, none = await target.read([write.key, missing])
    assert (there.key, there.body, there.problem) == (write.key, write.body, "")
    assert (none.body, none.problem) == (None, "")
    (foreign,) = await make_target(instance="another").read([write.key])
    assert foreign.body == write.body
