"""What NetworkPolicy can say of access: all or nothing."""

from collections.abc import Iterable

from trafficctl_sdk.model.access import AccessRule


def lets_everything(access: Iterable[AccessRule]) -> bool:
    """Say whether rules admit every request, whatever is in it, and refuse none."""
    return all(
        it.action is AccessRule.Action.ALLOW
        and it.all_requests is not None
        and not it.headers
        and not it.claims
        for it in access
    )
