"""What is wrong with the settings, all of it at once, each with its place."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing wrong.

    :ivar place: file with the setting's name, or the environment variable.
    :ivar text: what is wrong and what to do; never the value of a secret.
    """

    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


class SettingsError(Exception):
    """The settings cannot be used.

    :ivar mistakes: all that were found.
    """

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(str(mistake) for mistake in self.mistakes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """Where each value was written.

    :ivar in_file: the file's content.
    :ivar variables: names of the environment variables by setting.
    """

    file: Path | None
    in_file: Mapping[str, Any]
    variables: Mapping[tuple[str, ...], str]

    def place(self, path: tuple[str, ...]) -> str:
        """Say where a setting was written; of a group, every place that wrote part of it."""
        named = [
            name
            for at, name in self.variables.items()
            if at == path[: len(at)] or path == at[: len(path)]
        ]
        if self.file and _holds(self.in_file, path):
            named.append(f"{self.file}: {'.'.join(path)}")
        return ", ".join(named) or ".".join(path)


def _holds(content: Any, path: tuple[str, ...]) -> bool:
    for part in path:
        if not isinstance(content, Mapping) or part not in content:
            return False
        content = content[part]
    return True


def mistakes_of(
    invalid: ValidationError, model: type[BaseModel], origins: Origins
) -> list[Mistake]:
    """Put the library's findings into places and words of the settings."""
    found = []
    for error in invalid.errors(include_url=False, include_input=False, include_context=False):
        path = tuple(str(part) for part in error["loc"] if part != "[key]")
        if error["type"] == "extra_forbidden":
            text = _unknown(model, path)
        elif error["type"] == "missing":
            text = f"must be set, as {'.'.join(path[:-1])} is"
        else:
            message = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
            text = message[:1].lower() + message[1:]
        found.append(Mistake(place=origins.place(path), text=text))
    return found


def _unknown(model: type[BaseModel], path: tuple[str, ...]) -> str:
    """Say that a name is unknown, with the nearest known one."""
    group = model
    for part in path[:-1]:
        annotation = group.model_fields[part].annotation
        group = next(
            kind
            for kind in (annotation, *get_args(annotation))
            if isinstance(kind, type) and issubclass(kind, BaseModel)
        )
    near = difflib.get_close_matches(path[-1], group.model_fields, n=1)
    known = f"did you mean {near[0]!r}" if near else f"known are {', '.join(group.model_fields)}"
    return f"no such setting: {known}"
