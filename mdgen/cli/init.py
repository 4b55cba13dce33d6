"""`mdgen init`: what a site lacks for mdgen to work on it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mdgen import folder, report
from mdgen.cli import collections, options
from mdgen.cli.saying import say
from mdgen.plan import Plan
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from mdgen.initializing import Beginning


@click.command(short_help="Add to a site what it lacks for mdgen to work.")
@options.SITE
@options.DIFF
@options.QUIET
@click.option("-y", "--yes", is_flag=True, help="Add it without asking.")
@click.pass_context
def init(ctx: click.Context, /, *, yes: bool, **flags: object) -> None:
    """Say what the site lacks, ask, and add it: settings, empty sheets, the hook, the includes.

    `_config.yml` gains lines; no line that is there is touched, nor any page.

    \b
    mdgen init                    in the folder of the site
    mdgen init --diff             show the lines, too
    mdgen init --yes              do not ask
    """
    from mdgen.initializing import begin  # noqa: PLC0415 - start-up time

    mode = options.mode(flags)
    site = collections.site_for(Path.cwd(), mode.site)
    with folder.locked(site.root):
        beginning = begin(site.root)
        plan = Plan("mdgen init", changes=beginning.changes, left=beginning.left)
        if mode.diff:
            click.echo(plan.diff, nl=False)
        if not plan.changes:
            say([*report.warnings(plan), f"{site.root}: has all that mdgen needs"])
            ctx.exit(report.exit_code(plan))
        say(["mdgen init adds:", *(f"  {words}" for words in beginning.words)])
        say([*beginning.notes, *report.warnings(plan)])
        if not (yes or _agreed()):
            ctx.exit(1)
        folder.apply(site.root, plan.changes)
    if not mode.quiet:
        say(_next(beginning))
    ctx.exit(report.exit_code(plan))


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _agreed() -> bool:
    if not _is_terminal():
        raise MdgenError("nothing was added: there is no terminal to ask; say --yes")
    return click.confirm("Add all this?", default=True, err=True)


def _next(beginning: Beginning) -> list[str]:
    sheets = [change.path for change in beginning.changes if change.path.startswith("data/")]
    fill = f"fill in {', '.join(sheets)} (`mdgen columns KIND` says what goes where), then " * bool(
        sheets
    )
    return [f"done; {fill}run `mdgen sync`"]
