"""What every import does with what it has read: it fills a sheet, and says what came of that."""

from __future__ import annotations

import csv
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mdgen import folder, runs, sheets
from mdgen.cli import collections, options
from mdgen.cli.saying import say
from mdgen.intake import in_columns, take_in
from mdgen.kinds import KINDS
from mdgen.problems import MdgenError, Problem, shorten
from mdgen.sheetfiles.saving import save

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdgen.importers import Imported, Item
    from mdgen.intake import Intake
    from mdgen.records import Record
    from mdgen.settings import Site

INTO: Final = click.option(
    "--into",
    type=click.Path(dir_okay=False),
    metavar="SHEET",
    help="The sheet to fill; default: the site's own, `data/KIND.csv` where there is none.",
)
UPDATE: Final = click.option(
    "--update",
    multiple=True,
    metavar="COLUMN",
    help="Take the import's values in this column also where a cell is filled. May be repeated.",
)
DRY_RUN: Final = click.option(
    "--dry-run",
    is_flag=True,
    help="Write nothing; show new rows as CSV on stdout, and each cell that would be filled.",
)
VERBOSE: Final = click.option(
    "-v", "--verbose", is_flag=True, help="Name each cell that is filled."
)
SHARED: Final = options.all_of(INTO, UPDATE, DRY_RUN, options.SITE, options.QUIET, VERBOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an import goes about its work; see the help of the options of the same names."""

    into: str | None
    update: tuple[str, ...]
    dry_run: bool
    site: Path | None
    quiet: bool
    verbose: bool

    def find_site(self) -> Site:
        """Return the site of the sheet, else the one from here upwards."""
        start = Path(self.into).parent if self.into else Path.cwd()
        return collections.site_for(start, self.site)


def way_of(flags: Mapping[str, object]) -> Way:
    """Return the way that the flags of a command tell."""
    into, update, site = flags["into"], flags["update"], flags["site"]
    return Way(
        into=str(into) if into else None,
        update=tuple(map(str, update)) if isinstance(update, tuple) else (),
        dry_run=bool(flags["dry_run"]),
        site=site if isinstance(site, Path) else None,
        quiet=bool(flags["quiet"]),
        verbose=bool(flags["verbose"]),
    )


def fill(source: str, imported: Imported, kind: str, site: Site, way: Way) -> int:
    """Bring what was read into its sheet, or show what that would change; return the exit code."""
    record = KINDS[kind]
    update = _columns(way.update, imported.items, record, site)
    path = _sheet(kind, site, way)
    with folder.locked(site.root):
        before = sheets.read_bytes(path) if path.exists() else None
        intake = take_in(imported.items, str(path), before, record, site, update)
        if intake.merged.changes and not way.dry_run:
            save(path, intake.data, before)
    problems = (*imported.problems, *intake.merged.problems)
    say(problems)
    if not way.quiet:
        say(f"warning: {note}" for note in (*imported.notes, *intake.notes))
        say(_differences(intake, source))
    if way.dry_run or way.verbose:
        _show_rows(intake, way)
    if not way.quiet:
        say([f"{source} -> {path}: {_counts(intake, dry_run=way.dry_run)}"])
    return 2 if problems else 0


def _columns(
    titles: Iterable[str], items: Sequence[Item], record: type[Record], site: Site
) -> tuple[str, ...]:
    """Return the own names of the columns that `--update` names as the person calls them."""
    from mdgen.columns import columns_of  # noqa: PLC0415 - start-up time
    from mdgen.intake import names_of  # noqa: PLC0415 - start-up time

    known = {column.name for column in columns_of(record)}
    known |= {name for item in in_columns(items, record, site)[0] for name in item.values}
    names = []
    for title in titles:
        [name] = names_of([title], record, site)
        if name not in known:
            raise click.BadParameter(
                f"'{title}' is no column of {record.KIND} that this import fills",
                param_hint="--update",
            )
        names.append(name)
    return tuple(names)


def _sheet(kind: str, site: Site, way: Way) -> Path:
    """Return the path of the sheet to fill, as the person sees it."""
    named = [sheet.name for sheet in runs.sheets_of(site, kind)]
    if way.into:
        name = way.into
    elif len(named) > 1:
        raise MdgenError(
            f"the site has several sheets of {kind} ({', '.join(named)}); say which: --into SHEET"
        )
    else:
        name = named[0] if named else os.path.relpath(site.root / "data" / f"{kind}.csv")
    if sheets.is_address(name):
        raise MdgenError(f"{name}: is on the web, where mdgen writes nothing; fill a copy: --into")
    if name.lower().endswith(".bib"):
        raise MdgenError(f"{name}: is BibTeX, which is not filled in; name a CSV file: --into")
    return Path(name)


def _differences(intake: Intake, source: str) -> Iterable[Problem]:
    for each in intake.merged.differences:
        place = intake.place(each.row, each.column)
        ways_out = f"`--update {each.column}` takes that"
        message = f"'{shorten(each.old)}' stays; {source} has '{shorten(each.new)}' ({ways_out})"
        yield Problem(place, message)


def _show_rows(intake: Intake, way: Way) -> None:
    """Show each cell that is filled, and where nothing is written the new rows as CSV."""
    say(
        f"{intake.place(each.row, each.column)}: {shorten(each.new)}"
        for each in intake.merged.filled
    )
    if way.dry_run and intake.merged.added:
        titles, rows = intake.added()
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([titles, *rows])


def _counts(intake: Intake, *, dry_run: bool) -> str:
    merged = intake.merged
    cells = len(merged.filled)
    counts = [
        f"{len(merged.added)} {'to add' if dry_run else 'added'}",
        f"{cells} {'cell' if cells == 1 else 'cells'} {'to fill' if dry_run else 'filled'}",
    ]
    if differ := len(merged.differences):
        counts.append(f"{differ} {'differs' if differ == 1 else 'differ'}")
    return ", ".join(counts)
