"""What is done about an object, from what is wanted and what is there."""

from dataclasses import replace

import pytest

from trafficctl_server.clusters.object_yaml import to_yaml
from trafficctl_server.clusters.ownership import stamp
from trafficctl_server.clusters.target import (
    Action,
    Delivered,
    Drift,
    Drifted,
    ObjectKey,
    ObjectWrite,
    Refused,
    object_digest,
)
from trafficctl_server.clusters.verdict import Found, found_in, verdict

BODY = stamp(
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "namespace": "shop"}},
    instance="i-1",
    scope="s",
    origins=["x"],
)
DIGEST = object_digest(BODY)
WRITE = ObjectWrite(key=ObjectKey.of(BODY), action=Action.WRITE, body=BODY, digest=DIGEST)
WRITTEN = replace(WRITE, expected_digest=DIGEST)
DELETE = ObjectWrite(key=WRITE.key, action=Action.DELETE, expected_digest=DIGEST)
OURS = Found(digest=DIGEST, ours=True)
EDITED = Found(digest="edited", ours=True)
FOREIGN = Found(digest="foreign", owner="Helm web")
BROKEN = Found(digest="broken", oddity="it does not read as YAML")


def test_what_is_so_already_is_delivered_without_a_write() -> None:
    assert verdict(WRITE, OURS) == Delivered(digest=DIGEST, changed=False)
    assert verdict(DELETE, None) == Delivered(digest="", changed=False)


@pytest.mark.parametrize("found", [None, EDITED])
def test_a_new_desired_state_is_written_under_either_policy(found: Found | None) -> None:
    assert verdict(replace(WRITE, expected_digest="older"), found) is None
    assert verdict(replace(WRITE, expected_digest="older", drift=Drift.REPORT), found) is None


@pytest.mark.parametrize(("found", "reason"), [(None, "DELETED_BY"), (EDITED, "EDITED_BY")])
def test_drift_is_repaired_or_reported(found: Found | None, reason: str) -> None:
    reported = verdict(replace(WRITTEN, drift=Drift.REPORT), found)

    assert verdict(WRITTEN, found) is None
    assert isinstance(reported, Drifted)
    assert (reported.reason, reported.observed_digest) == (reason, found.digest if found else "")


@pytest.mark.parametrize("found", [None, EDITED])
def test_what_an_unrecorded_attempt_left_is_no_drift(found: Found | None) -> None:
    left = found.digest if found else ""

    assert verdict(replace(WRITTEN, drift=Drift.REPORT, attempted_digests=(left,)), found) is None


@pytest.mark.parametrize("found", [FOREIGN, BROKEN])
@pytest.mark.parametrize("write", [WRITE, WRITTEN])
def test_what_is_not_ours_is_never_overwritten(write: ObjectWrite, found: Found) -> None:
    outcome = verdict(write, found)

    assert isinstance(outcome, Refused)
    assert outcome.reason == "FOREIGN_OBJECT"
    assert (outcome.owner, outcome.observed_digest) == (found.owner, found.digest)
    assert (found.owner or found.oddity) in outcome.detail


def test_a_delete_removes_ours_even_edited_and_leaves_what_is_foreign() -> None:
    assert verdict(DELETE, OURS) is None
    assert verdict(DELETE, EDITED) is None
    assert verdict(DELETE, FOREIGN) == Delivered(digest="", changed=False)


def test_a_delete_of_what_may_be_ours_but_is_broken_waits_for_a_person() -> None:
    assert isinstance(verdict(DELETE, BROKEN), Refused)
    assert verdict(replace(DELETE, expected_digest=""), BROKEN) == Delivered(
        digest="", changed=False
    )


def test_files_are_read_with_their_owner() -> None:
    assert found_in(to_yaml(BODY), "i-1") == replace(OURS, owner="trafficctl i-1")
    assert found_in(to_yaml(BODY), "i-2") == Found(digest=DIGEST, owner="trafficctl i-1")
    assert found_in(b"a: [", "i-1").oddity
    assert found_in(b"{1: 2}", "i-1").oddity
    assert found_in(b"a: 2020-01-01", "i-1").oddity
