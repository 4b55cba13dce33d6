"""The command line: options and words. Each module holds the commands that belong together."""

from __future__ import annotations

import atexit
import errno
import gc
from contextlib import suppress
from importlib import import_module
from typing import Final

import click

from mdgen import __version__
from mdgen.cli import interrupts
from mdgen.kinds import KINDS
from mdgen.nearest import nearest
from mdgen.problems import InputError, MdgenError

# Command → the module that has it, as an attribute of the same name. A module is imported when its
# command is asked for: `mdgen check` has an answer before all of them were.
MODULES: Final = {
    **dict.fromkeys(KINDS, "collections"),
    "sync": "sync",
    "check": "check",
    "watch": "watch",
    "import": "imports",
    "columns": "columns",
    "includes": "includes",
    "map": "map",
    "init": "init",
    "cv": "cv",
    "completion": "completion",
}


class Group(click.Group):
    """Imports a command when it is asked for; prints what mdgen refuses, once for all, exit 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order in which people need them."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command by its name."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"mdgen.cli.{MODULES[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; one that is unknown is told with the name that was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            meant = nearest(args[0], tuple(MODULES))
            raise click.UsageError(f"{error.message.rstrip('.')}; {meant}", ctx) from None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a bug keeps its traceback."""
        # Neither pandas nor rows make many circles of values: looking for some after every 700
        # values would take a tenth of the time.
        gc.set_threshold(100_000)
        # At the end the operating system takes back all at once: what is frozen, Python does not
        # go over three times more, which takes as long as writing thousands of pages.
        atexit.register(gc.freeze)
        try:
            with interrupts.heard():
                return super().invoke(ctx)
        except InputError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            count = len(error.problems)
            click.echo(f"{count} problem{'' if count == 1 else 's'}; nothing was written", err=True)
        except MdgenError as error:
            click.echo(f"mdgen: {error}", err=True)
        except OSError as error:
            if error.filename is not None or error.errno == errno.EPIPE:
                raise  # a bug; click knows what a reader means that goes away
            with suppress(OSError):
                click.echo(f"mdgen: the output cannot be written: {error.strerror}", err=True)
        except KeyboardInterrupt:
            click.echo("mdgen: stopped; the pages written so far are whole", err=True)
            ctx.exit(130)
        return ctx.exit(2)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mdgen")
def main() -> None:
    """Keep the pages of an academicpages site in step with your spreadsheets.

    \b
    mdgen init                    give a site empty sheets and all else that it lacks
    mdgen publications            write _publications/ from data/publications.csv
    mdgen check                   tell what `mdgen sync` would change
    """
