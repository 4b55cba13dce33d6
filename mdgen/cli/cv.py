"""`mdgen cv`: the CV from all sheets."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mdgen import folder
from mdgen.cli import collections, options
from mdgen.cli.saying import say
from mdgen.families import Families
from mdgen.plan import Options, What
from mdgen.problems import MdgenError, SheetError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mdgen.cli.options import Mode
    from mdgen.cv import Planned
    from mdgen.settings import Site


@click.command(short_help="Write the CV: _data/cv.json, and a JSON Resume.")
@click.option(
    "--resume",
    is_flag=False,
    flag_value="resume.json",
    type=click.Path(dir_okay=False),
    help="Write a JSON Resume, too.  [without FILE: resume.json]",
    metavar="[FILE]",
)
@options.SITE
@options.CHECK
@options.DIFF
@options.FORCE
@options.ADOPT
@options.QUIET
@click.pass_context
def cv(ctx: click.Context, /, *, resume: str | None, **flags: object) -> None:
    """Write work, education, publications, presentations and teaching into `_data/cv.json`.

    All other sections of that file stay as they are. From then on `mdgen sync` keeps it in step.

    \b
    mdgen cv
    mdgen cv --adopt              take over the sections of a CV kept by hand
    mdgen cv --resume             write resume.json as well
    """
    mode = options.mode(flags)
    site = collections.site_for(Path.cwd(), mode.site)
    path = _inside(site, resume) if resume else None
    with folder.locked(site.root):
        ctx.exit(_run(site, mode, Families(site), [path] if path else []))


def update(site: Site, mode: Mode, families: Families) -> int:
    """Bring the CV in step where the site has one from mdgen or asks for it; the exit code."""
    kept = files(site)
    if not kept:
        return 0
    try:
        return _run(site, mode, families, kept[1:])
    except SheetError:
        say(["_data/cv.json: waits until the sheets are put right"])
        return 2


def files(site: Site) -> list[str]:
    """Return the files that `update` keeps in step."""
    from mdgen.cv import CV, RESUME, has_resume, is_asked_for  # noqa: PLC0415 - start-up time

    if not is_asked_for(site):
        return []
    return [CV, RESUME] if has_resume(site) else [CV]


def _run(site: Site, mode: Mode, families: Families, resumes: Sequence[str]) -> int:
    from mdgen.cv import CV, plan_cv, plan_resume, read_sections  # noqa: PLC0415 - start-up time

    sections, problems = read_sections(site, families)
    if problems:
        raise SheetError(problems)
    if not sections:
        say([f"{CV}: no sheet of the site has a row yet, so nothing to write"])
        return 0
    wishes = Options(mode.force, mode.adopt, mode.prune)
    planned = {CV: plan_cv(site, sections, wishes)}
    for path in resumes:
        planned[path] = plan_resume(site, planned[CV].text, path, wishes)
    changes = [one.change for one in planned.values() if one.change]
    if mode.diff:
        click.echo("".join(change.diff for change in changes), nl=False)
    if not mode.check:
        folder.apply(site.root, changes)
    say([one.left for one in planned.values() if one.left])
    if not mode.quiet:
        say(_words(path, one, check=mode.check) for path, one in planned.items() if not one.left)
    left = any(one.left for one in planned.values())
    return int(left or bool(changes and (mode.check or mode.exit_code)))


def _words(path: str, planned: Planned, *, check: bool) -> str:
    if planned.change is None:
        return f"sheets -> {path}: unchanged"
    word = "add" if planned.change.what is What.ADDED else "change"
    done = f"to {word}" if check else f"{word.removesuffix('e')}ed"
    return f"sheets -> {path}: {done}"


def _inside(site: Site, name: str) -> str:
    """Return the path of a file as seen from the site, in which it has to be."""
    path = Path(os.path.relpath(Path(name).absolute(), site.root.absolute())).as_posix()
    if path.startswith("../") or Path(path).is_absolute():
        raise MdgenError(f"{name}: lies outside the site; mdgen writes nothing there")
    return path
