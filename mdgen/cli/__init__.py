"""The command line: options and words. Each module holds the commands that belong together."""

from __future__ import annotations

import click

from mdgen import __version__
from mdgen.cli import collections, columns, completion, includes, sync, watch
from mdgen.problems import InputError, MdgenError


class Group(click.Group):
    """A group that prints what mdgen refuses, once for all commands, and exits 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a bug keeps its traceback."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            count = len(error.problems)
            click.echo(f"{count} problem{'' if count == 1 else 's'}; nothing was written", err=True)
        except MdgenError as error:
            click.echo(f"mdgen: {error}", err=True)
        except KeyboardInterrupt:
            click.echo("mdgen: stopped; the pages written so far are whole", err=True)
            ctx.exit(130)
        return ctx.exit(2)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mdgen")
def main() -> None:
    """Keep the pages of an academicpages site in step with your spreadsheets.

    \b
    mdgen columns publications --csv > data/publications.csv
    mdgen publications            write _publications/ from data/publications.csv
    mdgen check                   tell what `mdgen sync` would change
    """


for command in (
    *collections.COMMANDS,
    sync.sync,
    sync.check,
    includes.includes,
    columns.columns,
    completion.completion,
    watch.watch,
):
    main.add_command(command)
