"""Writes docs/settings.md and docs/errors.md from the code; ``--check`` says if they are stale.

Run from anywhere: ``python tools/generate_references.py [--check]``.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from trafficctl_server.api.status import TABLE
from trafficctl_server.settings.loading import ENV_DELIMITER, ENV_PREFIX
from trafficctl_server.settings.settings import Settings

DOCS = Path(__file__).resolve().parent.parent / "docs"
_SETTINGS_HEAD = """\
# Settings

<!-- Written by tools/generate_references.py: change the code, then run it. -->

Defaults, over them a TOML file (`--config FILE`, or the file that `TRAFFICCTL_CONFIG` names),
over it the environment.
A variable is `TRAFFICCTL_`, then the names in capitals with `__` between them; an empty one counts
as unset.
An unknown name, in the file or after `TRAFFICCTL_`, is a mistake; names after `TRAFFICCTL_CLI_`
are those of the command line.
`trafficctl-server check-config` names every mistake with its place and ends with 2; with `--show`
it prints what is in force, without secrets.

Durations are a whole number with `ms`, `s`, `m`, `h` or `d`;
sizes one with `B`, `KiB`, `MiB` or `GiB`.

```toml
[server]
listen = "127.0.0.1:50051"

[limits]
message_size = "4MiB"

[drivers.options.example]
color = "blue"
```
"""
_ERRORS_HEAD = """\
# Errors

<!-- Written by tools/generate_references.py: change the code, then run it. -->

Every error is a `google.rpc.Status` whose first detail is an `ErrorInfo` with the domain
`trafficctl.dev` and one of these reasons.
What varies in the message stands in its `metadata` too; `omitted` there counts what did not fit
into the answer.
All violations of a request come together.

"""


def settings_page() -> str:
    """Write the reference of all settings."""
    sections = (
        "\n".join(_group((name,), field.annotation))
        for name, field in Settings.model_fields.items()
    )
    return _SETTINGS_HEAD + "\n" + "\n".join(sections)


def _group(path: tuple[str, ...], group: Any) -> Iterator[str]:
    yield f"## [{'.'.join(path)}]\n\n{_line(group.__doc__)}\n"
    yield "| setting | variable | meaning |\n|---|---|---|"
    inner: list[tuple[str, Any]] = []
    for name, field in group.model_fields.items():
        variable = ENV_PREFIX + ENV_DELIMITER.join((*path, name)).upper()
        kinds = (field.annotation, *get_args(field.annotation))
        models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
        inner += [(name, model) for model in models]
        if models or isinstance(field.default, Mapping):
            variable += f"{ENV_DELIMITER}…"
        yield f"| `{name}` | `{variable}` | {_line(field.description)} |"
    yield ""
    for name, model in inner:
        yield from _group((*path, name), model)


def errors_page() -> str:
    """Write the reference of all reasons."""
    parts = [_ERRORS_HEAD]
    for kind, row in TABLE.items():
        parts.append(f"## {row.reason}\n\n`{row.code.name}`: {_line(kind.__doc__)}\n\n")
    parts.append("## INTERNAL\n\n`INTERNAL`: The server failed; the request id leads to its log.\n")
    return "".join(parts)


def _line(text: str | None) -> str:
    if not text:
        raise ValueError("every setting, group and failure has a docstring: one is missing")
    return " ".join(text.partition("\n\n")[0].split()).replace("|", "\\|")


def main() -> int:
    """Write or check both pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 if one is stale")
    check = parser.parse_args().check
    stale = []
    for name, page in (("settings.md", settings_page()), ("errors.md", errors_page())):
        file = DOCS / name
        if check:
            if not file.exists() or file.read_text(encoding="utf-8") != page:
                stale.append(name)
        else:
            file.write_text(page, encoding="utf-8")
    if stale:
        print(f"{', '.join(stale)}: stale, run python tools/generate_references.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
