"""`mdgen includes`: the Liquid includes that show papers and jobs on any page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mdgen import folder, report
from mdgen.cli import collections, options
from mdgen.cli.saying import say
from mdgen.plan import Options, Reason

if TYPE_CHECKING:
    from mdgen.cli.options import Mode
    from mdgen.plan import Left, Plan
    from mdgen.settings import Site

TARGET: Final = "_includes/mdgen/"


@click.command(short_help="Write includes that show papers and jobs on any page.")
@options.SITE
@options.CHECK
@options.DIFF
@options.FORCE
@options.ADOPT
@options.QUIET
@options.VERBOSE
@click.pass_context
def includes(ctx: click.Context, /, **flags: object) -> None:
    """Write `_includes/mdgen/publications.html` and `experience.html`, and their stylesheet.

    From then on `mdgen sync` keeps them up to date. On any page of the site:

    \b
    {% include mdgen/publications.html limit=5 category="conferences" %}
    {% include mdgen/experience.html kind="industry" %}
    """
    mode = options.mode(flags)
    site = collections.site_for(Path.cwd(), mode.site)
    with folder.locked(site.root):
        ctx.exit(update(site, mode))


def update(site: Site, mode: Mode) -> int:
    """Bring the includes up to date, or tell what would change; return the exit code."""
    from mdgen.includes import FOLDERS, plan_includes  # noqa: PLC0415 - start-up time

    plan = plan_includes(site.root, Options(mode.force, mode.adopt, mode.prune))
    if mode.diff:
        click.echo(plan.diff, nl=False)
    if not mode.check:
        present = [name for name in FOLDERS if (site.root / name).is_dir()]
        folder.apply(site.root, plan.changes, folders=present)
    _report(plan, mode)
    return report.exit_code(plan, check=mode.check or mode.exit_code)


def _report(plan: Plan, mode: Mode) -> None:
    if mode.verbose:
        say(report.lines(plan, check=mode.check))
    edited = [left for left in plan.left if left.reason is Reason.EDITED_FILE]
    say([_edited(left) for left in edited])
    others = tuple(left for left in plan.left if left.reason is not Reason.EDITED_FILE)
    say(report.warnings(replace(plan, left=others)))
    if not mode.quiet:
        say([report.summary(plan, TARGET, check=mode.check)])


def _edited(left: Left) -> str:
    return (
        f"{left.path}: was edited by hand; copy it under another name and include the copy, or"
        " overwrite it with --force"
    )
