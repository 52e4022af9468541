"""Finds everything that is wrong with what is written, not only what hides the rest.

A rule over several settings can only be judged where these are right by themselves. So what is
mistaken is taken out and the rest judged again, until nothing more comes to light.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource

from trafficctl_server.settings.mistakes import concerned
from trafficctl_server.settings.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What came of it.

    :ivar settings: what is written, without what is mistaken.
    :ivar errors: every finding.
    :ivar paths: the settings that the findings are about.
    """

    settings: Settings
    errors: tuple[ErrorDetails, ...]
    paths: frozenset[tuple[str, ...]]

    def mistaken(self, path: tuple[str, ...]) -> bool:
        """Tell whether a setting, or a group around it, is mistaken already."""
        return _within(path, self.paths)


def judged(written: Mapping[str, Any]) -> Judgement:
    """Judge settings as they are written, group by group."""
    left = deepcopy(dict(written))
    found: list[ErrorDetails] = []
    paths: set[tuple[str, ...]] = set()
    while True:
        before = deepcopy(left)
        try:
            settings = _made(left)
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False, include_input=False)
            # A rule about what is mistaken already speaks of the default that took its place.
            found += [
                it for it in errors if not any(_within(path, paths) for path in concerned(it))
            ]
            for error in errors:
                _mend(left, error, paths)
            if left == before:
                raise  # a default breaks a rule, which is no mistake of an operator
        else:
            return Judgement(settings=settings, errors=tuple(found), paths=frozenset(paths))


def _mend(left: dict[str, Any], error: ErrorDetails, paths: set[tuple[str, ...]]) -> None:
    """Take out what an error is about, and note its paths."""
    for path in concerned(error):
        if error["type"] == "missing" and path not in paths:
            _put_in(left, path)
        else:
            _take_out(left, path)
        paths.add(path)


def _made(written: Mapping[str, Any]) -> Settings:
    class Written(Settings):
        """The settings of this call; the library takes some names as arguments of its own."""

        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], *_: PydanticBaseSettingsSource, **__: Any
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            """Give what is written, and nothing of the surroundings."""
            return (InitSettingsSource(settings_cls, dict(written)),)

    return Written()


def _within(
    path: tuple[str, ...], paths: set[tuple[str, ...]] | frozenset[tuple[str, ...]]
) -> bool:
    return any(path[:length] in paths for length in range(1, len(path) + 1))


def _take_out(written: dict[str, Any], path: tuple[str, ...]) -> None:
    """Remove a value; of one inside a text or a list, the whole."""
    group, name = written, path[0]
    for part in path[1:]:
        inner = group.get(name)
        if not isinstance(inner, dict):
            break
        group, name = inner, part
    group.pop(name, None)


def _put_in(written: dict[str, Any], path: tuple[str, ...]) -> None:
    """Let an empty text stand in for a value that has no default, so that its group can be read."""
    group = written
    for part in path[:-1]:
        group = group[part]
    group[path[-1]] = ""
