"""Outputs that clients send back, and secrets that they do not."""

from typing import Any

from google.protobuf import json_format
from trafficctl.v2.cluster_pb2 import Cluster
from trafficctl.v2.inbound_intent_pb2 import InboundIntent

from trafficctl_server.api.field_behaviors import clear_outputs, keep_secrets


def cluster(**fields: Any) -> Cluster:
    return json_format.ParseDict(fields, Cluster())


def inbound(*listeners: dict[str, Any]) -> InboundIntent:
    return json_format.ParseDict({"listeners": listeners}, InboundIntent())


def listener(port: int, chain: str, key: str = "") -> dict[str, Any]:
    inline = {"certificate_chain": chain} | ({"private_key": key} if key else {})
    return {"port": port, "simple": {"certificate": {"inline": inline}}}


def keys(intent: InboundIntent) -> list[Any]:
    return [it.simple.certificate.inline.private_key for it in intent.listeners]


def test_outputs_are_cleared_at_every_depth_and_nothing_else() -> None:
    sent = inbound(listener(1, "A", "a"))
    plain = inbound(listener(1, "A", "a"))
    sent.uid, sent.generation, sent.reconciling = "u", 3, True
    sent.counts.total = 4
    sent.create_time.seconds = 5
    sent.listeners[0].simple.certificate.inline.info.kind = "forged"
    clear_outputs(sent)
    assert sent == plain


def test_an_absent_secret_stays_and_a_new_one_wins() -> None:
    stored = cluster(kubernetes={"kubeconfig": "b2xk", "impersonate": "x"})
    wish = cluster(kubernetes={"impersonate": "y"})
    keep_secrets(stored, wish)
    assert wish.kubernetes.kubeconfig == b"old"
    wish = cluster(kubernetes={"kubeconfig": "bmV3"})
    keep_secrets(stored, wish)
    assert wish.kubernetes.kubeconfig == b"new"


def test_another_branch_of_its_oneof_drops_a_secret() -> None:
    stored = cluster(kubernetes={"kubeconfig": "b2xk"})
    wish = cluster(kubernetes={"in_cluster": {}})
    keep_secrets(stored, wish)
    assert wish == cluster(kubernetes={"in_cluster": {}})


def test_a_secret_goes_with_the_message_that_holds_it() -> None:
    wish = cluster(directory={})
    keep_secrets(cluster(kubernetes={"kubeconfig": "b2xk"}), wish)
    assert wish == cluster(directory={})


def test_in_lists_secrets_follow_their_element_whatever_its_place() -> None:
    stored = inbound(listener(1, "A", "a"), listener(2, "B", "b"), listener(3, "C", "c"))
    wish = inbound(listener(3, "C"), listener(1, "A"))
    keep_secrets(stored, wish)
    assert keys(wish) == keys(inbound(listener(3, "C", "c"), listener(1, "A", "a")))


def test_an_element_changed_in_its_place_keeps_its_secret() -> None:
    stored = inbound(listener(1, "A", "a"), listener(2, "B", "b"))
    wish = inbound(listener(1, "A"), listener(9, "B"))
    keep_secrets(stored, wish)
    assert keys(wish) == keys(inbound(listener(1, "A", "a"), listener(9, "B", "b")))


def test_a_new_element_gets_nobody_elses_secret() -> None:
    stored = inbound(listener(1, "A", "a"))
    wish = inbound(listener(5, "E"), listener(1, "A"))
    keep_secrets(stored, wish)
    assert not keys(wish)[0]
    assert keys(wish)[1] == keys(stored)[0]
