"""What every object has: a name, an age, and the intents that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafficctl_istio.evaluation.fields import text

if TYPE_CHECKING:
    from trafficctl_sdk.explain import PlacedObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Names one object.

    :ivar id: as an answer names it, ``<cluster>/<kind>/<namespace>/<name>``.
    :ivar intents: that it came from.
    """

    id: str
    namespace: str
    name: str
    created: str
    intents: tuple[str, ...]

    @property
    def age(self) -> tuple[str, str, str]:
        """Give the key of precedence: the oldest first, then by name, then by namespace."""
        return (self.created, self.name, self.namespace)


def head_of(placed: PlacedObject) -> Head:
    """Read the head of an object."""
    kind = text(placed.body, "kind")
    namespace = text(placed.body, "metadata", "namespace")
    name = text(placed.body, "metadata", "name")
    return Head(
        id=f"{placed.cluster}/{kind}/{namespace}/{name}",
        namespace=namespace,
        name=name,
        created=text(placed.body, "metadata", "creationTimestamp"),
        intents=placed.origins,
    )
