"""Options that several verbs have, and how their values are read."""

import inspect
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from trafficctl_cli.commands.session import Session
from trafficctl_cli.settings import DEFAULT_ADDRESS, PREFIX, seconds_of

F = TypeVar("F", bound=Callable[..., Any])
_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_EXAMPLE: Final = re.compile(r"\n\n(?=  )")


class Duration(click.ParamType[float]):
    """A length of time, such as ``30s`` or ``5m``; its value is in seconds."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read one."""
        if isinstance(value, int | float):
            return float(value)
        seconds = seconds_of(value)
        if not seconds:
            self.fail(f"{value!r} is no time: write 30s, 5m or 2h", param, ctx)
        return seconds


class ConnectionOption(click.Option):
    """An option about the server; help lists these apart."""


def _with_examples(text: str | None) -> str | None:
    """Keep the lines of indented paragraphs apart: they are examples."""
    return None if text is None else _EXAMPLE.sub("\n\n\b\n", inspect.cleandoc(text))


class Verb(click.Command):
    """A verb; its help lists the options about the server behind its own."""

    def __init__(self, *arguments: Any, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.help = _with_examples(self.help)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in two sections."""
        _write_options(self, ctx, formatter)


class VerbGroup(click.Group):
    """A verb that has verbs below it."""

    command_class = Verb

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in two sections, then the verbs."""
        _write_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def _write_options(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    ours: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None and isinstance(param, click.Option):
            (others if isinstance(param, ConnectionOption) else ours).append(record)
    with formatter.section("Options"):
        formatter.write_dl(ours)
    if others:
        with formatter.section("Server"):
            formatter.write_dl(others)


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value is not None and not ctx.resilient_parsing:
        ctx.ensure_object(Session).flags[str(param.name)] = value


def _said(*names: str, help: str, **attributes: Any) -> Callable[[F], F]:  # noqa: A002 - click's word
    return click.option(
        *names,
        cls=ConnectionOption,
        expose_value=False,
        callback=_keep,
        help=help,
        default=None,
        **attributes,
    )


_CONNECTION: Final[Sequence[Callable[[Any], Any]]] = (
    _said("--server", metavar="ADDRESS", help=f"host:port or unix:/path ({DEFAULT_ADDRESS})."),
    _said("--in", "in", metavar="PLACE", help="Where relative names are, such as projects/p."),
    _said("--context", metavar="NAME", help="A context of the configuration file."),
    _said("--config", type=_FILE, help="The configuration file."),
    _said("--token-file", type=_FILE, help="File with the bearer token."),
    _said("--ca", type=_FILE, help="Authorities to trust instead of the system's (PEM)."),
    _said("--cert", type=_FILE, help="Our certificate, for mutual TLS (PEM)."),
    _said("--key", type=_FILE, help="Its private key (PEM)."),
    _said(
        "--tls/--plaintext",
        "tls",
        help="Whether TLS is spoken. Default: not to this machine, unless --ca or --cert is said.",
    ),
    _said("--timeout", type=Duration(), help="How long one call may take (30s)."),
)


def about_the_server(function: F) -> F:
    """Give a verb the options about the server; each is a TRAFFICCTL_CLI_ variable too."""
    for option in reversed(_CONNECTION):
        function = option(function)
    return function


def output(*forms: str) -> Callable[[F], F]:
    """Give a verb ``-o``."""
    return click.option(
        "-o",
        "--output",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="The form of the result; json, yaml and name are for programs.",
    )


def files(*, required: bool = True) -> Callable[[F], F]:
    """Give a verb ``-f``."""
    return click.option(
        "-f",
        "--file",
        "paths",
        multiple=True,
        required=required,
        metavar="PATH",
        type=click.Path(allow_dash=True),
        help="A file, a folder (its *.yaml, *.yml, *.json at any depth), or - for standard input."
        " May be given several times.",
    )


EPILOG: Final = (
    f"Options about the server may stand before the verb, too; each is also a {PREFIX}… variable"
    " and a key of a context."
)
