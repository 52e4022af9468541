"""The answer of another system, in the form of ``google.rpc.Status``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RpcStatus:
    """Why something was not done.

    :ivar code: number of the ``google.rpc.Code``, 0-16.
    :ivar message: what happened, for a person.
    :ivar reason: stable id, the reason of its ErrorInfo; empty where none was given.
    """

    code: int
    message: str
    reason: str = ""
