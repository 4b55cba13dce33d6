"""XLSX, XLS and ODS → `Table`: each cell as text that says what the person sees in it.

Dates are ISO (`2024-05-31`, with the time where there is one), whole numbers `7`, other numbers have the fifteen
digits that Excel keeps, booleans are `TRUE` and `FALSE`, formulas have the value that was saved with them.

calamine is used directly. pandas' engine of that name hands over the same cells, but not where the table starts,
which worksheets are hidden, or that a panic in Rust is no exception of Python; and its second parse of every cell
takes four times as long as the reading.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mdgen.problems import Place, Problem
from mdgen.sheets.layouts import header_index
from mdgen.sheets.limits import check_cells, check_lengths, refusal
from mdgen.sheets.table import Grid, Table, table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    Value = float | str | bool | dt.time | dt.date | dt.timedelta

_DIGITS: Final = 15
_LOOK: Final = 30


def read_workbook(
    source: str,
    data: bytes,
    recognize: Callable[[Sequence[str]], int],
    worksheet: str | None = None,
) -> Table:
    """Return the table in a workbook; raise SheetError where it is none."""
    book = _book(source, data)
    names = _names(source, book, worksheet)
    best: tuple[int, str, CalamineSheet] | None = None
    for name in names:
        sheet = _sheet(source, book, name)
        known = header_index(_texts(sheet, _LOOK), recognize)[0]
        if best is None or known > best[0]:
            best = known, name, sheet
        if known > 1:
            break
    if best is None:
        raise refusal(source, "has no worksheet that can be seen")
    found = _table(source, best[1], best[2], recognize)
    if len(names) == 1:
        return found
    listed = ", ".join(f"'{name}'" for name in names)
    message = f"worksheet '{best[1]}' taken of {listed}; --worksheet names another"
    return replace(found, notices=(Problem(Place(source), message), *found.notices))


def _book(source: str, data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415 - start-up time

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError:
        raise refusal(source, "is protected by a password; save it without one") from None
    except CalamineError as error:
        raise _damaged(source, error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(source, error) from None


def _damaged(source: str, error: BaseException, worksheet: str = "") -> Exception:
    said = " ".join(str(error).split())[:200]
    message = f"cannot be read ({said}); open it in a spreadsheet program and save it anew"
    return refusal(source, message, worksheet=worksheet)


def _names(source: str, book: CalamineWorkbook, worksheet: str | None) -> list[str]:
    """Return the names of the worksheets to look at: those that are seen, or the one that is asked for."""
    if worksheet is None:
        return [
            sheet.name
            for sheet in book.sheets_metadata
            if "WorkSheet" in str(sheet.typ) and str(sheet.visible).endswith(".Visible")
        ]
    wanted = worksheet.strip().casefold()
    named = [name for name in book.sheet_names if name.strip().casefold() == wanted]
    if not named:
        listed = ", ".join(f"'{name}'" for name in book.sheet_names)
        raise refusal(source, f"has no worksheet '{worksheet}'; it has {listed}")
    return named[:1]


def _sheet(source: str, book: CalamineWorkbook, name: str) -> CalamineSheet:
    from python_calamine import CalamineError  # noqa: PLC0415 - start-up time

    try:
        return book.get_sheet_by_name(name)
    except CalamineError as error:
        raise _damaged(source, error, name) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(source, error, name) from None


def _texts(sheet: CalamineSheet, rows: int | None = None) -> list[tuple[str, ...]]:
    return [
        tuple([cell.strip() if type(cell) is str else _shown(cell) for cell in row])
        for row in sheet.to_python(nrows=rows)
    ]


def _table(
    source: str, name: str, sheet: CalamineSheet, recognize: Callable[[Sequence[str]], int]
) -> Table:
    cells = _texts(sheet)
    if not cells or sheet.start is None:
        raise refusal(
            source, "is empty; its first row should hold the titles of the columns", worksheet=name
        )
    first_row, first_column = sheet.start
    numbers = range(first_row + 1, first_row + 1 + len(cells))
    check_cells(source, len(cells), len(cells[0]), worksheet=name)
    check_lengths(source, numbers, cells, worksheet=name)
    header = header_index(cells[:_LOOK], recognize)[1]
    return table(
        Grid(cells, numbers, header, len(cells[0])),
        Place(source, worksheet=name),
        first_column=first_column,
    )


def _shown(value: Value) -> str:
    """Return what the person sees in a cell that is no text."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, dt.datetime):
        moment = value.isoformat(" ", "auto" if value.second or value.microsecond else "minutes")
        return moment.removesuffix(" 00:00")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.isoformat("auto" if value.second or value.microsecond else "minutes")
    return str(value)


def _number(value: float) -> str:
    """Return `7` for 7.0, and 0.3 for 0.30000000000000004: Excel keeps fifteen digits."""
    if abs(value) < 10**_DIGITS and value == int(value):
        return str(int(value))
    return format(value, f".{_DIGITS}G")
