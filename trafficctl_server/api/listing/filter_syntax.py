"""The filter language of AIP-160, as far as it is spoken here: its grammar.

Comparisons joined by AND, OR and NOT (or ``-``), where OR binds closer than AND, blanks alone mean
AND, and parentheses group. Functions and bare words are not spoken: every term compares a field.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

_LONGEST: Final = 4096
_DEEPEST: Final = 20

_BLANK: Final = re.compile(r"\s*")
_SEGMENT: Final = re.compile(r"""[^\s()"'<>=!:.,-][^\s()"'<>=!:.,]*""")
_QUOTED: Final = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*\'""", re.DOTALL)
_OPERATOR: Final = re.compile(r"<=|>=|!=|<|>|=|:")
_BARE_VALUE: Final = re.compile(r"""[^\s()"',]+""")
_AND: Final = re.compile(r"AND(?=[\s(])")
_OR: Final = re.compile(r"OR(?=[\s(])")
_NOT: Final = re.compile(r"NOT(?=[\s(])|-(?=\S)")
_OPEN: Final = re.compile(r"\(")
_CLOSE: Final = re.compile(r"\)")
_DOT: Final = re.compile(r"\.")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


class FilterError(ValueError):
    """A filter cannot be read.

    :ivar place: character at which, from 1.
    """

    def __init__(self, problem: str, place: int) -> None:
        super().__init__(f"{problem} (at character {place})")
        self.place = place


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One field against one value.

    :ivar path: segments of the field.
    :ivar operator: ``= != < <= > >= :``.
    :ivar value: unquoted; ``*`` in it stands for any text.
    :ivar place: character at which it begins, from 1.
    """

    path: tuple[str, ...]
    operator: str
    value: str
    place: int


@dataclass(frozen=True, slots=True)
class Negation:
    """Not this."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of these; of none: everything."""

    terms: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these."""

    terms: tuple["Term", ...]


Term: TypeAlias = Comparison | Negation | AllOf | AnyOf


def parse(text: str) -> Term:
    """Read a filter; one that is empty means everything.

    :raises FilterError: it cannot be read, or is too long or too deep.
    """
    if len(text) > _LONGEST:
        raise FilterError(f"the filter is longer than {_LONGEST} characters", _LONGEST)
    return _Parser(text).filter()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def filter(self) -> Term:
        self._blank()
        if self._at == len(self._text):
            return AllOf(())
        term = self._expression()
        if self._at < len(self._text):
            raise self._error("nothing opens this parenthesis")
        return term

    def _expression(self) -> Term:
        # AND and a mere blank mean the same, so one list holds both.
        terms = [self._factor()]
        while self._at < len(self._text) and not _CLOSE.match(self._text, self._at):
            self._take(_AND)
            terms.append(self._factor())
        return _joined(AllOf, terms)

    def _factor(self) -> Term:
        terms = [self._term()]
        while self._take(_OR):
            terms.append(self._term())
        return _joined(AnyOf, terms)

    def _term(self) -> Term:
        if self._take(_NOT):
            return Negation(self._simple())
        return self._simple()

    def _simple(self) -> Term:
        if not self._take(_OPEN):
            return self._comparison()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"more than {_DEEPEST} parentheses stand inside each other")
        term = self._expression()
        if not self._take(_CLOSE):
            raise self._error("a closing parenthesis is missing")
        self._depth -= 1
        return term

    def _comparison(self) -> Comparison:
        place = self._at + 1
        path = [self._segment()]
        while self._take(_DOT):
            path.append(self._segment())
        self._blank()
        operator = self._take(_OPERATOR)
        if not operator:
            raise self._error("one of = != < <= > >= : must follow the field")
        value = self._take(_QUOTED) or self._take(_BARE_VALUE)
        if not value:
            raise self._error(f"a value must follow {operator}")
        return Comparison(path=tuple(path), operator=operator, value=_unquoted(value), place=place)

    def _segment(self) -> str:
        # Blanks end a path, so these are matched where they stand.
        found = _SEGMENT.match(self._text, self._at) or _QUOTED.match(self._text, self._at)
        if found is None:
            raise self._error("the name of a field must stand here")
        self._at = found.end()
        return _unquoted(found.group())

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            return ""
        self._at = found.end()
        if pattern is not _DOT:
            self._blank()
        return found.group()

    def _blank(self) -> None:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _error(self, problem: str) -> FilterError:
        return FilterError(problem, self._at + 1)


def _joined(kind: Callable[[tuple[Term, ...]], Term], terms: list[Term]) -> Term:
    return terms[0] if len(terms) == 1 else kind(tuple(terms))


def _unquoted(text: str) -> str:
    return _ESCAPED.sub(r"\1", text[1:-1]) if text[0] in "\"'" else text
