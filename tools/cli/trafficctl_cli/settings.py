"""To whom the command speaks, and about what: flags, over the environment, over a context.

A context is a table ``[contexts.<name>]`` of a TOML file; ``current`` there names the one in use.
Tokens and keys stand in files of their own: a setting only says where.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from trafficctl_cli.exits import CommandError, Exit

PREFIX: Final = "TRAFFICCTL_CLI_"
DEFAULT_ADDRESS: Final = "127.0.0.1:50051"
_LOCAL: Final = ("127.", "localhost:", "[::1]:", "unix:")
_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0, "": 1.0}
_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d|)")
_YES_NO: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the server is and how we show who we are.

    :ivar server: ``host:port`` or ``unix:/path``.
    :ivar tls: None: as the address asks for, see :attr:`encrypted`.
    :ivar timeout: seconds that one call gets.
    """

    server: str = DEFAULT_ADDRESS
    tls: bool | None = None
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None
    token_file: Path | None = None
    timeout: float = 30.0

    @property
    def local(self) -> bool:
        """Whether what is sent stays on this machine."""
        return self.server.startswith(_LOCAL)

    @property
    def encrypted(self) -> bool:
        """Whether TLS is spoken: when asked for, with certificates, and to any other machine."""
        if self.tls is not None:
            return self.tls
        return bool(self.ca or self.cert) or not self.local


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings.

    :ivar context: the one that was used; empty: none.
    :ivar place: where relative names are, such as ``projects/p``; empty: anywhere.
    """

    endpoint: Endpoint
    place: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class ContextFile:
    """The file of contexts.

    :ivar contexts: by name; empty where there is no file.
    """

    path: Path
    contexts: Mapping[str, Mapping[str, Any]]
    current: str = ""


NAMES: Final = MappingProxyType({"in": "place"} | {it.name: it.name for it in fields(Endpoint)})
"""What a context, a variable and a flag may set: its name there, and its name here."""


def load_settings(flags: Mapping[str, Any], environ: Mapping[str, str]) -> Settings:
    """Lay flags over the environment over the context.

    :param flags: by their names, with ``config`` and ``context``; None: not given.
    :raises CommandError: with every mistake.
    """
    file = load_contexts(flags, environ)
    name = flags.get("context") or environ.get(f"{PREFIX}CONTEXT") or file.current
    if name and name not in file.contexts:
        known = ", ".join(file.contexts) or "none"
        raise _wrong([f"there is no context {name!r} in {file.path}: known are {known}"])
    here, there = Path(), file.path.parent
    said = {
        **{key: (it, str(file.path), there) for key, it in file.contexts.get(name, {}).items()},
        **{
            key: (environ[variable], variable, here)
            for key in NAMES
            if environ.get(variable := f"{PREFIX}{key.upper()}")
        },
        **{key: (it, f"--{key}", here) for key, it in flags.items() if it is not None},
    }
    values: dict[str, Any] = {}
    mistakes = _unknown_variables(environ)
    for key in NAMES.keys() & said.keys():
        value, origin, folder = said[key]
        try:
            values[NAMES[key]] = _value(key, value, folder)
        except ValueError as error:
            mistakes.append(f"{origin}: {key} {error}")
    if mistakes:
        raise _wrong(sorted(mistakes))
    place = values.pop("place", "")
    return Settings(endpoint=Endpoint(**values), place=place.strip("/"), context=name)


def load_contexts(flags: Mapping[str, Any], environ: Mapping[str, str]) -> ContextFile:
    """Read the file of contexts.

    :raises CommandError: it is named and not there, or it is wrong; with every mistake.
    """
    named = flags.get("config") or environ.get(f"{PREFIX}CONFIG")
    home = environ.get("XDG_CONFIG_HOME") or Path(environ.get("HOME", "~"), ".config")
    path = Path(named or Path(home, "trafficctl", "config.toml")).expanduser()
    if not named and not path.exists():
        return ContextFile(path, {})
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _wrong([f"{path} cannot be read: {(error.strerror or '').lower()}"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong([f"{path} is not TOML: {str(error).lower()}"]) from None
    mistakes = [f"{path}: {it}" for it in _mistakes(written)]
    if mistakes:
        raise _wrong(mistakes)
    return ContextFile(path, written.get("contexts", {}), written.get("current", ""))


def _unknown_variables(environ: Mapping[str, str]) -> list[str]:
    known = {f"{PREFIX}{key.upper()}" for key in (*NAMES, "config", "context")}
    return [
        f"{name} is unknown: known are {', '.join(sorted(known))}"
        for name in environ
        if name.startswith(PREFIX) and name not in known
    ]


def _mistakes(written: Mapping[str, Any]) -> list[str]:
    found = [f"{key} is unknown" for key in written if key not in {"current", "contexts"}]
    if not isinstance(written.get("current", ""), str):
        found.append("current must be the name of a context")
    contexts = written.get("contexts", {})
    if not isinstance(contexts, dict):
        return [*found, "contexts must be tables, [contexts.<name>]"]
    for name, context in contexts.items():
        if not isinstance(context, dict):
            found.append(f"contexts.{name} must be a table")
            continue
        found += [f"contexts.{name}.{key} is unknown" for key in context if key not in NAMES]
    return found


def seconds_of(text: str) -> float:
    """Read a length of time, such as ``30s`` or ``5m``; 0: it is none."""
    found = _DURATION.fullmatch(text)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def _value(key: str, value: Any, folder: Path) -> Any:
    """Read one value; a relative path is one below the folder.

    :raises ValueError: why it is none.
    """
    if key == "tls":
        found = value if isinstance(value, bool) else _YES_NO.get(str(value).lower())
        if found is None:
            raise ValueError("must be true or false")
        return found
    if key == "timeout":
        seconds = seconds_of(str(value))
        if not seconds:
            raise ValueError("must be a time above 0, such as 30s or 2m")
        return seconds
    if not isinstance(value, str | Path):
        raise ValueError("must be a text")  # noqa: TRY004 - one kind of error for all mistakes
    if key == "server" and "://" in str(value):
        raise ValueError("must be host:port or unix:/path, without a scheme")
    if key in {"ca", "cert", "key", "token_file"}:
        return folder / Path(value).expanduser()
    return value


def _wrong(mistakes: list[str]) -> CommandError:
    return CommandError(Exit.USAGE, mistakes)
