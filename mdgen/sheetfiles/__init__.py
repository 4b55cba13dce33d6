"""A sheet's own file with cells filled in and rows added, and everything else as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdgen.problems import MdgenError, SheetError
from mdgen.sheetfiles.edits import Edits, edits_of, sheet_rows
from mdgen.sheetfiles.records import line_of
from mdgen.sheets.formats import Format, format_of

if TYPE_CHECKING:
    from mdgen.sheets.table import Table

__all__ = ["Edits", "edits_of", "new_sheet", "rewritten", "sheet_rows"]


def rewritten(data: bytes, table: Table, edits: Edits) -> bytes:
    """Return the file `data`, which was read as `table`, with `edits` made in it.

    Of a text file every byte outside the edited cells stays: its encoding, delimiter, quotes, line
    ends, blank lines. Of an XLSX workbook every part stays but the worksheet, and of that every
    cell, style, width and formula that is not edited. No edits give the same bytes.

    Raises `MdgenError` for a file that cannot be kept so: XLS and ODS, an encoding that lacks a
    character of the new texts. Raises `SheetError` with the table's problems, if it has any.
    """
    if not edits:
        return data
    if table.problems:
        raise SheetError(table.problems)
    form = format_of(table.source, data)
    if form is Format.TEXT:
        from mdgen.sheetfiles.delimited import rewritten_text  # noqa: PLC0415 - start-up time

        return rewritten_text(data, table, edits)
    if form is Format.XLSX:
        from mdgen.sheetfiles.workbook import rewritten_workbook  # noqa: PLC0415 - start-up time

        return rewritten_workbook(data, table, edits)
    raise MdgenError(
        f"{table.source}: an {form.name} file is not filled in; save it as CSV or XLSX"
    )


def new_sheet(columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> bytes:
    """Return a CSV file (UTF-8, LF) with `columns` as its header and `rows` below."""
    return "".join(f"{line_of(row)}\n" for row in (columns, *rows)).encode()
