"""Items into a sheet: from what an importer gave and the sheet's file to the file with them in it.

Values in and out; nothing is read or written here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from mdgen import merging, sheetfiles, sheets
from mdgen.columns import columns_of, snake_case
from mdgen.headers import misfit, recognizer, understand
from mdgen.problems import MdgenError, Problem, SheetError
from mdgen.reading import header_of
from mdgen.sheets.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from mdgen.headers import Header
    from mdgen.importers import Item
    from mdgen.merging import Merge
    from mdgen.problems import Place
    from mdgen.records import Record
    from mdgen.settings import Site

# Cells of several lines: a sheet is read more easily with them at its end.
_LONG: Final = ("description", "bibtex")


@dataclass(frozen=True, slots=True)
class Intake:
    """What an import makes of a sheet: `data` is the whole file as it shall be.

    `table` is the sheet as it was, and `names` are its columns' own names; for a new sheet it has
    neither rows nor columns. `notes` are about values that no column can hold.
    """

    table: Table
    names: tuple[str, ...]
    merged: Merge
    data: bytes
    notes: tuple[Problem, ...] = ()

    def place(self, row: int, column: str) -> Place:
        """Return the place of a cell of a row that was there, counted from 0."""
        at = self.names.index(column) if column in self.names else None
        found = self.table.place(self.table.rows[row], at)
        return replace(found, column=found.column or column)

    def added(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Return the sheet's titles, those that are new included, and the new rows below them."""
        titles = (*self.table.header, *self.merged.columns)
        return titles, list(sheetfiles.edits_of(self.merged, self.table, self.names).rows)


def take_in(  # noqa: PLR0913, PLR0917 - the file, and where it belongs
    items: Sequence[Item],
    source: str,
    data: bytes | None,
    record: type[Record],
    site: Site,
    update: Collection[str] = (),
) -> Intake:
    """Return what importing `items` makes of the sheet `source` of a kind, which holds `data`.

    `data` is None, or blank, where there is no sheet yet. `update` are the columns, by their own
    names, in which the import's values go before those that are there. Raises `SheetError` for a
    sheet that is not in order, `MdgenError` for a file that cannot be filled in.
    """
    items, notes = in_columns(items, record, site)
    if not (data and data.strip()):
        return _new(items, source, record, notes)
    table, header = _read(source, data, record, site)
    names = _names_of(table.header, header)
    merged = merging.merge(names, sheetfiles.sheet_rows(table, names), items, update=update)
    merged = replace(merged, columns=_in_order(merged.columns, record))
    edits = sheetfiles.edits_of(merged, table, names)
    return Intake(table, names, merged, sheetfiles.rewritten(data, table, edits), notes)


def names_of(titles: Sequence[str], record: type[Record], site: Site) -> tuple[str, ...]:
    """Return for each title the name of the kind's column that it is, else its own key.

    Empty for a column that is not used.
    """
    return _names_of(titles, understand(titles, record, site))


def _names_of(titles: Sequence[str], header: Header) -> tuple[str, ...]:
    names = {indices[0]: name for name, indices in header.fields.items()}
    for name, indices in header.fields.items():
        for index in indices:
            names.setdefault(index, name)
    names |= {index: snake_case(titles[index]) for index in header.links}
    names |= header.own
    return tuple(names.get(index, "") for index in range(len(titles)))


def in_columns(
    items: Sequence[Item], record: type[Record], site: Site
) -> tuple[list[Item], tuple[Problem, ...]]:
    """Return `items` with their values under the names of the kind's columns, and notes.

    A page may say `organizer` where its sheet has the column `venue`. A note names a value that is
    left out, because a sheet with such a column would be refused.
    """
    titles = list(dict.fromkeys(name for item in items for name in item.values))
    header = understand(titles, record, site)
    accepts = {column.name: column.accepts for column in columns_of(record)}
    sources = [
        (name, [titles[index] for index in indices]) for name, indices in header.fields.items()
    ]
    names = _names_of(titles, header)
    rest = [
        (name, title)
        for index, (name, title) in enumerate(zip(names, titles, strict=True))
        if index in header.links or index in header.own
    ]

    def values(item: Item) -> dict[str, str]:
        found = {}
        for name, keys in sources:
            cells = [item.values.get(key, "") for key in keys]
            once = ["" if cell in cells[:at] else cell for at, cell in enumerate(cells)]
            found[name] = accepts[name].gather(keys, once)
        found |= {name: item.values.get(title, "") for name, title in rest}
        return {name: text for name, text in found.items() if text}

    notes = tuple(
        Problem(item.place, f"{titles[index]}: is left out: {message}")
        for index, message in header.strangers.items()
        for item in items
        if titles[index] in item.values
    )
    return [replace(item, values=values(item)) for item in items], notes


def _read(source: str, data: bytes, record: type[Record], site: Site) -> tuple[Table, Header]:
    """Return the sheet's table and its header.

    A title with a typing error is refused: it would get a second column beside it.
    """
    table = sheets.read_table(source, data, recognize=recognizer(record, site), kind=record.KIND)
    header = header_of(table, record, site)
    if message := misfit(table.header, header, record):
        raise SheetError([Problem(table.place(), message)])
    strangers = [
        Problem(table.place(column=index), message) for index, message in header.strangers.items()
    ]
    if problems := [*strangers, *table.problems]:
        raise SheetError(problems)
    return table, header


def _new(
    items: Sequence[Item], source: str, record: type[Record], notes: tuple[Problem, ...]
) -> Intake:
    if PurePath(source).suffix.lower() not in {".csv", ""}:
        raise MdgenError(
            f"{source}: is not there, and a new sheet is a CSV file; name it so, or save an empty"
            " one with a spreadsheet program first"
        )
    merged = merging.merge((), (), items)
    required = [column.name for column in columns_of(record) if column.required]
    columns = _in_order(dict.fromkeys((*required, *merged.columns)), record)
    merged = replace(merged, columns=columns)
    table = Table(source, "", (), (), ())
    edits = sheetfiles.edits_of(merged, table, ())
    return Intake(table, (), merged, sheetfiles.new_sheet(columns, edits.rows), notes)


def _in_order(names: Iterable[str], record: type[Record]) -> tuple[str, ...]:
    """Return columns in the order of the kind's, then the person's own, then the long ones."""
    known = [column.name for column in columns_of(record)]

    def rank(name: str) -> tuple[bool, int]:
        return name in _LONG, known.index(name) if name in known else len(known)

    return tuple(sorted(names, key=rank))
