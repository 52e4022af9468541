"""The order in which the objects of a scope arrive; removal goes backwards.

What others name is there before them: a call that a route sends to a subset which no proxy
knows yet fails, and so does a call to a server whose ALLOW comes after its deny-all. DENY goes
before ALLOW, so that nothing is open for a moment that a DENY closes, and tokens are checked
before a DENY asks what stands in them. The ALLOW of spared callers
holds for a whole namespace and thereby refuses everybody else, so it comes as late as deny-all.
What a namespace may call comes when all of it is there, and before a route leads to it.
"""

from enum import IntEnum


class Wave(IntEnum):
    """Lower arrives earlier."""

    NAMESPACE = 0
    ACCOUNT = 10
    REQUEST_AUTHENTICATION = 15
    DENY = 20
    ALLOW = 30
    PROXY = 40
    GATEWAY = 50
    DESTINATION_RULE = 60
    SERVICE_ENTRY = 70
    GATEWAY_ROUTE = 75
    OUTBOUND_SCOPE = 77
    VIRTUAL_SERVICE = 80
    PEER_AUTHENTICATION = 90
    SPARED = 100
    DENY_ALL = 110
