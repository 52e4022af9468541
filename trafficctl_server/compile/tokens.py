"""Issuers of tokens as all intents about one destination describe them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trafficctl_server.compile.merging import Kind, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trafficctl_server.compile.destinations import ServingIntent


def provider_statements(intent: ServingIntent) -> Iterator[Statement]:
    """State each provider by its id, and each issuer's whole description.

    A workload checks tokens by their issuer, so two descriptions of one issuer would let a token
    for the one pass as a token for the other.
    """
    for index, stated in enumerate(intent.jwt_providers):
        provider = replace(stated, audiences=tuple(sorted(stated.audiences)))
        for about, way_out in (
            (f"jwt_provider/{provider.id}", "describe it alike in both intents, or rename it"),
            (f"issuer/{provider.issuer}", "a service knows one description of an issuer: agree"),
        ):
            yield Statement(
                about=about,
                kind=Kind.JWT_PROVIDER,
                intent=intent.name,
                field=f"jwt_providers[{index}]",
                value=provider if about.startswith("jwt") else replace(provider, id=""),
                way_out=way_out,
            )
