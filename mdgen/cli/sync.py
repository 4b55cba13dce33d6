"""`mdgen sync`: all that mdgen makes on a site, in one go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mdgen import runs
from mdgen.cli import collections, cv, includes, options
from mdgen.cli import map as talkmap
from mdgen.families import Families
from mdgen.includes import FOLDERS, has_includes
from mdgen.problems import MdgenError
from mdgen.talkmap.site import FOLDER, TABLE

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
    ctx.exit(max(changed, _left_out(site) if exit_code else 0))


def _left_out(site: Site) -> int:
    return collections.tell_left_out(site, (*FOLDERS, FOLDER), [TABLE, *cv.files(site)])


def run(mode: Mode) -> int:
    """Find the site and bring it in step, or tell what would change; return the exit code."""
    return update(collections.site_for(Path.cwd(), mode.site), mode)


def update(site: Site, mode: Mode) -> int:
    """Bring all that mdgen makes on the site in step, or tell what would change; the exit code."""
    families = Families(site)
    try:
        sheets = runs.find_sheets(site)
    except MdgenError:
        collections.tell_orphans(site)  # the only sheet may be gone, and its pages there
        raise
    codes = [
        collections.update(sheets, site, mode, families),
        collections.tell_orphans(site),
        cv.update(site, mode, families),
    ]
    codes.append(talkmap.update(families, site, mode))
    if has_includes(site.root):
        codes.append(includes.update(site, mode))
    return max(codes)
