"""Who makes the RPC at hand."""

from contextvars import ContextVar

_principal: ContextVar[str] = ContextVar("trafficctl_principal", default="")


def current_principal() -> str:
    """Give the principal of the RPC at hand; empty where no authentication is configured."""
    return _principal.get()


def set_principal(principal: str) -> None:
    """Set it for the rest of the RPC's own task."""
    _principal.set(principal)
