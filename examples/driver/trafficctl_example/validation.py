"""What capabilities cannot say."""

from trafficctl_sdk import Intent, Violation
from trafficctl_sdk.model.dns_provider_intent import DnsProviderIntent

_MOST_CALLERS = 100


def longest_sheet(intent: Intent) -> tuple[Violation, ...]:
    """Refuse an intent with more callers than a sheet of paper has lines."""
    if isinstance(intent, DnsProviderIntent) or len(intent.callers) <= _MOST_CALLERS:
        return ()
    return (
        Violation(
            field=f"callers[{_MOST_CALLERS}]",
            rule="example.callers",
            description=f"at most {_MOST_CALLERS} callers fit on paper; split the intent",
        ),
    )
