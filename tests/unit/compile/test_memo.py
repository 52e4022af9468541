"""An answer is kept for as long as what it follows from is the same."""

from collections.abc import Callable

from trafficctl_server.compile.memo import Memo

ABOUT = ("answer", "question")


class Oracle:
    """Counts how often it is asked, and answers with the number."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


def test_an_answer_is_worked_out_once_until_it_is_to_be_forgotten() -> None:
    memo, oracle = Memo(), Oracle()
    assert [memo.answer(ABOUT, oracle), memo.answer(ABOUT, oracle)] == [1, 1]
    memo.forget()
    assert memo.answer(ABOUT, oracle) == 2


def test_an_answer_holds_for_the_very_things_that_it_rests_on() -> None:
    memo, oracle = Memo(), Oracle()
    one, equal = [1], [1]

    def ask(*rests_on: object) -> int:
        return memo.answer(ABOUT, oracle, rests_on=rests_on)

    assert [ask(one), ask(one), ask(equal), ask(equal, one), ask(equal)] == [1, 1, 2, 3, 4]


def test_what_follows_from_more_than_may_be_kept_is_asked_again() -> None:
    memo, oracle = Memo(), Oracle()

    def doubted() -> int:
        memo.doubt()
        return oracle()

    def resting_on(inner: Callable[[], int]) -> Callable[[], int]:
        return lambda: memo.answer(("answer", "inner"), inner)

    assert [memo.answer(ABOUT, resting_on(doubted)) for _ in range(2)] == [1, 2]
    assert [memo.answer(ABOUT, resting_on(oracle)) for _ in range(2)] == [3, 3]
