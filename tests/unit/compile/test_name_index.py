"""Sets of names by key: what they hold, few or many, and that forks do not see each other."""

import random
from collections import defaultdict

from trafficctl_server.compile.name_index import NameIndex


def test_forks_hold_what_each_was_told_whether_names_are_few_or_many() -> None:
    dice = random.Random(7)  # noqa: S311 - a fixed history, no secret
    sides: list[tuple[NameIndex[str], dict[str, set[str]]]] = [(NameIndex(), defaultdict(set))]
    for step in range(3000):
        index, expected = dice.choice(sides)
        key, name = dice.choice("abc"), f"n{dice.randrange(60)}"
        growing = (step // 300) % 2 == 0  # over the bound between few and many, and back
        if dice.random() < (0.8 if growing else 0.2):
            index.add(key, name)
            expected[key].add(name)
        else:
            index.discard(key, name)
            expected[key].discard(name)
        if step % 500 == 499:
            sides.append((index.fork(), defaultdict(set, {k: set(v) for k, v in expected.items()})))
    for index, expected in sides:
        assert {key: sorted(names) for key, names in index.items()} == {
            key: sorted(names) for key, names in expected.items() if names
        }
        assert all((key in index) == bool(names) for key, names in expected.items())


def test_an_index_that_everything_was_taken_from_is_empty() -> None:
    index: NameIndex[str] = NameIndex()
    names = [f"n{it}" for it in range(100)]
    for name in (*names, *names):
        index.add("key", name)
    assert sorted(index.get("key")) == sorted(names)
    for name in (*names, *names):
        index.discard("key", name)
    assert not index
    assert list(index.get("key")) == []
