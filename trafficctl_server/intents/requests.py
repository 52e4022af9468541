"""One request to change something: who asks, and how a repetition is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """What every mutation carries besides its resource.

    :ivar principal: who asks; empty while no authentication is configured.
    :ivar method: full name of the RPC.
    :ivar request_id: UUID; empty: a repetition is not known as one.
    :ivar body_digest: of the whole request but its id.
    :ivar validate_only: judge and answer, but write nothing.
    """

    principal: str = ""
    method: str = ""
    request_id: str = ""
    body_digest: str = ""
    validate_only: bool = False
