"""Reads the settings: defaults, over them the TOML file, over it the environment.

Nothing is taken silently: an unknown name in the file or after ``TRAFFICCTL_`` is a mistake, and
so is a file that a setting names and that cannot be used. Names after ``TRAFFICCTL_CLI_`` belong
to the command line, which may be used in the same shell.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from trafficctl_server.settings.files import file_mistakes
from trafficctl_server.settings.judgement import judged
from trafficctl_server.settings.mistakes import Mistake, Origins, SettingsError, mistake_of
from trafficctl_server.settings.settings import Settings

ENV_PREFIX: Final = "TRAFFICCTL_"
ENV_DELIMITER: Final = "__"
COMMAND_LINE_PREFIX: Final = "TRAFFICCTL_CLI_"
FILE_VARIABLE: Final = "TRAFFICCTL_CONFIG"  # names the file itself, so it is no setting


def load_settings(file: Path | None, environ: Mapping[str, str]) -> Settings:
    """Read and check everything.

    :param file: the TOML file; None: the one that ``TRAFFICCTL_CONFIG`` names, if any.
    :param environ: the environment; empty variables count as unset.
    :raises SettingsError: with every mistake and its place.
    """
    file = file or (Path(named) if (named := environ.get(FILE_VARIABLE)) else None)
    in_file = _read_toml(file) if file else {}
    variables = _variables(environ)
    in_environment = _nested({path: environ[name] for path, name in variables.items()})
    origins = Origins(file=file, in_file=in_file, variables=variables)

    judgement = judged(_over(in_file, in_environment))
    wrong = [mistake_of(error, Settings, origins) for error in judgement.errors]
    wrong += [
        Mistake(place=origins.place(path), text=text)
        for path, text in file_mistakes(judgement.settings)
        if not judgement.mistaken(path)
    ]
    store = in_file.get("store")
    if isinstance(store, dict) and "key" in store:
        text = "a settings file is no place for a key: use store.key_file or TRAFFICCTL_STORE__KEY"
        wrong.append(Mistake(place=origins.place(("store", "key")), text=text))
    if wrong:
        raise SettingsError(wrong)
    return judgement.settings


def _over(below: Any, above: Any) -> Any:
    """Lay one value over another; of two tables, setting by setting."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    both = below.keys() & above.keys()
    return below | above | {name: _over(below[name], above[name]) for name in both}


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        text = f"cannot be read: {(error.strerror or 'unknown error').lower()}"
    except UnicodeDecodeError:
        text = "is not UTF-8 text"
    except tomllib.TOMLDecodeError as error:
        text = f"is not TOML: {str(error).lower()}"
    raise SettingsError([Mistake(place=str(file), text=text)])


def _variables(environ: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    return {
        tuple(name.removeprefix(ENV_PREFIX).lower().split(ENV_DELIMITER)): name
        for name in sorted(environ)
        if environ[name]
        and name.startswith(ENV_PREFIX)
        and not name.startswith(COMMAND_LINE_PREFIX)
        and name != FILE_VARIABLE
    }


def _nested(values: Mapping[tuple[str, ...], str]) -> dict[str, Any]:
    """Nest by path; where one variable names a group and others its members, the group stays text.

    The check of types then names it, as a group is no text.
    """
    root: dict[str, Any] = {}
    for path, text in sorted(values.items()):
        node: Any = root
        for part in path[:-1]:
            node = node.setdefault(part, {})
            if not isinstance(node, dict):
                break
        else:
            node[path[-1]] = text
    return root
