"""The settings in force, as TOML that a person can read and keep."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel, SecretStr

from trafficctl_server.settings.settings import Settings

_SET: Final = "(set)"


def effective_text(settings: Settings) -> str:
    """Write every setting with its value; of secrets, and of drivers' options, that they are set.

    What a driver's option holds only the driver knows, so it is treated as a secret.
    """
    return "\n".join(_table((), settings)).lstrip("\n") + "\n"


def _table(path: tuple[str, ...], group: BaseModel) -> Iterator[str]:
    dumped = group.model_dump(mode="json")
    inner: list[tuple[str, Any]] = []
    if path:
        yield f"\n[{'.'.join(path)}]"
    for name in type(group).model_fields:
        value = getattr(group, name)
        if isinstance(value, BaseModel | Mapping):
            inner.append((name, value))
        elif value is None:
            yield f"# {name} is not set"
        else:
            text = _SET if isinstance(value, SecretStr) else dumped[name]
            yield f"{name} = {json.dumps(text, ensure_ascii=False)}"
    for name, value in inner:
        if isinstance(value, BaseModel):
            yield from _table((*path, name), value)
        else:
            for driver, options in value.items():
                yield f"\n[{'.'.join((*path, name, driver))}]"
                yield from (f"{json.dumps(option)} = {json.dumps(_SET)}" for option in options)
