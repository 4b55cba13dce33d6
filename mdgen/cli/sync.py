"""`mdgen sync` and `mdgen check`: all that mdgen makes on a site, in one go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mdgen import runs
from mdgen.cli import collections, includes, options
from mdgen.includes import FOLDERS, has_includes

if TYPE_CHECKING:
    from mdgen.cli.options import Mode
    from mdgen.settings import Site


@click.command(short_help="Write the pages of all sheets of the site.")
@click.option(
    "--exit-code",
    is_flag=True,
    help="Exit 1 when anything was changed, or git lacks a page: for hooks.",
)
@options.CHECK
@options.WRITING
@click.pass_context
def sync(ctx: click.Context, /, *, exit_code: bool, **flags: object) -> None:
    """Write the pages of every sheet that the site has.

    Includes and `_data/cv.json` are brought up to date where the site has them from mdgen.

    \b
    mdgen sync
    mdgen sync --exit-code        as the pre-commit hook runs it
    """
    mode = options.mode(flags)
    site = collections.site_for(Path.cwd(), mode.site)
    changed = update(site, replace(mode, exit_code=exit_code))
    left_out = collections.tell_left_out(site, FOLDERS) if exit_code else 0
    ctx.exit(max(changed, left_out))


@click.command(short_help="Tell what `mdgen sync` would change; write nothing.")
@options.SITE
@options.DIFF
@options.QUIET
@options.VERBOSE
@click.pass_context
def check(ctx: click.Context, /, **flags: object) -> None:
    """Tell what `mdgen sync` would change, and exit 1 if that is anything.

    Missing, changed and stale pages count, and pages whose sheet is gone.
    """
    mode = replace(options.mode(flags), check=True)
    site = collections.site_for(Path.cwd(), mode.site)
    ctx.exit(update(site, mode))


def update(site: Site, mode: Mode) -> int:
    """Bring all that mdgen makes on the site in step, or tell what would change; the exit code."""
    codes = [
        collections.update(runs.find_sheets(site), site, mode),
        collections.tell_orphans(site),
    ]
    if has_includes(site.root):
        codes.append(includes.update(site, mode))
    return max(codes)
