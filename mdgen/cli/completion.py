"""`mdgen completion`: the script that lets a shell complete mdgen's commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Write the completion script of a SHELL.

    \b
    eval "$(mdgen completion bash)"                                     in ~/.bashrc
    eval "$(mdgen completion zsh)"                                      in ~/.zshrc
    mdgen completion fish > ~/.config/fish/completions/mdgen.fish
    """
    complete = get_completion_class(shell)
    if complete is None:  # pragma: no cover - click has all three
        raise click.UsageError(f"no completion for {shell}")
    root = ctx.find_root()
    click.echo(complete(root.command, {}, "mdgen", "_MDGEN_COMPLETE").source())
