"""XLSX, XLS and ODS → `Table`, through calamine: one fast reader for all three.

It is used directly: pandas' engine of that name hands over its cells, but not where the table
starts in its worksheet or which worksheets are hidden; and it parses every cell once more, for half
as long as calamine takes to read them.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mdgen.problems import Place, Problem
from mdgen.sheets.extents import column_number
from mdgen.sheets.inspection import inspected
from mdgen.sheets.layouts import header_index
from mdgen.sheets.limits import check_lengths, refusal
from mdgen.sheets.links import Extras, extras
from mdgen.sheets.markup import MarkupError
from mdgen.sheets.merges import below, filled_down, linked_down
from mdgen.sheets.packages import damaged
from mdgen.sheets.shown import shown
from mdgen.sheets.table import Grid, Table, column_letters, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from python_calamine import CalamineWorkbook

    from mdgen.sheets.formats import Format
    from mdgen.sheets.merges import Range
    from mdgen.sheets.shown import Value

_STANDARD_ERROR: Final = 2
_LOOK: Final = 30
"""Rows among which the header is looked for."""


@dataclass(frozen=True, slots=True)
class _Worksheet:
    name: str
    cells: list[tuple[str, ...]]
    row: int
    column: int
    header: int
    known: int
    merged: Sequence[Range]
    """Ranges that reach over several rows, below the header."""


def read_workbook(  # noqa: PLR0913 - as `read_table`
    source: str,
    data: bytes,
    form: Format,
    *,
    recognize: Callable[[Sequence[str]], int],
    worksheet: str | None,
    kind: str,
) -> Table:
    """Return the table in a workbook; raise SheetError where it is none.

    That is the worksheet which is asked for, else the first whose titles are known; one that is
    called after the `kind` goes before the others.
    """
    safe = inspected(source, data, form)
    with reading(source):
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - start-up time

        book = CalamineWorkbook.from_filelike(io.BytesIO(safe.data))
    names = _names(source, book, worksheet)
    best: _Worksheet | None = None
    for name in sorted(names, key=lambda name: not _is_called(name, kind)):
        with reading(source):
            sheet = book.get_sheet_by_name(name)
            start, values = sheet.start or (0, 0), sheet.to_python()
            merged = sheet.merged_cell_ranges or ()
        found = _worksheet(name, start, values, merged, recognize)
        if best is None or (found.known, bool(found.cells)) > (best.known, bool(best.cells)):
            best = found
        if best.known > 1:
            break
    if best is None or not best.cells:
        message = "is empty; its first row should hold the titles of the columns"
        raise refusal(source, message, worksheet=worksheet or "")
    with reading(source):
        beside = extras(safe.parts, best.name)
    links = linked_down(beside.links, best.merged)
    return _with_extras(_table(source, best), replace(beside, links=links), names)


@contextmanager
def reading(source: str) -> Iterator[None]:
    """Turn what calamine raises for a damaged file, also a panic, into a SheetError."""
    from python_calamine import CalamineError  # noqa: PLC0415 - start-up time

    try:
        with _silence():
            yield
    except (CalamineError, MarkupError, ValueError, OverflowError):
        raise damaged(source) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(source) from None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep from the person what Rust writes to the standard error, past Python, when it panics."""
    try:
        kept = os.dup(_STANDARD_ERROR)
    except OSError:  # there is none, as in a program without a terminal
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STANDARD_ERROR)
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(nowhere)
        os.close(kept)


def _names(source: str, book: CalamineWorkbook, worksheet: str | None) -> list[str]:
    """Return the worksheets to look at: those that are seen, or the one that is asked for."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - start-up time

    if worksheet is None:
        return [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    wanted = worksheet.strip().casefold()
    named = [name for name in book.sheet_names if name.strip().casefold() == wanted]
    if not named:
        raise refusal(source, f"has no worksheet '{worksheet}'; it has {_listed(book.sheet_names)}")
    return named[:1]


def _is_called(name: str, kind: str) -> bool:
    """Tell whether a worksheet is called after a kind of sheet: `My talks`, `Talk list`."""
    return kind != "" and kind.removesuffix("s") in name.casefold()


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _texts(values: list[Value | str]) -> tuple[str, ...]:
    try:
        return tuple(map(str.strip, values))  # type: ignore[arg-type]  # most rows are all text
    except TypeError:
        return tuple([cell.strip() if isinstance(cell, str) else shown(cell) for cell in values])


def _worksheet(
    name: str,
    start: tuple[int, int],
    values: list[list[Value | str]],
    merged: Sequence[Range],
    recognize: Callable[[Sequence[str]], int],
) -> _Worksheet:
    cells = list(map(_texts, values))
    known, header = header_index(cells[:_LOOK], recognize)
    return _Worksheet(name, cells, *start, header, known, below(merged, start[0] + header))


def _table(source: str, sheet: _Worksheet) -> Table:
    numbers = range(sheet.row + 1, sheet.row + 1 + len(sheet.cells))
    check_lengths(source, numbers, sheet.cells, worksheet=sheet.name)
    cells = filled_down(source, sheet.cells, (sheet.row, sheet.column), sheet.merged)
    grid = Grid(cells, numbers, sheet.header, len(cells[0]))
    return table(grid, Place(source, worksheet=sheet.name), first_column=sheet.column)


def _with_extras(found: Table, beside: Extras, names: Sequence[str]) -> Table:
    """Add the links of the table, and notices about the worksheet and failed formulas."""
    notices = []
    if len(names) > 1:
        message = (
            f"worksheet '{found.worksheet}' taken of {_listed(names)}; --worksheet names another"
        )
        notices = [Problem(Place(found.source), message)]
    columns = {column_number(letters): index for index, letters in enumerate(found.letters)}
    for (row, column), error in beside.failed.items():
        if column in columns:
            place = Place(
                found.source,
                row,
                found.header[columns[column]],
                found.worksheet,
                column_letters(column - 1),
            )
            message = f"'{error}' is what a failed formula left here; the cell counts as empty"
            notices.append(Problem(place, message))
    links = {
        (row, columns[column]): target
        for (row, column), target in beside.links.items()
        if column in columns
    }
    return replace(found, links=links, notices=(*notices, *found.notices))
