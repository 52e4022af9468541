"""What is wrong with the settings, all of it at once, each with its place."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from trafficctl_server.settings.groups import BREACH


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

    def place(self, *paths: tuple[str, ...]) -> str:
        """Say where settings were written; of a group, every place that wrote part of it."""
        named = [name for path in paths for name in self._written(path)]
        return ", ".join(dict.fromkeys(named)) or ".".join(paths[0])

    def _written(self, path: tuple[str, ...]) -> Iterator[str]:
        for at, name in self.variables.items():
            if at == path[: len(at)] or path == at[: len(path)]:
                yield name
        if self.file and _holds(self.in_file, path):
            yield f"{self.file}: {'.'.join(path)}"


def _holds(content: Any, path: tuple[str, ...]) -> bool:
    for part in path:
        if not isinstance(content, Mapping) or part not in content:
            return False
        content = content[part]
    return True


def concerned(error: ErrorDetails) -> tuple[tuple[str, ...], ...]:
    """Give the paths of the settings that a finding is about."""
    path = _location(error)
    if error["type"] == BREACH:
        return tuple((*path, *field) for field in error["ctx"]["fields"])
    return (path,)


def _location(error: ErrorDetails) -> tuple[str, ...]:
    return tuple(str(part) for part in error["loc"] if part != "[key]")


def mistake_of(error: ErrorDetails, model: type[BaseModel], origins: Origins) -> Mistake:
    """Put a finding of the library into places and words of the settings."""
    path = _location(error)
    if error["type"] == "extra_forbidden":
        text = _unknown(model, path)
    elif error["type"] == "missing":
        text = f"must be set, as {'.'.join(path[:-1])} is"
    else:
        message = error["msg"].removeprefix("Value error, ").removeprefix("Input ")
        text = message[:1].lower() + message[1:]
    return Mistake(place=origins.place(*concerned(error)), text=text)


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
