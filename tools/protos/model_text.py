"""Turns the comments of the .proto files into docstrings and comments."""

import re
import textwrap
from typing import Final

WIDTH: Final = 100
_SENTENCE_END: Final = re.compile(r"(?<=[.])\s+(?=[A-Z`\"])")
_LIST_ITEM: Final = re.compile(r"^\s*([-*]|\d+[.)])\s")


def paragraphs(comment: str) -> list[str]:
    """Give a comment's paragraphs, each as one line; a list's items are paragraphs too."""
    result: list[str] = []
    fresh = True
    for line in comment.splitlines():
        text = line.strip()
        if not text:
            fresh = True
        elif fresh or _LIST_ITEM.match(line):
            result.append(text)
            fresh = False
        else:
            result[-1] = f"{result[-1]} {text}"
    return result


def docstring(comment: str, indent: str) -> list[str]:
    """Give a docstring: the first sentence alone when it fits on its line, then the rest."""
    texts = paragraphs(comment)
    head, *tail = _SENTENCE_END.split(texts[0], maxsplit=1)
    if len(indent) + len(head) + len('""""""') > WIDTH:
        head, tail = texts[0], []
    body = [*tail, *texts[1:]]
    quotes = 'r"""' if "\\" in comment else '"""'
    if not body and len(indent) + len(head) + len(quotes) + 3 <= WIDTH:
        return [f'{indent}{quotes}{head}"""']
    lines = textwrap.wrap(quotes + head, WIDTH - len(indent))
    for text in body:
        lines += ["", *textwrap.wrap(text, WIDTH - len(indent))]
    return [f"{indent}{line}".rstrip() for line in [*lines, '"""']]


def doc_comment(comment: str, indent: str) -> list[str]:
    """Give a comment that documents the attribute below it."""
    lines: list[str] = []
    for text in paragraphs(comment):
        lines += textwrap.wrap(text, WIDTH - len(indent) - len("#: "))
    return [f"{indent}#: {line}" for line in lines]
