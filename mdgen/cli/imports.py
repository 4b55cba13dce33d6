"""`mdgen import`: publications and pages that exist elsewhere, into the sheets."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mdgen import folder, sheets
from mdgen.cli.filling import SHARED, fill, way_of
from mdgen.cli.saying import say
from mdgen.importers import Imported
from mdgen.kinds import KINDS
from mdgen.problems import MdgenError, Place, Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from mdgen.settings import Site

    Reader = Callable[[bytes, str, Collection[str]], Imported]


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
        way = way_of(flags)
        site = way.find_site()
        read = reader()
        found = [read(_data(file), _shown(file), tuple(site.categories)) for file in files]
        sources = ", ".join(map(_shown, files))
        ctx.exit(fill(sources, _joined(found), "publications", site, way))

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

    way = way_of(flags)
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
    ctx.exit(fill(source, imported, "publications", site, way))


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
    way = way_of(flags)
    if way.into and len(kinds) != 1:
        raise click.UsageError("--into is the sheet of one KIND; name that")
    site = way.find_site()
    codes = []
    for kind in kinds or tuple(KINDS):
        found = _pages_of(kind, site)
        if found.items or found.problems:
            codes.append(fill(f"_{kind}/", found, kind, site, way))
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


# The command's name is a keyword, so no name that code could give it.
globals()["import"] = import_
