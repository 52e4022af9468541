"""Writes the reference within ``docs/cli.md`` from the command itself: exit codes, verbs, options.

``python -m tools.cli_reference`` rewrites what stands between the marks, and the pictures' sources
are ``tools/terminal_pictures.py``'s.
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
from trafficctl_cli import exits
from trafficctl_cli.commands.options import ConnectionOption, VerbGroup
from trafficctl_cli.commands.root import root

PAGE: Final = Path(__file__).parent.parent / "docs" / "cli.md"
_MARKS: Final = "<!-- {0}, by tools/cli_reference.py -->\n", "<!-- end of {0} -->\n"
_MEANING: Final = re.compile(r"^ +([A-Z_]+) = (\d+)  # (.+)$", flags=re.MULTILINE)


def main() -> None:
    """Rewrite the page."""
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def renewed(page: str) -> str:
    """Give the page with everything between marks as it should be."""
    for name, lines in (("exit codes", _exit_codes()), ("verbs", _verbs())):
        opening, closing = (mark.format(name) for mark in _MARKS)
        before, _, rest = page.partition(opening)
        _, _, after = rest.partition(closing)
        page = "".join((before, opening, "\n".join(lines).rstrip(), "\n", closing, after))
    return page


def _exit_codes() -> Iterator[str]:
    yield "| code | means |"
    yield "|---|---|"
    for _, number, meaning in _MEANING.findall(inspect.getsource(exits)):
        yield f"| {number} | {meaning} |"


def _verbs() -> Iterator[str]:
    context = click.Context(root, info_name="trafficctl", **root.context_settings)
    for name in root.list_commands(context):
        verb = root.get_command(context, name)
        assert verb is not None  # noqa: S101 - it was listed
        yield from _verb(verb, click.Context(verb, context, info_name=name), "###")
        if isinstance(verb, VerbGroup):
            below = click.Context(verb, context, info_name=name)
            for each in verb.list_commands(below):
                command = verb.commands[each]
                yield from _verb(command, click.Context(command, below, info_name=each), "####")
    yield "### Options about the server"
    yield ""
    yield "Every verb that asks a server has them, and they may stand before the verb, too."
    yield ""
    yield from _options(context, about_the_server=True)


def _verb(verb: click.Command, context: click.Context, level: str) -> Iterator[str]:
    yield f"{level} {context.command_path}"
    yield ""
    example = False
    for line in [*inspect.cleandoc(verb.help or "").splitlines(), ""]:
        if line == "\b":
            example = True
            yield "```sh"
            continue
        if example and not line:
            example = False
            yield "```"
        yield line.removeprefix("  ") if example else line
    yield from _options(context, about_the_server=False)


def _options(context: click.Context, *, about_the_server: bool) -> Iterator[str]:
    rows = [
        param.get_help_record(context)
        for param in context.command.get_params(context)
        if isinstance(param, click.Option)
        and isinstance(param, ConnectionOption) is about_the_server
        and "--help" not in param.opts
    ]
    if not rows:
        return
    yield "| option | meaning |"
    yield "|---|---|"
    for row in rows:
        if row is not None:
            name, text = (it.replace("|", "\\|") for it in row)
            yield f"| `{name}` | {text.replace('  ', ' ')} |"
    yield ""


if __name__ == "__main__":
    main()
