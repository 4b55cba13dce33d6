"""`mdgen import`: publications and pages that exist elsewhere, into the sheets."""

from __future__ import annotations

import csv
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from mdgen import folder, runs, sheets
from mdgen.cli import collections, options
from mdgen.cli.saying import say
from mdgen.importers import Imported
from mdgen.intake import in_columns, take_in
from mdgen.kinds import KINDS
from mdgen.problems import MdgenError, Place, Problem, Refusal, shorten
from mdgen.sheetfiles.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from mdgen.importers import Item
    from mdgen.intake import Intake
    from mdgen.records import Record
    from mdgen.settings import Site

    Reader = Callable[[bytes, str, Collection[str]], Imported]

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


@click.group("import", short_help="Fill a sheet from BibTeX, Zotero, ORCID or existing pages.")
def import_() -> None:
    """Fill a sheet with what exists elsewhere.

    What a row of the sheet has already stays: empty cells are filled, works that the sheet lacks
    become rows at its end, and the rest of the file stays byte for byte. Importing the same thing
    twice changes nothing.

    \b
    mdgen import bibtex refs.bib
    mdgen import orcid 0000-0002-1825-0097 --dry-run
    mdgen import pages            then `mdgen sync --adopt`
    """


def _of_files(name: str, what: str, reader: Callable[[], Reader]) -> None:
    """Add the command that imports files of one format."""

    @import_.command(
        name,
        help=f"Fill the sheet of publications from {what}. `-` reads standard input.",
        short_help=f"From {what}.",
    )
    @click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
    @SHARED
    @click.pass_context
    def command(ctx: click.Context, /, files: tuple[str, ...], **flags: object) -> None:
        way = _way(flags)
        site = way.find_site()
        read = reader()
        found = [read(_data(file), _shown(file), tuple(site.categories)) for file in files]
        sources = ", ".join(map(_shown, files))
        ctx.exit(_take_in(sources, _joined(found), "publications", site, way))

    del command


def _bibtex() -> Reader:
    from mdgen.importers.bibtex import read_bibtex  # noqa: PLC0415 - start-up time

    return read_bibtex


def _csl() -> Reader:
    from mdgen.importers.csl_json import read_csl_json  # noqa: PLC0415 - start-up time

    return read_csl_json


def _ris() -> Reader:
    from mdgen.importers.ris import read_ris  # noqa: PLC0415 - start-up time

    return read_ris


_of_files("bibtex", "BibTeX or biblatex files", _bibtex)
_of_files("csl", "CSL-JSON files, as Zotero and Mendeley export them", _csl)
_of_files("ris", "RIS files, as EndNote and publishers' pages export them", _ris)


@import_.command(short_help="From an ORCID record.")
@click.argument("record", metavar="ID|FILE")
@click.option("--api", metavar="URL", help="Where ORCID's public API is.")
@SHARED
@click.pass_context
def orcid(ctx: click.Context, /, record: str, api: str | None, **flags: object) -> None:
    """Fill the sheet of publications from an ORCID record.

    ID is an ORCID iD, whose public works are asked for over the network; FILE a record saved as
    JSON.

    \b
    mdgen import orcid 0000-0002-1825-0097
    """
    from mdgen.importers import web  # noqa: PLC0415 - start-up time
    from mdgen.importers.orcid import PUBLIC_API, fetch_orcid, read_orcid  # noqa: PLC0415

    way = _way(flags)
    site = way.find_site()
    categories = tuple(site.categories)
    if record == "-" or Path(record).is_file():
        source = _shown(record)
        imported = read_orcid(_data(record), source, categories)
    else:
        source = f"orcid.org/{record.rstrip('/').rpartition('/')[2]}"
        try:
            imported = fetch_orcid(record, web.get_json, categories, base=api or PUBLIC_API)
        except Refusal as refusal:
            raise MdgenError(f"{refusal}, or name the file of a saved record") from None
    ctx.exit(_take_in(source, imported, "publications", site, way))


@import_.command(short_help="From the pages of this site that no sheet has.")
@click.argument("kinds", nargs=-1, metavar="[KIND]...", type=click.Choice(list(KINDS)))
@SHARED
@click.pass_context
def pages(ctx: click.Context, /, kinds: tuple[str, ...], **flags: object) -> None:
    """Fill the sheets from the pages that this site has, each KIND from its collection.

    For a site made with the theme's notebooks or by hand. Pages that come from a sheet are passed
    over. File names and addresses stay as they are. `mdgen sync --adopt` then takes over the pages.

    \b
    mdgen import pages
    mdgen import pages talks --into data/talks.xlsx
    """
    way = _way(flags)
    if way.into and len(kinds) != 1:
        raise click.UsageError("--into is the sheet of one KIND; name that")
    site = way.find_site()
    codes = []
    for kind in kinds or tuple(KINDS):
        found = _pages_of(kind, site)
        if found.items or found.problems:
            codes.append(_take_in(f"_{kind}/", found, kind, site, way))
    if not way.quiet:
        if not codes:
            say(["all pages are from sheets already; nothing to import"])
        elif not way.dry_run:
            say(["`mdgen sync --adopt` now takes over the pages"])
    ctx.exit(max(codes, default=0))


def _pages_of(kind: str, site: Site) -> Imported:
    """Return what the pages of a collection hold, but for those that carry a mark."""
    from mdgen import marks  # noqa: PLC0415 - start-up time
    from mdgen.importers.pages import read_pages  # noqa: PLC0415 - start-up time

    name = f"_{kind}"
    if KINDS[kind].collection(site) != kind:
        return Imported(())
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path, text in folder.read(site.root, name).items():
        if text is None:
            problems += _no_page(site.root, path)
        elif marks.read_mark(text) is None:
            if path.endswith(".md"):
                texts[path] = text
            elif path.endswith((".markdown", ".mkd", ".mkdn", ".html")):
                message = "is set aside, for mdgen writes `.md` pages only; rename it first"
                problems.append(Problem(Place(path), message))
    read = read_pages(kind, texts, site.lists, liquid=site.liquid)
    return replace(read, problems=(*problems, *read.problems))


def _no_page(root: Path, path: str) -> Iterable[Problem]:
    if (root / path).is_dir():
        yield Problem(Place(path), "is a folder; the pages in it are not read: move them up first")
    elif path.endswith(".md"):
        yield Problem(Place(path), "is no UTF-8 text; save it as UTF-8")


def _way(flags: Mapping[str, object]) -> Way:
    into, update, site = flags["into"], flags["update"], flags["site"]
    return Way(
        into=str(into) if into else None,
        update=tuple(map(str, update)) if isinstance(update, tuple) else (),
        dry_run=bool(flags["dry_run"]),
        site=site if isinstance(site, Path) else None,
        quiet=bool(flags["quiet"]),
        verbose=bool(flags["verbose"]),
    )


def _data(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else sheets.read_bytes(Path(file), pipes=True)


def _shown(file: str) -> str:
    return "<stdin>" if file == "-" else file


def _joined(found: Sequence[Imported]) -> Imported:
    return Imported(
        tuple(item for one in found for item in one.items),
        tuple(problem for one in found for problem in one.problems),
        tuple(note for one in found for note in one.notes),
    )


def _take_in(source: str, imported: Imported, kind: str, site: Site, way: Way) -> int:
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


# The command's name is a keyword, so no name that code could give it.
globals()["import"] = import_
