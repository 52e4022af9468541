"""``trafficctl completion``: what makes a shell complete our words."""

import click
from click.shell_completion import get_completion_class

from trafficctl_cli.commands.options import Verb
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import Exit


@click.command("completion", cls=Verb)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, *, shell: str) -> int:
    """Print a script that completes verbs and options.

      source <(trafficctl completion bash)
      trafficctl completion zsh > ~/.zfunc/_trafficctl
      trafficctl completion fish > ~/.config/fish/completions/trafficctl.fish

    It knows the verbs, their options, types, and the names that the server of the context knows.
    """
    maker = get_completion_class(shell)
    assert maker is not None  # noqa: S101 - click knows the three
    root = ctx.find_root()
    session = ctx.ensure_object(Session)
    script = maker(root.command, {}, "trafficctl", "_TRAFFICCTL_COMPLETE")
    session.screen.write(script.source())
    return Exit.OK
