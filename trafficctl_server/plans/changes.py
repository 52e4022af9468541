"""The changes of a plan: what is wished of one resource each, in any order."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from trafficctl_sdk.codec import from_json, to_json
from trafficctl_sdk.errors import Violation

from trafficctl_server.compile.names import project_of
from trafficctl_server.intents.kinds import CLUSTER, KINDS, WORKLOAD, Kind, Resource, kind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from trafficctl_server.store.sealing import Sealer


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One wish within a plan.

    :ivar wish: the resource as it should be; none: it is to be deleted.
    :ivar etag: of the stored resource; empty: whatever is stored.
    :ivar uid: the resource gets this one if it is created.
    """

    name: str
    wish: Resource | None = None
    etag: str = ""
    uid: str = ""

    @property
    def kind(self) -> Kind:
        """The kind of resource, by the name."""
        if self.wish is not None:
            return kind_of(self.wish)
        return next(it for it in KINDS.values() if it.matches(self.name))

    @property
    def path(self) -> str:
        """Where the wish stands in its change, such as ``apply.inbound_intent``."""
        if self.wish is None:
            return "delete"
        name = type(self.wish).__name__
        return "apply." + "".join(f"_{it.lower()}" if it.isupper() else it for it in name).lstrip(
            "_"
        )


def path_of(index: int, change: Change, field: str = "") -> str:
    """Give the path of a field of a change's resource, as in ``changes[3].apply.cluster.mesh``."""
    below = f".{field}" if field and change.wish is not None else ""
    return f"changes[{index}].{change.path}{below}"


def to_item(change: Change, sealer: Sealer) -> dict[str, Any]:
    """Give the stored form of a change; secrets are sealed."""
    item: dict[str, Any] = {"name": change.name}
    if change.wish is not None:
        item["kind"] = change.kind.name
        item["wish"] = to_json(change.wish, seal=lambda it: sealer.seal(it, change.name))
        item["uid"] = change.uid
    if change.etag:
        item["etag"] = change.etag
    return item


def from_item(item: dict[str, Any], sealer: Sealer) -> Change:
    """Read the stored form."""
    wish = None
    if "wish" in item:
        wish = from_json(
            KINDS[item["kind"]].model,
            item["wish"],
            unseal=lambda sealed: sealer.unseal(sealed, item["name"]),
        )
    return Change(name=item["name"], wish=wish, etag=item.get("etag", ""), uid=item.get("uid", ""))


def content_digest(before: str, changes: Sequence[Change]) -> str:
    """Give the digest over changes that follow others; secrets count, and are not in it."""
    digest = hashlib.sha256(before.encode())
    for it in changes:
        wish = it.wish
        said = None if wish is None else to_json(wish, seal=_hidden)
        kind = "" if wish is None else it.kind.name
        digest.update(
            orjson.dumps([it.name, kind, said, it.etag, it.uid], option=orjson.OPT_SORT_KEYS)
        )
    return digest.hexdigest()


def misplaced(changes: Sequence[Change], project: str) -> Iterator[Violation]:
    """Find changes of another project's intents and groups."""
    for index, it in enumerate(changes):
        if it.kind not in (CLUSTER, WORKLOAD) and project_of(it.name) != project:
            yield Violation(
                field=path_of(index, it, "name"),
                rule="changes.project",
                description=f"{it.name} is not of the project {project}: put it into a plan there",
            )


def repeated(changes: Sequence[Change], before: Collection[str]) -> Iterator[Violation]:
    """Find resources that a plan would change twice.

    :param before: the names that are in the plan already.
    """
    seen = set(before)
    for index, it in enumerate(changes):
        if it.name in seen:
            yield Violation(
                field=path_of(index, it, "name"),
                rule="changes.unique",
                description=f"{it.name} is in the plan already: say what you want of it once",
            )
        seen.add(it.name)


def _hidden(secret: bytes) -> str:
    return hashlib.sha256(secret).hexdigest()
