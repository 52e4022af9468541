"""The fewest rules that say exactly who may do what."""

from itertools import permutations

from trafficctl_istio.operations import Operation
from trafficctl_istio.rendering.policy_rules import Permission, rules_of

READ = Operation(methods=("GET",))


def test_a_caller_that_is_granted_twice_shares_a_rule_with_its_likes_alone() -> None:
    granted = [
        Permission(principals=("a", "b"), port=80, http=True),
        Permission(principals=("c", "b", "d"), port=90, http=True, operation=READ),
        Permission(principals=("d",), port=80, http=True),
    ]
    for order in permutations(granted):
        assert rules_of(order) == [
            {
                "from": [{"source": {"principals": ["a"]}}],
                "to": [{"operation": {"ports": ["80"]}}],
            },
            {
                "from": [{"source": {"principals": ["b", "d"]}}],
                "to": [
                    {"operation": {"ports": ["80"]}},
                    {"operation": {"ports": ["90"], "methods": ["GET"]}},
                ],
            },
            {
                "from": [{"source": {"principals": ["c"]}}],
                "to": [{"operation": {"ports": ["90"], "methods": ["GET"]}}],
            },
        ]


def test_callers_that_were_granted_apart_and_may_do_the_same_share_a_rule() -> None:
    granted = [
        Permission(principals=("b", "a"), port=80, http=True),
        Permission(principals=("c",), port=80, http=True),
    ]
    for order in permutations(granted):
        (rule,) = rules_of(order)
        assert rule["from"] == [{"source": {"principals": ["a", "b", "c"]}}]
