"""Any spreadsheet that people keep → `Table`, the one form in which the rest of mdgen sees it."""

from __future__ import annotations

import stat
from dataclasses import replace
from typing import TYPE_CHECKING

from mdgen.problems import Place, Problem
from mdgen.sheets.formats import Format, format_of
from mdgen.sheets.limits import MAX_BYTES, refusal
from mdgen.sheets.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

__all__ = ["Row", "Table", "is_address", "read_bytes", "read_table"]


def read_table(  # noqa: PLR0913 - the sheet, and what settles how it is read
    source: str,
    data: bytes,
    *,
    recognize: Callable[[Sequence[str]], int],
    encoding: str | None = None,
    worksheet: str | None = None,
    kind: str = "",
) -> Table:
    """Return the table that `data` holds, whatever its name says it is.

    `source` names the sheet in messages. `recognize` says how many of the given titles are known;
    by it the delimiter, the worksheet and the row of the header are found. Where no title is known,
    the table is the likeliest one. Of several worksheets that one goes first which is called after
    the `kind`. `encoding` (of a text) and `worksheet` (of a workbook) settle what else is found
    out. SheetError says why a sheet cannot be read, and what to do.
    """
    form = format_of(source, data)
    if form is Format.TEXT:
        from mdgen.sheets.text import read_text  # noqa: PLC0415 - start-up time

        table = read_text(source, data, recognize, encoding)
        idle = "a text has no worksheets: --worksheet names none here" if worksheet else ""
    else:
        from mdgen.sheets.workbook import read_workbook  # noqa: PLC0415 - start-up time

        table = read_workbook(
            source, data, form, recognize=recognize, worksheet=worksheet, kind=kind
        )
        idle = "a workbook knows its encoding: --encoding does nothing here" if encoding else ""
    if idle:
        table = replace(table, notices=(Problem(Place(source), idle), *table.notices))
    return table


def is_address(sheet: str) -> bool:
    """Say whether `sheet` is a web address, for `mdgen.sheets.remote.fetch`, rather than a path."""
    return sheet.lower().startswith(("https://", "http://"))


def read_bytes(path: Path, *, pipes: bool = False) -> bytes:
    """Return the bytes of the sheet at `path`; SheetError says why there are none, or too many.

    A pipe or a device is none, for it can be read once, or never to its end; but where `pipes` are
    taken, as for what is imported.
    """
    source = str(path)
    try:
        kind = path.stat().st_mode
        if not (pipes or stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
            message = "is a pipe or a device, not a file; save the sheet as a file and name that"
            raise refusal(source, message)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refusal(source, "is not there") from None
    except IsADirectoryError:
        raise refusal(source, "is a folder, not a sheet") from None
    except OSError as error:
        raise refusal(source, f"cannot be read: {error.strerror}") from None
    if len(data) > MAX_BYTES:
        raise refusal(
            source, f"is larger than {MAX_BYTES // 2**20} MB, which no sheet of pages is; split it"
        )
    return data
