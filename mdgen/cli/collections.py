"""The commands that keep collections in step with their sheets: one for each kind."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

import click

from mdgen import folder, report, repository, runs
from mdgen.cli import options
from mdgen.cli.saying import say
from mdgen.families import Families
from mdgen.kinds import KINDS
from mdgen.plan import Options
from mdgen.problems import MdgenError, Place, Problem, SheetError
from mdgen.settings import find_root, load_site
from mdgen.sheets import is_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdgen.cli.options import Mode
    from mdgen.plan import Plan
    from mdgen.records import Record
    from mdgen.runs import Sheet
    from mdgen.settings import Site

FOLDERS: Final = ("_publications", "_talks", "_teaching", "_experience")
SHOWN: Final = 3  # pages named in one line
BAR_FROM: Final = 500  # changes: fewer are written before a bar could be read


def site_for(start: Path, named: Path | None) -> Site:
    """Load the site that `--site` names, else the nearest one upwards from `start` or from here."""
    root = named or find_root(start.resolve(), FOLDERS) or find_root(Path.cwd(), FOLDERS)
    if root is None:
        raise MdgenError(
            f"{start}: no site upwards from here: no folder with a _config.yml or a collection;"
            " run mdgen in the site, or name it with --site DIR"
        )
    return load_site(root)


def update(
    sheets: Sequence[Sheet], site: Site, mode: Mode, families: Families | None = None
) -> int:
    """Bring the pages of `sheets` in step, or tell what would change; return the exit code.

    A sheet that is refused does not keep the others from being written.
    """
    with nullcontext() if mode.check else folder.locked(site.root):
        families = families or Families(site)
        return max((_update(sheet, families, site, mode) for sheet in sheets), default=0)


def _update(sheet: Sheet, families: Families, site: Site, mode: Mode) -> int:
    try:
        wanted = families.read(sheet)
        if not mode.quiet:
            notices = (*runs.passed_over(sheet, site), *wanted.notices)
            say([f"warning: {notice}" for notice in notices])
        if wanted.problems and not mode.keep_going:
            raise SheetError(wanted.problems)  # noqa: TRY301 - one way to refuse a sheet
        say(wanted.problems)
        plan = families.plan(sheet, wanted, Options(mode.force, mode.adopt, mode.prune))
    except SheetError as error:
        say(error.problems)
        count = len(error.problems)
        say([f"{sheet.name}: {count} problem{'s' if count > 1 else ''}; nothing was written"])
        return 2
    if mode.diff:
        click.echo(plan.diff, nl=False)
    if not mode.check:
        _write(site, sheet, plan, mode)
    _report(sheet, plan, site, mode)
    if wanted.problems:
        wait = "waits until it is" if wanted.waiting == 1 else "wait until they are"
        say([f"{sheet.name}: {wanted.waiting} of {wanted.rows} rows {wait} put right"])
        return 2
    return report.exit_code(plan, check=mode.check or mode.exit_code)


def _write(site: Site, sheet: Sheet, plan: Plan, mode: Mode) -> None:
    folders = runs.folders_of(sheet, site)
    if len(plan.changes) < BAR_FROM or mode.quiet or not sys.stderr.isatty():
        folder.apply(site.root, plan.changes, folders=folders)
        return
    label = f"writing {len(plan.changes)} pages"
    with click.progressbar(length=100, label=label, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.update(done * 100 // total - bar.pos)

        folder.apply(site.root, plan.changes, folders=folders, progress=progress)


def _report(sheet: Sheet, plan: Plan, site: Site, mode: Mode) -> None:
    if mode.verbose:
        say(report.lines(plan, check=mode.check))
    say(report.warnings(plan))
    if not mode.quiet:
        target = f"_{sheet.record.collection(site)}/"
        say([report.summary(plan, target, check=mode.check)])


def _command(record: type[Record]) -> click.Command:
    """Return the command of one kind: SHEET → its collection."""
    name = record.KIND
    first, *others = (PurePath(path).suffix for path in runs.usual_names(name))
    bibtex = ".bib" in others
    forms = "CSV, TSV, XLSX, XLS, ODS or BibTeX (.bib)" if bibtex else "CSV, TSV, XLSX, XLS or ODS"
    usual = f"data/{name}{first} ({', '.join(others)})"

    @click.command(
        name,
        help=f"Write the pages of SHEET, which holds {record.ABOUT}.\n\n"
        f"SHEET is a {forms} file or an https address; default: {usual}, or what `_config.yml`"
        " names.\n\n"
        f"\b\nmdgen {name} data/{name}.csv\nmdgen {name} --check --diff\n",
        short_help=f"Write the pages of {record.ABOUT}.",
    )
    @click.argument("sheet", required=False, type=click.Path())
    @click.option("--encoding", help="The sheet's encoding, where mdgen reads it wrongly: cp1252 …")
    @click.option("--worksheet", help="The worksheet of a workbook; default: the first that fits.")
    @options.CHECK
    @options.WRITING
    @click.pass_context
    def command(
        ctx: click.Context,
        /,
        sheet: str | None,
        encoding: str | None,
        worksheet: str | None,
        **flags: object,
    ) -> None:
        mode = options.mode(flags)
        start = Path(sheet).parent if sheet and not is_address(sheet) else Path.cwd()
        site = site_for(start, mode.site)
        named = [runs.sheet_at(sheet, name, site.root)] if sheet else []
        sheets = named or list(runs.sheets_of(site, name))
        if not sheets:
            raise MdgenError(
                f"no sheet of {name} found: {site.root} has no {usual};"
                " name it, or begin one: `mdgen init` makes empty sheets"
            )
        chosen = [replace(one, encoding=encoding, worksheet=worksheet) for one in sheets]
        ctx.exit(update(chosen, site, mode))

    return command


def tell_orphans(site: Site) -> int:
    """Name the pages whose sheet is gone; return 1 if there are any."""
    orphans = runs.orphans(site)
    for source, paths in orphans.items():
        message = (
            f"was the sheet of {_first(paths)} and is gone; bring it back, take the pages over"
            " with --adopt if it has another name now, or remove them"
        )
        say([Problem(Place(source), message)])
    return 1 if orphans else 0


def tell_left_out(site: Site, others: Iterable[str] = (), files: Sequence[str] = ()) -> int:
    """Name the pages that a commit would lack, for git does not know them; return 1 if any.

    `others` are folders with more than pages, `files` count although they carry no mark.
    """
    kinds = (runs.Sheet("", kind, "") for kind in KINDS)
    names = [name for kind in kinds for name in runs.folders_of(kind, site)]
    paths = repository.left_out(site.root, (*names, *others), files)
    if paths:
        holding = {path if path in files else path.rpartition("/")[0] for path in paths}
        folders = " ".join(sorted(os.path.relpath(site.root / name) for name in holding))
        verb = "is" if len(paths) == 1 else "are"
        say([f"{_first(paths)} {verb} not in git yet; add what is new: git add {folders}"])
    return 1 if paths else 0


def _first(paths: Sequence[str]) -> str:
    shown = ", ".join(paths[:SHOWN])
    return f"{shown} and {len(paths) - SHOWN} more" if len(paths) > SHOWN else shown


def __getattr__(name: str) -> click.Command:
    """Return the command of a kind: `mdgen.cli.collections.talks`."""
    if name in KINDS:
        return _command(KINDS[name])
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
