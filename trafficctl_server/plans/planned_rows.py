"""The rows that a plan would write, kept as they were worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from trafficctl_server.intents.bodies import etag_of, signed
from trafficctl_server.store.records import ABSENT, Expect, Put

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trafficctl_server.intents.drafting import Draft


def to_item(draft: Draft) -> dict[str, Any]:
    """Give the stored form of a row; its secrets are sealed as they will be."""
    put = draft.put
    return {
        "name": put.name,
        "kind": put.kind,
        "uid": put.uid,
        "generation": put.generation,
        "created": 0 if draft.before is None else put.create_time,
        "updated": 0 if draft.before is None else draft.before.update_time,
        "etag": "" if draft.before is None else draft.before.etag,
        "deleted": put.delete_time is not None,
        "body": orjson.Fragment(put.body),
        "schema": put.schema,
    }


def to_put(item: Mapping[str, Any], principal: str, now: int) -> Put:
    """Give the put of a row.

    :param principal: who applies it.
    """
    body = orjson.dumps(item["body"], option=orjson.OPT_SORT_KEYS)
    if not item["deleted"]:
        body = signed(body, creator=not item["created"], principal=principal)
    return Put(
        name=item["name"],
        kind=item["kind"],
        uid=item["uid"],
        etag=item["etag"] if item["deleted"] else etag_of(item["uid"], body),
        generation=item["generation"],
        create_time=item["created"] or now,
        update_time=item["updated"] if item["deleted"] else now,
        delete_time=now if item["deleted"] else None,
        body=body,
        progress=None if item["created"] else b"",
        expect=Expect.etag(item["etag"]) if item["etag"] else ABSENT,
        schema=item["schema"],
    )


def identity(draft: Draft) -> list[object]:
    """Give what of a row is in a plan's digest."""
    put = draft.put
    return [put.name, put.uid, put.generation, put.delete_time is not None]
