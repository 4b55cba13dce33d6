"""One run: a sheet of a kind on a site, from its file to the plan of what must change."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mdgen import folder, inputs, marks, sheets
from mdgen.cells.quoted import quoted
from mdgen.headers import recognizer
from mdgen.kinds import KINDS
from mdgen.outputs import outputs_of
from mdgen.plan import make_plan
from mdgen.problems import MdgenError, Place, Problem, Refusal, SheetError, from_the_top
from mdgen.reading import read_records
from mdgen.sheets import is_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mdgen.pages import Asset, Page
    from mdgen.plan import Options, Plan
    from mdgen.reading import Reading
    from mdgen.records import Record
    from mdgen.settings import Site

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".ods")
# For those who keep BibTeX and nothing else. A name may lie; an entry at the very start does not.
_BIBTEX: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*@[A-Za-z]+\s*[{(]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to read: `name` as the person names it (a path or a URL), and of which kind it is.

    `source` is what the mark of its pages says: the path from the site root, or the URL.
    """

    name: str
    kind: str
    source: str
    encoding: str | None = None
    worksheet: str | None = None

    @property
    def record(self) -> type[Record]:
        """Return the class of its records."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sheet asks for; `rows` counts its filled rows, those with problems included."""

    outputs: tuple[Page | Asset, ...]
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    rows: int

    @property
    def waiting(self) -> int:
        """Return how many rows have a problem."""
        return len({problem.place.row for problem in self.problems})


def sheet_at(name: str, kind: str, root: Path) -> Sheet:
    """Return the sheet that a person names, with its source as seen from the site."""
    if is_address(name):
        return Sheet(name, kind, name)
    return Sheet(name, kind, _from(root.resolve(), Path(name).absolute()).as_posix())


def _from(root: Path, path: Path) -> Path:
    """Return `path` as seen from `root`, whichever symbolic link the person came by.

    A folder of the site that is itself a link, to a synchronized folder say, is one of the site.
    """
    for parent in path.parents:
        if parent.resolve() == root:
            return path.relative_to(parent)
    return Path(os.path.relpath(path, root))


def sheets_of(site: Site, kind: str) -> Iterator[Sheet]:
    """Return the sheets of a kind: those of the settings, else the first `data/KIND.…` there is."""
    named = site.sheets.get(kind)
    if named is None:
        named = tuple(name for name in usual_names(kind) if _is_there(site.root / name))[:1]
    for name in named:
        if is_address(name):
            yield Sheet(name, kind, name)
        else:
            path = site.root / name
            shown = os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
            yield Sheet(shown, kind, Path(name).as_posix())


def usual_names(kind: str) -> tuple[str, ...]:
    """Return where a sheet of a kind is looked for, from the site root; the first there counts."""
    suffixes = (*SUFFIXES, ".bib") if kind == "publications" else SUFFIXES
    return tuple(f"data/{kind}{suffix}" for suffix in suffixes)


def passed_over(sheet: Sheet, site: Site) -> Iterator[Problem]:
    """Say which files could be the sheet of its kind as well, and are not read because it is."""
    names = [f"data/{sheet.kind}{suffix}" for suffix in SUFFIXES]
    if sheet.kind in site.sheets or sheet.source not in names:
        return
    for name in names[names.index(sheet.source) + 1 :]:
        if _is_there(site.root / name):
            message = (
                f"is not read, for {sheet.source} is; remove one of the two, or name the right one"
                " under `mdgen: sheets:` in _config.yml"
            )
            yield Problem(Place(name), message)


def wanted_of(reading: Reading[Record], records: Iterable[Record], site: Site) -> Wanted:
    """Return what `records` of a sheet ask for, with everything that is wrong in the sheet."""
    outputs, clashes = outputs_of(records, site)
    problems = from_the_top((*reading.problems, *clashes))
    return Wanted(tuple(outputs), problems, reading.notices, reading.rows)


def read_records_of(sheet: Sheet, site: Site) -> Reading[Record]:
    """Read a sheet into records. Raises `SheetError` for a file that cannot be read at all."""
    if is_address(sheet.name):
        from mdgen.sheets import remote  # noqa: PLC0415 - start-up time

        inputs.passing()
        data, beside = remote.fetch(sheet.name), None
    else:
        path = Path(sheet.name)
        data, beside = sheets.read_bytes(path), _beside(path.parent, site.root)
        inputs.file(path, data)
    if _is_bibtex(sheet, data):
        from mdgen.bibsheet import bibtex_table  # noqa: PLC0415 - start-up time

        if sheet.worksheet is not None:
            message = "is BibTeX, which has no worksheets; leave out --worksheet"
            raise SheetError([Problem(Place(sheet.name), message)])
        table = bibtex_table(data, sheet.name, tuple(site.categories), sheet.encoding)
        reading = read_records(table, sheet.record, site, beside)
        # An entry that cannot be read is no row of the table, but one that the person counts.
        return replace(reading, rows=reading.rows + len(table.problems))
    table = sheets.read_table(
        sheet.name,
        data,
        recognize=recognizer(sheet.record, site),
        encoding=sheet.encoding,
        worksheet=sheet.worksheet,
        kind=sheet.kind,
    )
    return read_records(table, sheet.record, site, beside)


def _is_bibtex(sheet: Sheet, data: bytes) -> bool:
    """Tell whether publications are kept as BibTeX: by the file's name, or by how it begins."""
    if sheet.kind != "publications":
        return False
    return sheet.name.lower().endswith(".bib") or _BIBTEX.match(data) is not None


def folders_of(sheet: Sheet, site: Site) -> tuple[str, ...]:
    """Return the folders that hold what is made from a sheet, as seen from the site root.

    Also those that would hold it on another site: there the pages are that were made before the
    settings named another collection.
    """
    record = sheet.record
    pages = (record.collection(site), *record.COLLECTIONS)
    return tuple(dict.fromkeys([*(f"_{name}" for name in pages), *record.ASSET_FOLDERS]))


def found_for(sheet: Sheet, site: Site) -> dict[str, str | None]:
    """Return the files in the folders of a sheet: path → text, as `folder.read` gives it."""
    found: dict[str, str | None] = {}
    for name in folders_of(sheet, site):
        found |= folder.read(site.root, name)
    return found


def plan_of(
    sheet: Sheet, wanted: Wanted, found: Mapping[str, str | None], options: Options
) -> Plan:
    """Return what must change in the files `found` for them to be what the sheet says.

    Where rows were set aside, nothing is removed. Raises `SheetError` for a sheet without rows that
    would empty a collection.
    """
    complete = not wanted.problems
    plan = make_plan(wanted.outputs, found, sheet.source, options, complete=complete)
    if plan.emptied:
        message = f"has no rows; `--force` removes the {len(plan.emptied)} pages made from it"
        raise SheetError([Problem(Place(sheet.name), message)])
    return plan


def orphans(site: Site) -> dict[str, list[str]]:
    """Return the pages of the site's collections whose sheet is gone, by the sheet's source."""
    folders = {name for kind in KINDS for name in folders_of(Sheet("", kind, ""), site)}
    gone: dict[str, list[str]] = {}
    for name in sorted(folders):
        for path, text in folder.read(site.root, name).items():
            source = _source_of(text)
            if source and not is_address(source) and not _is_there(site.root / source):
                gone.setdefault(source, []).append(path)
    return gone


def _beside(start: Path, root: Path) -> Callable[[str], str]:
    """Return what reads a file that lies below the sheet's folder or the site."""
    allowed = (start.resolve(), root.resolve())

    def text_of(name: str) -> str:
        path = (start / name).resolve()
        if not any(path.is_relative_to(base) for base in allowed):
            raise Refusal(f"{quoted(name)} lies outside the site; put the file beside the sheet")
        try:
            data = path.read_bytes()
            inputs.file(path, data)
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refusal(f"{quoted(name)} is not UTF-8 text; save it as UTF-8") from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "no name of a file"
            message = f"{quoted(name)} cannot be read ({reason}); name a file beside the sheet"
            raise Refusal(message) from None

    return text_of


def find_sheets(site: Site) -> list[Sheet]:
    """Return the sheets of all kinds. Raises `MdgenError` where the site has none."""
    found = [sheet for kind in KINDS for sheet in sheets_of(site, kind)]
    if not found:
        kinds = ", ".join(f"data/{kind}.csv" for kind in KINDS)
        raise MdgenError(
            f"{site.root}: no sheet found; mdgen looks for {kinds} (or .tsv, .xlsx, .ods), or for"
            " what `mdgen: sheets:` in _config.yml names; `mdgen init` makes empty ones"
        )
    return found


def _is_there(path: Path) -> bool:
    inputs.there(path)
    return path.exists()


def _source_of(text: str | None) -> str:
    mark = marks.read_mark(text) if text else None
    return mark.source if mark else ""
