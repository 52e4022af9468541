"""Forked dicts: each holds what it was told, whoever of the others is told what, or ends."""

import random
from collections.abc import MutableMapping
from typing import TypeAlias

from trafficctl_server.compile.branches import Branch, Trunk

KEYS = "abcdef"
Side: TypeAlias = tuple[Branch[str, int], dict[str, int]]
"""What is looked at, and a dict of its own that was told the same."""


def tell(it: MutableMapping[str, int], word: str, key: str, value: int) -> None:
    match word:
        case "set":
            it[key] = value
        case "default":
            it.setdefault(key, value)
        case "update":
            it.update({key: value, "z": value})
        case "join" if isinstance(it, dict):
            it |= {key: value}
        case "join":
            it.update({key: value})
        case "pop":
            it.pop(key, None)
        case "delete" if key in it:
            del it[key]
        case "clear":
            it.clear()


def assert_as_told(branch: Branch[str, int], expected: dict[str, int]) -> None:
    assert dict(branch.items()) == expected
    assert len(branch) == len(expected)
    assert [key for key in KEYS if key in branch] == [key for key in KEYS if key in expected]
    assert [branch.get(key) for key in KEYS] == [expected.get(key) for key in KEYS]


def test_each_holds_what_it_was_told_whatever_the_others_are_told() -> None:
    dice = random.Random(11)  # noqa: S311 - a fixed history, no secret
    words = ("set", "set", "set", "default", "update", "join", "pop", "delete", "clear")
    for _ in range(60):
        sides: list[Side] = [(Trunk(), {})]
        for number in range(120):
            branch, expected = dice.choice(sides)
            word, key = dice.choice(words), dice.choice(KEYS)
            tell(branch, word, key, number)
            tell(expected, word, key, number)
            if dice.random() < 0.1:
                sides.append((branch.fork(), dict(expected)))
            elif dice.random() < 0.03:
                del sides[1 + dice.randrange(len(sides)) :]
            for it in sides:
                assert_as_told(*it)


def test_a_fork_that_ends_takes_nothing_from_the_others() -> None:
    trunk: Trunk[str, list[int]] = Trunk()
    trunk["a"] = [1]
    one, other = trunk.fork(), trunk.fork()
    del one
    trunk["a"] = [2]
    assert other["a"] == [1]
    assert trunk.fork()["a"] == [2]
